import type { FlagCondition, FlagRequest, FlagRule, FlagType, FlagValue } from '@vitrail/contracts';

/** A rule as the form holds it: values and conditions as they are typed. */
export interface FormRule {
  readonly row: number;
  readonly kind: FlagRule['kind'];
  readonly condition: string;
  readonly segments: readonly string[];
  readonly value: string;
  readonly percent: number;
  readonly unit: 'device' | 'person';
  readonly experiment: string;
  /** By key of the variation. */
  readonly values: Readonly<Record<string, string>>;
}
export interface FlagForm {
  readonly key: string;
  readonly name: string;
  readonly type: FlagType;
  readonly fallback: string;
  readonly active: boolean;
  readonly rules: readonly FormRule[];
}

let lastRow = 0;
export const newRule = (type: FlagType): FormRule => ({
  row: ++lastRow,
  kind: 'force',
  condition: '',
  segments: [],
  value: startOf(type),
  percent: 10,
  unit: 'person',
  experiment: '',
  values: {},
});
export const startOf = (type: FlagType): string => ({ boolean: 'true', string: '', number: '1', json: '{}' })[type];

const typed = (value: FlagValue): string => (typeof value === 'string' ? value : JSON.stringify(value));

export function formOf(flag: FlagRequest | undefined): FlagForm {
  if (flag === undefined) return { key: '', name: '', type: 'boolean', fallback: 'false', active: true, rules: [] };
  return {
    key: flag.key,
    name: flag.name,
    type: flag.type,
    fallback: typed(flag.default),
    active: flag.active,
    rules: flag.rules.map((rule) => ({
      ...newRule(flag.type),
      kind: rule.kind,
      condition: Object.keys(rule.condition).length === 0 ? '' : JSON.stringify(rule.condition),
      segments: rule.segments,
      ...(rule.kind !== 'experiment' && { value: typed(rule.value) }),
      ...(rule.kind === 'rollout' && { percent: Math.round(rule.share * 10_000) / 100, unit: rule.unit }),
      ...(rule.kind === 'experiment' && {
        experiment: rule.experiment,
        values: Object.fromEntries(Object.entries(rule.values).map(([key, value]) => [key, typed(value)])),
      }),
    })),
  };
}

const isObject = (value: unknown): value is Record<string, FlagValue> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): FlagValue | undefined {
  try {
    const value: FlagValue = JSON.parse(text);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What was typed as a value of the type; undefined when it is none. */
export function readValue(type: FlagType, text: string): FlagValue | undefined {
  if (type === 'string') return text;
  const value = parsed(text.trim());
  if (type === 'json') return typeof value === 'object' && value !== null ? value : undefined;
  return typeof value === type ? value : undefined;
}

/** Nothing typed: everybody. Undefined when it is no object. */
export function conditionOf(text: string): FlagCondition | undefined {
  if (text.trim() === '') return {};
  const value = parsed(text);
  return isObject(value) ? value : undefined;
}

export type FlagProblem = 'key' | 'value' | 'condition' | 'experiment';

/** The request, or the first thing that keeps it from being one. */
export function requestOf({ key, name, type, fallback, active, rules }: FlagForm): FlagRequest | FlagProblem {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$/.test(key)) return 'key';
  const standard = readValue(type, fallback);
  if (standard === undefined) return 'value';
  const made: FlagRule[] = [];
  for (const rule of rules) {
    const one = ruleOf(type, rule);
    if (typeof one === 'string') return one;
    made.push(one);
  }
  return { key, name: name.trim(), type, default: standard, active, rules: made };
}

function ruleOf(type: FlagType, rule: FormRule): FlagRule | FlagProblem {
  const condition = conditionOf(rule.condition);
  if (condition === undefined) return 'condition';
  const whom = { condition, segments: [...rule.segments] };
  if (rule.kind === 'experiment') {
    if (rule.experiment === '') return 'experiment';
    const values: Record<string, FlagValue> = {};
    for (const [variation, text] of Object.entries(rule.values)) {
      const value = readValue(type, text);
      if (value === undefined) return 'value';
      values[variation] = value;
    }
    return { kind: 'experiment', ...whom, experiment: rule.experiment, values };
  }
  const value = readValue(type, rule.value);
  if (value === undefined) return 'value';
  return rule.kind === 'force'
    ? { kind: 'force', ...whom, value }
    : { kind: 'rollout', ...whom, value, share: rule.percent / 100, unit: rule.unit };
}
