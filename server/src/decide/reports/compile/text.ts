import type { ChQuery, ChShape, ChValues } from '../../../platform/index.ts';
import { Parameters } from '../../segments/compile/parameters.ts';
import type { Scope, Span } from '../scope.ts';

/** A query made for one request: text and the values bound in it. */
export interface Compiled<R extends ChShape> {
  readonly query: ChQuery<ChShape, R>;
  readonly values: ChValues<ChShape>;
}

/** What a compiler writes into: SQL text on one side, bound values on the other. */
export interface Draft {
  readonly scope: Scope;
  readonly params: Parameters;
}

export const draft = (scope: Scope): Draft => ({ scope, params: new Parameters() });

/** Closes a draft. The workspace is in every query; `now` only where a test of a date asks for it. */
export function finish<const R extends ChShape>(
  { scope, params }: Draft,
  name: string,
  row: R,
  text: string,
): Compiled<R> {
  const asksNow = text.includes('{now:Int64}');
  return {
    query: {
      name,
      text,
      row,
      params: { workspace: 'UInt32', ...(asksNow && { now: 'Int64' as const }), ...params.types },
    },
    values: { workspace: scope.workspace, ...(asksNow && { now: scope.now.getTime() }), ...params.values },
  };
}

/** The person behind a profile row. Asked once per group of rows, never per event: 0.2 µs each. */
export const rootOf = "dictGetOrDefault('profile_root_dict', 'root_id', (workspace_id, profile_id), profile_id)";

/** Events that count: of people or nobody, never of robots, never our own. */
export const realEvents = "workspace_id = {workspace:UInt32} and not bot and type != 'segment'";

/** A time column inside of spans. */
export function inSpans(
  column: string,
  spans: readonly (Pick<Span, 'fromMs' | 'toMs'> | null)[],
  { params }: Draft,
): string {
  const each = spans.flatMap((span) => {
    if (span === null) return [];
    const at = (ms: number): string => `fromUnixTimestamp64Milli(${params.bind('Int64', ms)})`;
    return [`${column} >= ${at(span.fromMs)} and ${column} < ${at(span.toMs)}`];
  });
  return each.length === 1 ? `(${each[0]})` : `(${each.map((text) => `(${text})`).join(' or ')})`;
}

/** 1 for rows of the period compared with. */
export const isBefore = (column: string, { scope, params }: Draft): string =>
  scope.before === null ? '0' : `${column} < fromUnixTimestamp64Milli(${params.bind('Int64', scope.current.fromMs)})`;

/** The first day of the interval in which an instant lies; the period before is laid on the current one. */
export function bucketOf(column: string, interval: 'day' | 'week' | 'month', draft: Draft): string {
  const { scope, params } = draft;
  const local = `toDate(${column}, ${params.text(scope.zone)})`;
  const day = scope.before === null ? local : `if(${isBefore(column, draft)}, ${local} + ${scope.shift}, ${local})`;
  return { day, week: `toMonday(${day})`, month: `toStartOfMonth(${day})` }[interval];
}

/** Only people who are in a segment now; '' without one. */
export const inSegment = (segment: string | undefined, { params }: Draft): string =>
  segment === undefined
    ? ''
    : `person in (select profile_id from memberships final where workspace_id = {workspace:UInt32}
        and segment_id = ${params.bind('UInt32', segmentNumber(segment))} and member)`;

/** 0, which no segment has, for what is no number. */
const segmentNumber = (segment: string): number => (/^\d{1,9}$/.test(segment) ? Number(segment) : 0);

export const allOf = (conditions: readonly string[]): string =>
  conditions.filter((condition) => condition !== '').join(' and ');
