import type { PredictionNumberField } from '../predictions.ts';
import type { SentenceFormat } from './format.ts';

const shares: ReadonlySet<string> = new Set(['order_30', 'order_90', 'churn', 'discount_affinity']);
const amounts: ReadonlySet<string> = new Set(['value_90', 'value_365', 'historic_value', 'lifetime_value']);

/** True for what is between 0 and 1 and said in per cent. */
export const isShare = (field: PredictionNumberField): boolean => shares.has(field);

/** How a predicted number is written: per cent, money, or as it is. */
export function writeForeseen(field: PredictionNumberField, f: SentenceFormat): (value: number) => string {
  if (isShare(field))
    return (value) => `${f.number(Math.round(value * 1e6) / 1e4)}${f.language === 'fr' ? '\u202f%' : '%'}`;
  if (amounts.has(field)) return f.money;
  return f.number;
}
