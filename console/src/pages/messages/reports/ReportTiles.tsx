import type { MessageFigures, MessageMetric, MessageReport } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { StatRow, StatTile } from '../../../ui/StatTile.tsx';
import { PickNumber } from '../../analytics/parts/PickNumber.tsx';
import { changeOf } from '../../home/ranges.ts';

/** The sums of the report: each with its rate, its change, and the people behind it. */
const tiles = [
  { name: 'sent', metric: 'sent' },
  { name: 'delivered', metric: 'delivered' },
  { name: 'clicked', metric: 'clicked' },
  { name: 'revenue', metric: 'converted' },
  { name: 'unsubscribed', metric: 'unsubscribed' },
  { name: 'complained', metric: 'complained' },
] as const satisfies readonly { name: keyof MessageFigures; metric: MessageMetric }[];

export function ReportTiles({
  report,
  onOpen,
}: {
  report: MessageReport | undefined;
  onOpen: (metric: MessageMetric, title: string) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = report?.total.current;
  const before = report?.total.previous ?? null;
  return (
    <StatRow>
      {tiles.map(({ name, metric }) => {
        const label = t(`messages.report.figure.${name}`);
        const show = (value: number): string =>
          name === 'revenue' ? (format.money(value, report?.currency) ?? '') : format.number(value);
        const value = now?.[name] ?? 0;
        const change = before === null ? null : changeOf(value, before[name]);
        const rate =
          name === 'sent' || name === 'revenue' || now === undefined || now.sent === 0
            ? null
            : t('messages.report.ofSent', { share: format.percent(value / now.sent) });
        const moved =
          before === null || change === null
            ? null
            : t('analytics.changeFrom', {
                direction: change > 0 ? 'up' : change < 0 ? 'down' : 'same',
                change: format.percent(Math.abs(change)),
                before: show(before[name]),
              });
        return (
          <StatTile
            key={name}
            label={label}
            definition={t(`messages.report.meaning.${name}`)}
            loading={now === undefined}
            value={
              value === 0 ? (
                show(value)
              ) : (
                <PickNumber of={label} onPick={() => onOpen(metric, label)}>
                  {show(value)}
                </PickNumber>
              )
            }
            note={
              <>
                {rate}
                {rate !== null && moved !== null ? ' · ' : null}
                {moved}
              </>
            }
          />
        );
      })}
    </StatRow>
  );
}
