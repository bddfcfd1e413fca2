import type { Deps } from '../../platform/index.ts';
import { listBestHours } from './sql/habits.ch.ts';
import { readHabitRun } from './sql/habits.pg.ts';

/** In which local hour (0–23) these customers answer best; nobody is in it of whom that is not known. */
export async function readBestHours(
  deps: Pick<Deps, 'ch'> & { readonly pg: Pick<Deps['pg'], 'row'> },
  workspace: number,
  people: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const run = await deps.pg.row(readHabitRun, { workspace });
  if (run === null || people.length === 0) return new Map();
  const rows = await deps.ch.rows(listBestHours, { workspace, run: run.run_id, people });
  return new Map(rows.map(({ person, hour }) => [person, hour]));
}
