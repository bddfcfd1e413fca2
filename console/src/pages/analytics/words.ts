import type { Dimension, Trend } from '@vitrail/contracts';
import { useCallback, useMemo } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { useEventName } from '../../ui/useEventName.ts';

/** How a value of a breakdown is written. */
export function useGroupName(): (group: string, dimension: Dimension | undefined) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const eventName = useEventName();
  return useCallback(
    (group, dimension) => {
      if (group === '') return t('analytics.notSet');
      if (dimension === undefined || 'property' in dimension) return group;
      if (dimension.field === 'event') return eventName(group);
      if (dimension.field === 'country') return format.name(group, 'region');
      if (dimension.field === 'customer' && (group === 'new' || group === 'returning'))
        return t(`analytics.customer.${group}`);
      return group;
    },
    [t, format, eventName],
  );
}

/** Numbers of a unit, in full and short. */
export function useUnit(unit: Trend['unit'], currency: string | undefined) {
  const format = useFormat();
  return useMemo(() => {
    const full = (value: number): string => {
      switch (unit) {
        case 'money':
          return format.money(value, currency) ?? '–';
        case 'ratio':
          return format.percent(value);
        case 'number':
          return format.number(value, 2);
        case 'count':
          return format.number(value);
      }
    };
    return {
      value: (value: number | null): string => (value === null ? '–' : full(value)),
      tick: (value: number): string =>
        unit === 'money'
          ? (format.compactMoney(value, currency) ?? '')
          : unit === 'ratio'
            ? format.percent(value)
            : format.compact(value),
    };
  }, [unit, currency, format]);
}
