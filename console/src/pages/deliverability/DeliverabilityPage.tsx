import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { brakeLimits, type Deliverability } from '@vitrail/contracts';
import { deliverabilityQuery } from '../../api/channels.ts';
import { useApi } from '../../api/context.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Chart } from '../../ui/chart/Chart.tsx';
import { Num, useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { StatRow, StatTile } from '../../ui/StatTile.tsx';
import { Brakes } from './Brakes.tsx';
import { Domains } from './Domains.tsx';
import { ChannelReports, Receivers } from './Reports.tsx';

/** Whether mail arrives. */
export function DeliverabilityPage() {
  const { t } = useTranslation();
  const query = useQuery(deliverabilityQuery(useApi()));
  return (
    <>
      <PageHeader title={t('place.deliverability')} purpose={t('deliverability.purpose')} />
      {query.error === null ? null : <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.data === undefined ? (
        query.error === null ? (
          <Skeleton height={420} aria-busy="true" />
        ) : null
      ) : (
        <Stack gap="lg">
          <Brakes brakes={query.data.brakes} />
          <Rates last={query.data.last24h} />
          <Domains domains={query.data.domains} />
          <Days days={query.data.days} />
          <ChannelReports query={{ ...query, data: query.data.channels }} />
          <Receivers query={{ ...query, data: query.data.receivers }} />
        </Stack>
      )}
    </>
  );
}

function Rates({ last }: { last: Deliverability['last24h'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const share = (count: number): string => (last.sent === 0 ? '–' : format.percent(count / last.sent));
  const limits = { least: brakeLimits.least };
  return (
    <StatRow>
      <StatTile
        label={t('deliverability.sent24')}
        definition={t('deliverability.sent24Means')}
        value={<Num value={last.sent} />}
      />
      <StatTile
        label={t('deliverability.bounces')}
        definition={t('deliverability.bouncesMeans', { ...limits, limit: format.percent(brakeLimits.bounces) })}
        value={share(last.bounced)}
        note={t('deliverability.brakeAt', { limit: format.percent(brakeLimits.bounces) })}
      />
      <StatTile
        label={t('deliverability.complaints')}
        definition={t('deliverability.complaintsMeans', {
          ...limits,
          limit: format.percent(brakeLimits.complaints),
        })}
        value={share(last.complained)}
        note={t('deliverability.brakeAt', { limit: format.percent(brakeLimits.complaints) })}
      />
    </StatRow>
  );
}

function Days({ days }: { days: Deliverability['days'] }) {
  const { t } = useTranslation();
  if (days.length === 0) return null;
  return (
    <Chart
      title={t('deliverability.days')}
      note={t('deliverability.daysNote')}
      axis={t('deliverability.day')}
      data={{
        labels: days.map(({ day }) => day),
        series: [
          { name: t('deliverability.sent'), values: days.map(({ sent }) => sent), color: 'messages', kind: 'bar' },
          { name: t('deliverability.bounces'), values: days.map(({ bounced }) => bounced), color: 'bad', kind: 'line' },
          {
            name: t('deliverability.complaints'),
            values: days.map(({ complained }) => complained),
            color: 'store',
            kind: 'line',
          },
        ],
        openEnd: true,
      }}
    />
  );
}
