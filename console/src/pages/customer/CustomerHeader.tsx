import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconDownload, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { Profile } from '@vitrail/contracts';
import { lazy, Suspense, useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { downloadCustomer } from '../../api/customers.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { saveFile } from '../../ui/csv.ts';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { PersonMosaic, usePersonName } from '../../ui/PersonName.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';
import styles from './Customer.module.css';
import { channels, type Reach, reachOf } from './reachability.ts';

// Loaded when first opened.
const EraseDialog = lazy(() => import('./EraseDialog.tsx'));
const tones: Readonly<Record<Reach, Tone>> = { agreed: 'good', refused: 'bad', unasked: 'warn', noAddress: 'quiet' };

/** Who this is, how well known, and how they can be reached. */
export function CustomerHeader({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const api = useApi();
  const name = usePersonName()(profile);
  const [erasing, setErasing] = useState(false);
  const download = useMutation({
    mutationFn: () => downloadCustomer(api, profile.id),
    onSuccess: (blob) => {
      saveFile(`customer-${profile.id}.json`, blob);
      notifications.show({ message: t('customer.exported') });
    },
  });
  const facts = [
    profile.city,
    t('customer.since', { at: format.date(profile.firstSeenAt) }),
    t('customer.joined', { parts: profile.parts, identifiers: profile.identifiers.length }),
  ].filter((fact) => fact !== null);
  return (
    <>
      <PageHeader
        title={name}
        before={<PersonMosaic person={profile} size={96} />}
        purpose={
          <>
            {facts.join(' · ')}
            <div className={styles.channels}>
              {channels.map((channel) => {
                const reach = reachOf(profile, channel);
                return (
                  <StatusBadge key={channel} tone={tones[reach]}>
                    {t('customer.reach', { channel: t(`channel.${channel}`), reach: t(`reach.${reach}`) })}
                  </StatusBadge>
                );
              })}
            </div>
          </>
        }
        actions={
          can('profiles.erase') ? (
            <>
              <Button
                variant="default"
                leftSection={<IconDownload size={16} aria-hidden="true" />}
                loading={download.isPending}
                onClick={() => download.mutate()}
              >
                {t('customer.export')}
              </Button>
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon variant="default" size={36} aria-label={t('customer.more')}>
                    <IconDots size={18} aria-hidden="true" />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item
                    color="red"
                    leftSection={<IconTrash size={16} aria-hidden="true" />}
                    onClick={() => setErasing(true)}
                  >
                    {t('customer.erase')}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </>
          ) : undefined
        }
      />
      {download.error === null ? null : <ProblemAlert error={download.error} />}
      {erasing ? (
        <Suspense>
          <EraseDialog profile={profile} name={name} opened onClose={() => setErasing(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
