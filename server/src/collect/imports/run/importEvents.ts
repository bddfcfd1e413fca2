import type { ImportSettings } from '@vitrail/contracts';
import type { Deps, Pg } from '../../../platform/index.ts';
import type { IngestRecords, RecordOutcome } from '../../pipeline/index.ts';
import { openRows } from '../read/openRows.ts';
import { type EventKind, makeUnits } from '../units/makeUnits.ts';
import type { Unit } from '../units/unit.ts';
import { scratchPath } from '../upload/uploadFiles.ts';
import { type Chunk, inChunks } from './chunks.ts';
import type { Lease } from './lease.ts';
import { observeRows, readThrough } from './observeRows.ts';
import { countUnits, type Progress } from './progress.ts';
import { createPace, writeProgress } from './writeProgress.ts';

/** An import as its worker needs it. */
export interface ImportTask<Kind> {
  readonly workspaceId: number;
  readonly sourceId: number;
  readonly kind: Kind;
  readonly settings: ImportSettings;
  readonly path: string;
  readonly fileBytes: number;
  readonly createdAt: Date;
  readonly checked: boolean;
  readonly progress: Progress;
}

/** As many records as the pipeline resolves at once; rejected rows and the lines of long orders weigh too. */
const chunkRecords = 4_000;
const weigh = ({ events, rows, rejects }: Unit): number => Math.max(events.length, (rows.length + rejects.length) / 4);

/**
 * Brings the rows of a file into profiles, chunk by chunk: each chunk, its rejected rows and the import's new position
 * commit together, so a crash at any moment neither repeats nor skips a row. Reading and mapping the next chunk goes on
 * while the stores write the last one.
 */
export async function importEvents(
  deps: Pick<Deps, 'pg' | 'filesDir'> & { ingest: IngestRecords },
  task: ImportTask<EventKind>,
  lease: Lease,
): Promise<Progress> {
  const { kind, settings, path, fileBytes } = task;
  const source = await openRows(path, settings, kind);
  const lines = kind === 'order-lines';
  // Bringing lines together reads the whole file anyway.
  if (!lines && !task.checked) await lease.phase('importing', await readThrough(source, lease), 0);
  const observed = observeRows(source, lease);
  const units = makeUnits(lines ? observed : source, {
    workspaceId: task.workspaceId,
    kind,
    settings,
    now: task.createdAt.getTime(),
    fileBytes,
    folder: scratchPath(deps.filesDir, lease.id),
  });

  let progress = task.progress;
  const pace = createPace();
  const bring = async (chunk: Chunk<Unit>): Promise<void> => {
    let done: Progress | null = null;
    const also = async (tx: Pg, outcomes: readonly RecordOutcome[]): Promise<void> => {
      const { after, rejects } = countUnits(progress, chunk.units, outcomes, source.columns);
      const rate = pace(after.rows - progress.rows);
      await writeProgress(tx, lease, progress.position, after, rejects, { bytesRead: chunk.bytesRead, rate });
      done = after;
    };
    const records = chunk.units.flatMap(({ events }) =>
      events.map((event) => ({ event, receivedAt: task.createdAt, keep: true })),
    );
    if (records.length === 0) await deps.pg.transaction((tx) => also(tx, []));
    else await deps.ingest({ workspaceId: task.workspaceId, sourceId: task.sourceId, records, also });
    progress = done ?? progress;
  };

  let first = lines;
  let running: Promise<void> = Promise.resolve();
  try {
    for await (const chunk of inChunks(units, progress.position, chunkRecords, weigh)) {
      if (first) await lease.phase('importing', observed.rows(), 0);
      first = false;
      await running;
      lease.check();
      running = bring(chunk);
      // Its failure is thrown by the next `await running`; without this it would count as unhandled meanwhile.
      running.catch(() => {});
    }
  } finally {
    await running;
  }
  return progress;
}
