import { Anchor, NativeSelect, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  channels,
  creditDays,
  type MessageMetric,
  messageReportGroups,
  messageReportQuerySchema,
} from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { messageReportQuery } from '../../../api/messageReports.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PeriodPicker } from '../../analytics/frame/PeriodPicker.tsx';
import { ReportFrame } from '../../analytics/frame/ReportFrame.tsx';
import { useReport } from '../../analytics/frame/useReport.ts';
import { type OpenPoint, PeopleDrawer } from '../../analytics/parts/PeopleDrawer.tsx';
import { ReportTable } from './ReportTable.tsx';
import { ReportTiles } from './ReportTiles.tsx';

const requestSchema = messageReportQuerySchema.omit({ format: true, locale: true });
const start = requestSchema.parse({});
const windows = [1, 3, 7, 14, 30] as const;

/** What became of messages and what they brought. */
export function ReportsPage() {
  const { t } = useTranslation();
  const { request, asked, period, change, choose } = useReport(requestSchema, start);
  const report = useQuery(messageReportQuery(useApi(), asked));
  const [point, setPoint] = useState<OpenPoint | null>(null);
  const [opens, setOpens] = useState(false);
  const open = (metric: MessageMetric, key: string | undefined, title: string): void =>
    setPoint({ kind: 'messages', request: asked, point: { metric, ...(key !== undefined && { key }) }, title });
  const answer = report.data;
  return (
    <ReportFrame
      title={t('messages.report.title')}
      purpose={t('messages.report.purpose')}
      definition={t('messages.report.definition', { count: request.creditDays })}
      about={answer}
      error={report.error}
      busy={report.isFetching && (report.isPlaceholderData || report.isPending)}
      onRetry={() => void report.refetch()}
      actions={
        <PeriodPicker
          period={period}
          onChoose={choose}
          compare={request.compare}
          onCompare={(compare) => change({ compare })}
        />
      }
      controls={
        <>
          <NativeSelect
            label={t('messages.report.by')}
            value={request.by}
            data={messageReportGroups.map((by) => ({ value: by, label: t(`messages.report.byOf.${by}`) }))}
            onChange={({ currentTarget }) => {
              const by = messageReportGroups.find((one) => one === currentTarget.value);
              if (by !== undefined) change({ by, campaign: undefined, journey: undefined });
            }}
          />
          <NativeSelect
            label={t('messages.channel')}
            value={request.channel ?? ''}
            data={[
              { value: '', label: t('messages.report.allChannels') },
              ...channels.map((channel) => ({ value: channel, label: t(`messages.channelOf.${channel}`) })),
            ]}
            onChange={({ currentTarget }) =>
              change({ channel: channels.find((channel) => channel === currentTarget.value) })
            }
          />
          <NativeSelect
            label={t('messages.report.window')}
            value={String(request.creditDays)}
            data={[...new Set([...windows, request.creditDays])].map((days) => ({
              value: String(days),
              label: t('messages.report.days', { count: days }),
            }))}
            onChange={({ currentTarget }) => change({ creditDays: Number(currentTarget.value) || creditDays.usual })}
          />
          <Switch
            label={t('messages.report.showOpens')}
            description={t('messages.report.opensNote')}
            checked={opens}
            onChange={({ currentTarget }) => setOpens(currentTarget.checked)}
          />
        </>
      }
    >
      {answer !== undefined && answer.rows.length === 0 ? (
        <EmptyState
          title={t('messages.report.nothing')}
          action={
            <Anchor component={Link} to="/messages/campaigns">
              {t('messages.report.toCampaigns')}
            </Anchor>
          }
        >
          {t('messages.report.nothingAdvice')}
        </EmptyState>
      ) : (
        <>
          <ReportTiles report={answer} onOpen={(metric, title) => open(metric, undefined, title)} />
          {answer === undefined ? null : (
            <ReportTable
              report={answer}
              by={request.by}
              opens={opens}
              onOpen={open}
              onNarrow={(key) =>
                change(request.by === 'campaign' ? { by: 'variant', campaign: key } : { by: 'step', journey: key })
              }
            />
          )}
        </>
      )}
      <PeopleDrawer point={point} onClose={() => setPoint(null)} />
    </ReportFrame>
  );
}
