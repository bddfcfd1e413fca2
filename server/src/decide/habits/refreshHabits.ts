import { appetencePlaces } from '@vitrail/contracts';
import type { Deps } from '../../platform/index.ts';
import { markReferences } from '../references/changeReferences.ts';
import { getWorkspace } from '../rfm/readRfm.ts';
import { applySegmentsNow } from '../segments/jobs.ts';
import {
  countHabits,
  deleteFormerAppetences,
  deleteFormerHabits,
  listTimeZones,
  writeAppetences,
  writeHabits,
} from './sql/habits.ch.ts';
import { readHabitRun, useHabitRun } from './sql/habits.pg.ts';

/**
 * Computes anew what everyone is drawn to, when and where they answer. Readers see the former run until all of the new one is
 * written; a run that is cut off leaves rows that nobody reads. Returns how many people have habits.
 */
export async function refreshHabits(
  deps: Pick<Deps, 'pg' | 'ch' | 'clock' | 'jobs'>,
  workspace: number,
): Promise<number> {
  const at = deps.clock.now();
  const { zone } = await getWorkspace(deps, workspace);
  const former = await deps.pg.row(readHabitRun, { workspace });
  // A clock that was set back must not make a run older than the one in use.
  const run = Math.max(at.getTime(), (former?.run_id ?? 0) + 1);
  const now = at.getTime();
  const named = await deps.ch.rows(listTimeZones, { workspace }, { lane: 'heavy' });
  const moved = named.flatMap((row) => {
    const offset = hoursAhead(row.zone, at);
    return offset === null ? [] : [{ zone: row.zone, offset: offset - (hoursAhead(zone, at) ?? 0) }];
  });
  const [zones, offsets] = [moved.map((each) => each.zone), moved.map((each) => Math.round(each.offset))];
  await deps.ch.run(writeHabits, { workspace, run, now, zone, zones, offsets }, { lane: 'heavy' });
  await deps.ch.run(writeAppetences, { workspace, run, now, places: appetencePlaces }, { lane: 'heavy' });
  const [counted] = await deps.ch.rows(countHabits, { workspace, run }, { lane: 'heavy' });
  const people = counted?.people ?? 0;
  await deps.pg.transaction(async (tx) => {
    const used = await tx.row(useHabitRun, { workspace, run, at, people });
    if (used !== null) await markReferences(tx, workspace, { kind: 'prediction' });
  });
  await applySegmentsNow(deps);
  await deps.ch.run(deleteFormerHabits, { workspace, run });
  await deps.ch.run(deleteFormerAppetences, { workspace, run });
  return people;
}

/** How far the clocks of a zone are ahead of UTC now, in hours; null for what is no zone. */
function hoursAhead(zone: string, at: Date): number | null {
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at);
    const [, sign, hours, minutes = '0'] =
      /GMT([+-])(\d+)(?::(\d+))?/.exec(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? [];
    return hours === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) + Number(minutes) / 60);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
