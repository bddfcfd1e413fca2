import type { Deps, Pg } from '../../../platform/index.ts';
import { openRows } from '../read/openRows.ts';
import { type PartnerKind, type PartnerRow, type PartnerUnit, readPartnerRows } from '../units/readPartnerRows.ts';
import { rejectedRow } from '../units/unit.ts';
import { Problem } from '../values/problem.ts';
import { type Chunk, inChunks } from './chunks.ts';
import type { ImportTask } from './importEvents.ts';
import type { Lease } from './lease.ts';
import { readThrough } from './observeRows.ts';
import { countProducts, type Progress } from './progress.ts';
import { createPace, writeProgress } from './writeProgress.ts';

/** Takes what data partners say of people; a room that comes later does it. */
export interface ImportPartnerRows {
  /** In the import's own transaction: an outcome for each row, in order. Throws `Fault` for a partner nobody knows. */
  take(
    tx: Pg,
    about: { readonly workspace: number; readonly partner: string; readonly kind: PartnerKind },
    rows: readonly PartnerRow[],
  ): Promise<readonly ('taken' | 'unchanged' | 'nobody' | 'over')[]>;
  /** They are committed. Safe to repeat. */
  taken(workspace: number): Promise<void>;
}

const chunkRows = 2_000;
const words = { nobody: 'No customer has this id', over: 'Its end has passed' } as const;

/** Brings a partner's rows, chunk by chunk, each with the import's new position. */
export async function importPartnerRows(
  deps: Pick<Deps, 'pg'> & { readonly partners: ImportPartnerRows },
  task: ImportTask<PartnerKind>,
  lease: Lease,
): Promise<void> {
  const { settings, path, createdAt, kind, workspaceId: workspace } = task;
  const source = await openRows(path, settings, kind);
  if (task.checked) await lease.phase('importing', null, 0);
  else await lease.phase('importing', await readThrough(source, lease), 0);
  const units = readPartnerRows(source, settings, kind, createdAt);

  let { progress } = task;
  const pace = createPace();
  const bring = (chunk: Chunk<PartnerUnit>): Promise<Progress> =>
    deps.pg.transaction(async (tx) => {
      const read = chunk.units.flatMap((unit) => (unit.given === null ? [] : [{ ...unit, given: unit.given }]));
      const about = { workspace, partner: settings.provider ?? '', kind };
      const outcomes = await deps.partners.take(
        tx,
        about,
        read.map(({ given }) => given),
      );
      const outcomeOf = new Map(read.map(({ row }, index) => [row, outcomes[index]]));
      const done = chunk.units.map(({ row, given, record, rejects }) => {
        const outcome = outcomeOf.get(row);
        if (outcome !== 'nobody' && outcome !== 'over') return { product: given, rejects };
        return { product: null, rejects: [rejectedRow(row, new Problem(outcome, words[outcome]), record)] };
      });
      const same = outcomes.filter((outcome) => outcome === 'unchanged').length;
      const { after, rejects } = countProducts(progress, done, same);
      const rate = pace(after.rows - progress.rows);
      await writeProgress(tx, lease, progress.position, after, rejects, { bytesRead: chunk.bytesRead, rate });
      return after;
    });
  for await (const chunk of inChunks(units, progress.position, chunkRows, () => 1)) {
    lease.check();
    progress = await bring(chunk);
  }
  await deps.partners.taken(workspace);
}
