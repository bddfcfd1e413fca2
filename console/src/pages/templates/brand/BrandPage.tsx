import { Anchor, Group, Select, Skeleton, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { brandKitsQuery } from '../../../api/templates.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { KitForm } from './KitForm.tsx';
import { Parts } from './Parts.tsx';
import { Pictures } from './Pictures.tsx';

/** How messages look and who they are from; pictures and parts they share. */
export function BrandPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const kits = useQuery({ ...brandKitsQuery(useApi()), refetchOnWindowFocus: false });
  const [site, setSite] = useState('');
  const items = kits.data?.items ?? [];
  const chosen = items.find((kit) => (kit.site ?? '') === site);
  const readOnly = !can('messages.write');
  return (
    <>
      <PageHeader
        title={t('templates.brand.title')}
        purpose={t('templates.brand.purpose')}
        above={
          <Anchor renderRoot={(props) => <Link to="/messages/templates" {...props} />} size="sm" c="dimmed">
            <IconArrowLeft size={14} aria-hidden="true" /> {t('templates.title')}
          </Anchor>
        }
      />
      <Stack gap="lg">
        <Card title={t('templates.brand.looks')}>
          {kits.error !== null ? (
            <ProblemAlert error={kits.error} onRetry={() => void kits.refetch()} />
          ) : chosen === undefined ? (
            <Skeleton height={320} aria-busy="true" />
          ) : (
            <Stack>
              {items.length < 2 ? null : (
                <Group align="end">
                  <Select
                    label={t('templates.brand.site')}
                    data={items.map((kit) => ({
                      value: kit.site ?? '',
                      label: kit.siteName ?? t('templates.brand.workspace'),
                    }))}
                    value={site}
                    allowDeselect={false}
                    onChange={(next) => setSite(next ?? '')}
                  />
                  {chosen.saved || site === '' ? null : (
                    <Text size="sm" c="dimmed">
                      {t('templates.brand.unsaved')}
                    </Text>
                  )}
                </Group>
              )}
              <KitForm key={`${site} ${JSON.stringify(chosen.kit)}`} saved={chosen} readOnly={readOnly} />
            </Stack>
          )}
        </Card>
        <Pictures readOnly={readOnly} />
        <Parts readOnly={readOnly} />
      </Stack>
    </>
  );
}
