import type { Pg } from '../../platform/index.ts';
import type { RecordOutcome, SourceRecord } from './record.ts';

export type { RecordOutcome, SourceRecord } from './record.ts';

/** Records that come with their own progress: an import's chunk. */
export interface Ingestion {
  readonly workspaceId: number;
  readonly sourceId: number;
  readonly records: readonly SourceRecord[];
  /** Runs in the same transaction once the outcomes (one per record, in order) are known: progress and rejects commit with the rows. */
  also(tx: Pg, outcomes: readonly RecordOutcome[]): Promise<void>;
}

/**
 * Resolves records in one transaction, without the inbox: `Pipeline.ingest`, handed to the imports by `app/`. Waits while
 * shipping lags (back-pressure). A thrown fault means nothing was written, so the caller may repeat.
 */
export type IngestRecords = (ingestion: Ingestion) => Promise<void>;
