import type { Pg } from '../../platform/index.ts';
import type { CollectedEvent, Drop } from './record.ts';
import type { WorkspaceContext } from './workspaceContext.ts';

/** Rows for one ClickHouse table, as JSONEachRow bytes, inserted with the batch. */
export interface Shipment {
  readonly table: string;
  readonly rows: number;
  readonly payload: Buffer;
}

export interface Problem {
  readonly sourceId: number;
  /** `invalid_email`, `invalid_phone`, `too_many_traits` … */
  readonly problem: string;
}

export interface Resolution {
  /** One per event, in order: the profile it belongs to (0: nobody's, such as a receipt without a card), or a drop. */
  readonly owners: readonly (number | Drop)[];
  /** Values that could not be brought into normal form: kept raw, and counted. */
  readonly problems: readonly Problem[];
  readonly shipments: readonly Shipment[];
  /** Profile rows of which something is known now that was not: new, a trait, an identifier, a merge. */
  readonly changed: readonly number[];
}

/** What a change of profiles brings about in ClickHouse. */
export type ProfileChange = Pick<Resolution, 'shipments' | 'changed'>;

/**
 * Joins a batch to profiles. Implemented by the unify room and handed in by `app/`: data flows one way. Runs inside the
 * batch's transaction, one at a time per workspace; everything it writes commits or vanishes with the batch.
 */
export type Resolver = (
  tx: Pg,
  batch: { readonly id: number; readonly workspace: WorkspaceContext; readonly events: readonly CollectedEvent[] },
) => Promise<Resolution>;
