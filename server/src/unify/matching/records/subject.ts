import type { MatchKind } from '@vitrail/contracts';
import type { Pg } from '../../../platform/index.ts';
import type { RecordFields } from './personRecord.ts';

/** One record to compare; `fields` null: it can be compared with nothing. */
export interface MatchRecord {
  readonly id: number;
  readonly fields: RecordFields | null;
}

/** What is matched, people or companies: where its records come from. */
export interface RecordSource {
  readonly kind: MatchKind;
  /** Fields of every record; a workspace's rules may add identifiers. */
  readonly fields: readonly string[];
  count(pg: Pg, workspace: number): Promise<number>;
  /** Records by id from above `after`; `last` is null at the end. */
  page(pg: Pg, workspace: number, after: number, limit: number): Promise<{ ids: number[]; last: number | null }>;
  /** Those of them that stand for themselves, as they are now. */
  read(pg: Pg, workspace: number, ids: readonly number[], more: readonly string[]): Promise<MatchRecord[]>;
}
