import type { ConditionOf } from '@vitrail/contracts';
import { Fault } from '../../platform/index.ts';
import type { Features, PersonQuery } from '../segments/compile/features.ts';
import type { CompiledCondition } from '../segments/compile/measure.ts';
import { never } from '../segments/compile/moment.ts';
import { compareNumber, compileValueTest } from '../segments/compile/valueTest.ts';

export type ForeseenCondition = ConditionOf<
  'prediction' | 'next_order' | 'tier' | 'preferred_channel' | 'appetence' | 'lookalike'
>;

/** Which runs' rows count; null before the first. */
export interface ForeseenRuns {
  readonly predictions: number | null;
  readonly habits: number | null;
  /** By id. */
  readonly lookalikes: ReadonlyMap<string, { readonly run: number | null; readonly reach: number }>;
}

const habitFields: ReadonlySet<string> = new Set(['best_hour', 'discount_affinity']);

/** A condition on what is foreseen of a person: rows that runs have written, by primary key or in one pass. */
export function compileForeseenCondition(
  condition: ForeseenCondition,
  features: Features,
  zone: string,
  runs: ForeseenRuns,
): CompiledCondition {
  const { params } = features;
  switch (condition.kind) {
    case 'prediction': {
      const { field, test } = condition;
      const alias = habitFields.has(field) ? habits(features, runs) : predictions(features, runs);
      const value = `${alias}_${field}`;
      return {
        pass: `${alias}_on = 1 and ${compareNumber(value, test, params)}`,
        next: never,
        found: `if(${alias}_on = 1, toString(round(${value}, 4)), '')`,
      };
    }
    case 'next_order': {
      const alias = predictions(features, runs);
      const text = `${alias}_next_order`;
      // Nothing to be named: the column has one already.
      const around = { params, zone, name: (expression: string) => expression };
      return { ...compileValueTest({ text, number: 'null' }, condition.test, around), found: text };
    }
    case 'tier':
      return isOneOf(`${predictions(features, runs)}_tier`, condition.in, features);
    case 'preferred_channel':
      return isOneOf(`${habits(features, runs)}_channel`, condition.in, features);
    case 'appetence': {
      const values = `${appetences(condition, features, runs)}_values`;
      const wanted = params.bind(
        'Array(String)',
        condition.in.map((value) => value.toLowerCase()),
      );
      const within =
        condition.dimension === 'category'
          ? `arrayExists(each -> arrayExists(wanted -> each = wanted or startsWith(each, concat(wanted, ' > ')), ${wanted}), ${values})`
          : `hasAny(${values}, ${wanted})`;
      return { pass: within, next: never, found: `arrayStringConcat(${values}, ', ')` };
    }
    case 'lookalike': {
      const on = `${lookalike(condition.lookalike, features, runs)}_on = 1`;
      return { pass: on, next: never, found: `if(${on}, 'member', 'no member')` };
    }
  }
}

const isOneOf = (value: string, choices: readonly string[], { params }: Features): CompiledCondition => ({
  pass: `has(${params.bind('Array(String)', choices)}, ${value})`,
  next: never,
  found: value,
});

/** Rows of a run as a query of its own; before the first run nobody has one. */
const ofRun = (run: number | null, { params }: Features): string =>
  run === null ? '0' : `run_id = ${params.bind('UInt64', run)}`;

const numbers = [
  'order_30',
  'order_90',
  'churn',
  'orders_90',
  'orders_365',
  'value_90',
  'value_365',
  'historic_value',
  'lifetime_value',
] as const;

function predictions(features: Features, { predictions: run }: ForeseenRuns): string {
  return features.addQuery('predictions', (alias): PersonQuery => {
    const columns = [...numbers.map((name) => `${name} as ${alias}_${name}`), `tier as ${alias}_tier`];
    return {
      alias,
      columns: [...numbers, 'tier', 'next_order', 'on'].map((name) => `${alias}_${name}`),
      text: (scope) => `
      select profile_id as person, toUInt8(1) as ${alias}_on, ${columns.join(', ')},
        if(isNull(next_order_at), '', formatDateTime(assumeNotNull(next_order_at), '%FT%TZ')) as ${alias}_next_order
      from predictions final
      where workspace_id = {workspace:UInt32} and site = ''${scope.people} and ${ofRun(run, features)}`,
    };
  }).alias;
}

function habits(features: Features, { habits: run }: ForeseenRuns): string {
  return features.addQuery(
    'habits',
    (alias): PersonQuery => ({
      alias,
      columns: ['best_hour', 'discount_affinity', 'channel', 'on'].map((name) => `${alias}_${name}`),
      text: (scope) => `
      select profile_id as person, toUInt8(1) as ${alias}_on, toFloat64(best_hour) as ${alias}_best_hour,
        toFloat64(discount_affinity) as ${alias}_discount_affinity, toString(channel) as ${alias}_channel
      from habits final
      where workspace_id = {workspace:UInt32}${scope.people} and ${ofRun(run, features)}`,
    }),
  ).alias;
}

function appetences(
  { dimension, places }: Pick<ConditionOf<'appetence'>, 'dimension' | 'places'>,
  features: Features,
  { habits: run }: ForeseenRuns,
): string {
  return features.addQuery(
    `appetences ${dimension} ${places}`,
    (alias): PersonQuery => ({
      alias,
      columns: [`${alias}_values`],
      text: (scope) => `
      select profile_id as person, arraySort(groupArray(lowerUTF8(value))) as ${alias}_values
      from appetences final
      where workspace_id = {workspace:UInt32} and dimension = ${features.params.text(dimension)}${scope.people}
        and place <= ${features.params.number(places)} and ${ofRun(run, features)}
      group by person`,
    }),
  ).alias;
}

function lookalike(id: string, features: Features, { lookalikes }: ForeseenRuns): string {
  const known = lookalikes.get(id);
  if (known === undefined)
    throw new Fault('invalid', 'decide.reference_unknown', `There is no lookalike audience ${id} in this workspace.`);
  const { params } = features;
  return features.addQuery(
    `lookalike ${id}`,
    (alias): PersonQuery => ({
      alias,
      columns: [`${alias}_on`],
      text: (scope) => `
      select profile_id as person, toUInt8(1) as ${alias}_on
      from lookalike_people final
      where workspace_id = {workspace:UInt32} and lookalike_id = ${params.bind('UInt32', Number(id))}${scope.people}
        and place <= ${params.number(known.reach)} and ${ofRun(known.run, features)}`,
    }),
  ).alias;
}
