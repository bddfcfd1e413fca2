import { useCallback, useMemo } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import type { Format } from '../../ui/format/format.ts';
import { useNamespaceName } from '../../ui/useNamespaceName.ts';

const fields = [
  'first_name',
  'last_name',
  'birth_date',
  'address',
  'street',
  'postal_code',
  'city',
  'country',
  'name',
  'domain',
  'registration',
  'national_id',
] as const;
const levels = [
  'missing',
  'exact',
  'exact_crowded',
  'swapped',
  'nickname',
  'close',
  'initial',
  'similar',
  'part',
  'day_month_swapped',
  'one_digit',
  'year_known',
  'two_parts',
  'same_year',
  'same_user',
  'street_elsewhere',
  'same_postal_code',
  'same_postal_code_no_street',
  'same_city',
  'same_core',
  'one_sign',
  'different',
] as const;
const contexts = ['same_name', 'same_family_name', 'same_given_name', 'other_name'] as const;

export interface MatchWords {
  readonly field: (name: string) => string;
  readonly level: (name: string) => string;
  /** A comparison of the model: its field, and when it applies. */
  readonly comparison: (name: string, field: string) => string;
  /** A blocking rule: its parts. */
  readonly rule: (name: string) => string;
}

const forms = ['initial', 'start', 'sound', 'core', 'root', 'year', 'user', 'swapped'] as const;

/** Fields, levels and rules of the model in the reader's words; one of the shop's own keeps its name. */
export function useMatchWords(): MatchWords {
  const { t } = useTranslation();
  const namespaceName = useNamespaceName();
  return useMemo(() => {
    const field = (name: string): string => {
      const known = fields.find((one) => one === name);
      return known === undefined ? namespaceName(name) : t(`matchField.${known}`);
    };
    const level = (name: string): string => {
      const known = levels.find((one) => one === name);
      return known === undefined ? name.replaceAll('_', ' ') : t(`matchLevel.${known}`);
    };
    const part = (text: string): string => {
      const [name = '', form] = text.split('.');
      const known = forms.find((one) => one === form);
      return known === undefined ? field(name) : t(`matchForm.${known}`, { field: field(name) });
    };
    return {
      field,
      level,
      comparison: (name, of) => {
        const context = contexts.find((one) => name === `${of}_${one}`);
        return context === undefined ? field(of) : t(`matchContext.${context}`, { field: field(of) });
      },
      rule: (name) => name.split(' + ').map(part).join(' + '),
    };
  }, [t, namespaceName]);
}

/** A value of a record as people write it: a date of birth by the reader's habits, a country by name. */
function writeValue(field: string, value: string, format: Pick<Format, 'date' | 'name'>): string {
  if (field === 'country' && /^[A-Z]{2}$/.test(value)) return format.name(value, 'region');
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(field === 'birth_date' ? value : '') ?? [];
  if (year === undefined || month === undefined || day === undefined) return value;
  const bare = `${year}-${month}-${day}`;
  return Number.isNaN(Date.parse(bare)) ? value : format.date(bare);
}

/** The same, for the reader. */
export function useValueOf(): (field: string, value: string) => string {
  const format = useFormat();
  return useCallback((field: string, value: string) => writeValue(field, value, format), [format]);
}

/** A probability that never looks surer than it is: 99.96 % is not 100 %. */
export const probabilityText = (probability: number, format: Pick<Format, 'percent'>): string =>
  format.percent(Math.floor(probability * 1_000) / 1_000);

/** Bits with their sign. */
export const bitsText = (bits: number, format: Pick<Format, 'number'>): string => {
  const rounded = Math.round(bits * 10) / 10;
  const text = format.number(Math.abs(rounded), 1);
  return rounded > 0 ? `+${text}` : rounded < 0 ? `−${text}` : text;
};

/** Odds behind bits: "28 to 1" as its two numbers. */
export const oddsOf = (bits: number): readonly [number, number] => {
  const odds = 2 ** Math.min(40, Math.abs(bits));
  const shown = odds < 10 ? Math.round(odds * 10) / 10 : Math.round(odds);
  return bits >= 0 ? [shown, 1] : [1, shown];
};
