import type { ChQuery, ChShape, ChValues } from '../../../platform/index.ts';
import type { CompiledSegment } from './compileSegment.ts';
import type { Features, ScopeSql } from './features.ts';
import { never } from './moment.ts';

/** Whom a query is about. */
export type Scope = 'everyone' | 'people';

export const scopes: Readonly<Record<Scope, ScopeSql>> = {
  everyone: {
    rows: '',
    people: '',
    person: "dictGetOrDefault('profile_root_dict', 'root_id', (workspace_id, profile_id), profile_id)",
    few: false,
  },
  // Given from outside, in step with PostgreSQL: a dictionary of another process would lag behind a merge.
  people: {
    rows: ' and profile_id in {members:Array(UInt64)}',
    people: ' and profile_id in {people:Array(UInt64)}',
    person: 'transform(profile_id, {members:Array(UInt64)}, {roots:Array(UInt64)}, profile_id)',
    few: true,
  },
};

/** Parameters of every assembled query besides those of its conditions. */
const everyoneParams = { workspace: 'UInt32' } as const;
const peopleParams = { members: 'Array(UInt64)', roots: 'Array(UInt64)', people: 'Array(UInt64)' } as const;

export interface AssembledQuery<R extends ChShape> {
  readonly query: ChQuery<ChShape, R>;
  /** Values of the conditions; those of the scope are the caller's. */
  readonly values: ChValues<ChShape>;
}

/** Closes a query over people. */
export function assemble<R extends ChShape>(
  name: string,
  text: string,
  row: R,
  features: Features,
  scope: Scope,
  more: ChShape = {},
): AssembledQuery<R> {
  // A parameter that the text does not use is none of this query's.
  const all: ChShape = {
    ...features.params.types,
    ...everyoneParams,
    ...(scope === 'people' && peopleParams),
    ...more,
  };
  const params = Object.fromEntries(Object.entries(all).filter(([key, type]) => text.includes(`{${key}:${type}}`)));
  return { query: { name, text, params, row }, values: features.params.values };
}

export const previewRow = {
  total: 'UInt64',
  sample: 'Array(UInt64)',
  alone: 'Array(UInt64)',
  together: 'Array(UInt64)',
} as const;

/** How many pass each part alone, and together with the whole; the whole is the first. */
export function assemblePreview(
  segment: CompiledSegment,
  features: Features,
  sampleSize: number,
): AssembledQuery<typeof previewRow> {
  const parts = segment.map(({ pass }, index) => `${pass} as c${index}`);
  const columns = segment.map((_, index) => `c${index}`);
  const text = `
  select count() as total, groupArrayIf(${sampleSize})(person, c0) as sample,
    [${columns.map((column) => `countIf(${column})`).join(', ')}] as alone,
    [${columns.map((column) => `countIf(${column} and c0)`).join(', ')}] as together
  from (
  ${features.withDerived}
  select person, ${parts.join(', ')}
  ${features.fromPeople(scopes.everyone)}
  )`;
  return assemble('decide.previewSegment', text, previewRow, features, 'everyone');
}

export const explainRow = { pass: 'Array(UInt8)', found: 'Array(String)', next: 'Int64' } as const;

/** What was found for one person, part by part. */
export function assembleExplanation(segment: CompiledSegment, features: Features): AssembledQuery<typeof explainRow> {
  const [whole] = segment;
  const text = `
  ${features.withDerived}
  select [${segment.map(({ pass }) => `toUInt8(${pass})`).join(', ')}] as pass,
    [${segment.map(({ found }) => (found === null ? "''" : `toString(${found})`)).join(', ')}] as found,
    toInt64(${whole.next}) as next
  ${features.fromPeople(scopes.people)}`;
  return assemble('decide.explainSegment', text, explainRow, features, 'people');
}

export const membersRow = { person: 'UInt64' } as const;

/** Everyone who passes. */
export function assembleMembers(segment: CompiledSegment, features: Features): AssembledQuery<typeof membersRow> {
  const [whole] = segment;
  const text = `
  ${features.withDerived}
  select person
  ${features.fromPeople(scopes.everyone)}
  where ${whole.pass}`;
  return assemble('decide.listPassing', text, membersRow, features, 'everyone');
}

/** A segment among others that are evaluated in one pass. */
export interface Evaluated {
  readonly id: number;
  readonly compiled: CompiledSegment;
}

export const evaluationRow = { person: 'UInt64', segments: 'Array(UInt32)', next: 'Int64' } as const;

/** The segments each person is in, and the first moment at which time alone can change that. */
export function assembleEvaluation(
  segments: readonly Evaluated[],
  features: Features,
  scope: Scope,
): AssembledQuery<typeof evaluationRow> {
  return assemble(
    'decide.evaluateSegments',
    writeEvaluation(segments, features, scope),
    evaluationRow,
    features,
    scope,
  );
}

function writeEvaluation(segments: readonly Evaluated[], features: Features, scope: Scope): string {
  const ids = features.params.bind(
    'Array(UInt32)',
    segments.map(({ id }) => id),
  );
  const passes = segments.map(({ compiled: [whole] }) => whole.pass);
  const nexts = [...new Set(segments.map(({ compiled: [whole] }) => whole.next))].filter((next) => next !== never);
  return `
  ${features.withDerived}
  select person, arrayFilter((id, pass) -> pass, ${ids}, [${passes.join(', ')}]) as segments,
    toInt64(${nexts.length === 0 ? never : `arrayMin([${nexts.join(', ')}])`}) as next
  ${features.fromPeople(scopes[scope])}`;
}

export const differenceRow = {
  person: 'UInt64',
  entered: 'Array(UInt32)',
  exited: 'Array(UInt32)',
  next: 'Int64',
} as const;

/**
 * Where the stored memberships of these segments differ from what everyone's should be, compared inside ClickHouse, and who
 * has a moment to be asked again before `{horizon:Int64}`.
 */
export function assembleDifference(
  segments: readonly Evaluated[],
  features: Features,
): AssembledQuery<typeof differenceRow> {
  const ids = features.params.bind(
    'Array(UInt32)',
    segments.map(({ id }) => id),
  );
  const text = `
  select person, arrayFilter(each -> not has(old, each), new) as entered,
    arrayFilter(each -> not has(new, each), old) as exited, next
  from (
    select person, groupArrayArray(segments) as new, groupArrayArray(members) as old, min(next) as next
    from (
      select person, segments, emptyArrayUInt32() as members, next from (${writeEvaluation(segments, features, 'everyone')})
      where notEmpty(segments) or next < {horizon:Int64}
      union all
      select profile_id, emptyArrayUInt32(), [segment_id], toInt64(${never}) from memberships final
      where workspace_id = {workspace:UInt32} and segment_id in ${ids} and member
    )
    group by person
  )
  where notEmpty(entered) or notEmpty(exited) or next < {horizon:Int64}`;
  return assemble('decide.compareMemberships', text, differenceRow, features, 'everyone', { horizon: 'Int64' });
}
