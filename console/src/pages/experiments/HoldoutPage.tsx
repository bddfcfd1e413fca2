import { Anchor, Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { globalHoldoutQuery } from '../../api/experiments.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Experiments.module.css';
import { HoldoutFigures } from './HoldoutFigures.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';

/** What all experiments together bring: those kept out of everything against everybody else. */
export function HoldoutPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const query = useQuery(globalHoldoutQuery(useApi()));
  const [setting, setSetting] = useState(false);
  const change = can('experience.write') ? (
    <Button variant="default" onClick={() => setSetting(true)}>
      {t('experiments.settings.title')}
    </Button>
  ) : undefined;
  const report = query.data;
  return (
    <>
      <PageHeader
        above={
          <Anchor component={Link} to="/website/experiments" size="sm" c="dimmed" className={styles.back}>
            <IconArrowLeft size={14} aria-hidden="true" /> {t('experiments.title')}
          </Anchor>
        }
        title={t('experiments.held.title')}
        purpose={t('experiments.held.purpose')}
        actions={change}
      />
      {query.error === null ? null : <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending ? <Skeleton height={240} aria-busy="true" /> : null}
      {report === undefined ? null : report.since === null ? (
        <EmptyState title={t('experiments.held.none')} action={change}>
          {t('experiments.held.noneAdvice')}
        </EmptyState>
      ) : (
        <Stack gap="lg">
          <Card
            title={t('experiments.held.result')}
            note={t('experiments.held.since', {
              share: format.percent(report.share),
              at: format.dateTime(report.since),
            })}
          >
            <HoldoutFigures report={report} />
          </Card>
          <Card title={t('experiments.held.how')}>
            <Text size="sm">{t('experiments.held.howText')}</Text>
          </Card>
        </Stack>
      )}
      <SettingsDialog opened={setting} onClose={() => setSetting(false)} />
    </>
  );
}
