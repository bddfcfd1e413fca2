import type { JsonObject } from '../../../platform/index.ts';
import type { RecordOutcome } from '../../pipeline/index.ts';
import { recordOf } from '../read/rows.ts';
import type { Reject, Unit } from '../units/unit.ts';

export type Counts = Readonly<Record<string, number>>;

/** How far an import has come, as the table holds it. */
export interface Progress {
  /** Units done. */
  readonly position: number;
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly duplicates: number;
  readonly reasons: Counts;
  readonly notices: Counts;
}

export const nothingDone: Progress = {
  position: 0,
  rows: 0,
  accepted: 0,
  rejected: 0,
  duplicates: 0,
  reasons: {},
  notices: {},
};

const add = (counts: Record<string, number>, name: string, by = 1): void => {
  counts[name] = (counts[name] ?? 0) + by;
};

/**
 * The progress after some units, and the rows that stayed out. `outcomes` are the pipeline's, one per event in order;
 * null when nothing was asked of it (a dry run). Pure, because a transaction may be tried twice.
 */
export function countUnits(
  before: Progress,
  units: readonly Unit[],
  outcomes: readonly RecordOutcome[] | null,
  columns: readonly string[],
): { after: Progress; rejects: Reject[] } {
  const reasons = { ...before.reasons };
  const notices = { ...before.notices };
  const rejects: Reject[] = [];
  let { rows, accepted, rejected, duplicates } = before;
  let next = 0;
  const reject = (reject: Reject): void => {
    rejects.push(reject);
    add(reasons, reject.reason);
    rejected++;
  };
  for (const { events, rejects: own, rows: rowsOfUnit, notices: noticed } of units) {
    const made = outcomes?.slice(next, next + events.length) ?? [];
    next += events.length;
    if (own.length > 0) {
      rows += own.length;
      own.forEach(reject);
      continue;
    }
    rows += rowsOfUnit.length;
    const dropped = made.find((outcome) => outcome.kind === 'dropped');
    if (dropped?.kind === 'dropped') {
      for (const { row, cells } of rowsOfUnit) {
        // Of an erased person not even the rejected row is kept.
        const record: JsonObject = dropped.reason === 'erased' ? {} : recordOf(columns, cells);
        reject({ row, reason: dropped.reason, detail: dropped.detail, record });
      }
      continue;
    }
    accepted += rowsOfUnit.length;
    if (made.length > 0 && made.every(({ kind }) => kind === 'duplicate')) duplicates += rowsOfUnit.length;
    for (const notice of noticed) add(notices, notice);
  }
  const position = before.position + units.length;
  return { after: { position, rows, accepted, rejected, duplicates, reasons, notices }, rejects };
}

/** The same for products: `duplicates` counts rows whose product the file had named before. */
export function countProducts(
  before: Progress,
  units: readonly { readonly product: object | null; readonly rejects: readonly Reject[] }[],
  duplicates: number,
): { after: Progress; rejects: Reject[] } {
  const reasons = { ...before.reasons };
  const rejects = units.flatMap((unit) => unit.rejects);
  for (const { reason } of rejects) add(reasons, reason);
  const accepted = units.filter(({ product }) => product !== null).length;
  const after: Progress = {
    ...before,
    position: before.position + units.length,
    rows: before.rows + accepted + rejects.length,
    accepted: before.accepted + accepted,
    rejected: before.rejected + rejects.length,
    duplicates: before.duplicates + duplicates,
    reasons,
  };
  return { after, rejects };
}
