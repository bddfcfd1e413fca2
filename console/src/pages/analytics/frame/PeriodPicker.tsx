import { Group, NativeSelect, TextInput } from '@mantine/core';
import type { Compare } from '@vitrail/contracts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { compares, daysOf, type Period, spans } from './period.ts';

interface PeriodPickerProps {
  readonly period: Period;
  readonly onChoose: (period: Period) => void;
  readonly compare?: Compare | undefined;
  readonly onCompare?: (compare: Compare) => void;
}

/** The last days, or two days by hand; and what to compare them with. */
export function PeriodPicker({ period, onChoose, compare, onCompare }: PeriodPickerProps) {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const days = daysOf(period, workspace.timeZone);
  const rolling = 'days' in period ? period.days : 'custom';
  const known: readonly string[] = spans;
  const choices = [...spans, ...(rolling === 'custom' || known.includes(rolling) ? [] : [rolling])];
  const set = (change: { from?: string; to?: string }) => {
    const next = { ...days, ...change };
    if (next.from !== '' && next.to !== '' && next.from <= next.to) onChoose(next);
  };
  return (
    <Group gap="xs">
      <NativeSelect
        aria-label={t('analytics.period')}
        value={rolling}
        data={[
          ...choices.map((span) => ({ value: span, label: t('analytics.lastDays', { count: Number(span) }) })),
          { value: 'custom', label: t('analytics.custom') },
        ]}
        onChange={({ currentTarget }) =>
          onChoose(currentTarget.value === 'custom' ? days : { days: currentTarget.value })
        }
      />
      {rolling === 'custom' ? (
        <>
          <TextInput
            type="date"
            aria-label={t('analytics.firstDay')}
            value={days.from}
            max={days.to}
            onChange={({ currentTarget }) => set({ from: currentTarget.value })}
          />
          <TextInput
            type="date"
            aria-label={t('analytics.lastDay')}
            value={days.to}
            min={days.from}
            onChange={({ currentTarget }) => set({ to: currentTarget.value })}
          />
        </>
      ) : null}
      {compare === undefined || onCompare === undefined ? null : (
        <NativeSelect
          aria-label={t('analytics.compare')}
          value={compare}
          data={compares.map((one) => ({ value: one, label: t(`analytics.compareWith.${one}`) }))}
          onChange={({ currentTarget }) => {
            const next = compares.find((one) => one === currentTarget.value);
            if (next !== undefined) onCompare(next);
          }}
        />
      )}
    </Group>
  );
}
