import type { ImportNotice } from '@vitrail/contracts';
import type { JsonObject } from '../../../platform/index.ts';
import type { BadRow, InputRow } from '../read/rows.ts';
import type { Problem } from '../values/problem.ts';

/** A row that is not imported, as it is kept for download. */
export interface Reject {
  readonly row: number;
  readonly reason: string;
  readonly detail: string;
  readonly record: JsonObject;
}

/**
 * What goes in or stays out as one: a row, or all lines of an order. Either `events` or `rejects` is filled.
 */
export interface Unit {
  readonly events: readonly JsonObject[];
  readonly rejects: readonly Reject[];
  /** The rows it is made of, to reject them when the pipeline will not have the events. */
  readonly rows: readonly InputRow[];
  /** What was left out of it. */
  readonly notices: readonly ImportNotice[];
}

export const isBad = (row: InputRow | BadRow): row is BadRow => 'problem' in row;

export const rejectedRow = (row: number, problem: Problem, record: JsonObject): Reject => ({
  row,
  reason: problem.reason,
  detail: problem.detail,
  record,
});
