import { type LiveCondition, type LiveField, liveFields } from '@vitrail/contracts';

export const textOps = ['is', 'is_not', 'contains', 'not_contains', 'starts', 'ends'] as const;
export const numberOps = ['at_least', 'at_most', 'equals'] as const;
const knownOps = ['known', 'unknown'] as const;
export type Op = LiveCondition['op'];

export const opsOf = (field: LiveField): readonly Op[] => [
  ...(liveFields[field] === 'text' ? textOps : numberOps),
  ...knownOps,
];

type TextField = Extract<LiveCondition, { values: unknown }>['field'];
type NumberField = Extract<LiveCondition, { value: unknown }>['field'];
const isText = (field: LiveField): field is TextField => liveFields[field] === 'text';
const isNumber = (field: LiveField): field is NumberField => liveFields[field] === 'number';

/** A condition on this field, with as much of the former one as still fits. */
export function conditionOn(field: LiveField, op: string, before?: LiveCondition): LiveCondition {
  const known = knownOps.find((one) => one === op);
  if (known !== undefined) return { field, op: known };
  if (isText(field)) {
    const values = before !== undefined && 'values' in before ? before.values : [];
    return { field, op: textOps.find((one) => one === op) ?? 'is', values };
  }
  const value = before !== undefined && 'value' in before ? before.value : 1;
  // Every field is of text or a number.
  return isNumber(field)
    ? { field, op: numberOps.find((one) => one === op) ?? 'at_least', value }
    : { field, op: 'known' };
}
