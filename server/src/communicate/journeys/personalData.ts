import type { JsonObject, Pg } from '../../platform/index.ts';
import { deleteRunsOf, listHeldRuns } from './sql/trace.pg.ts';

/** The journeys a person went through, for access and portability. */
export async function exportJourneys(
  { pg }: { readonly pg: Pg },
  workspace: number,
  profiles: readonly number[],
): Promise<JsonObject> {
  const rows = await pg.rows(listHeldRuns, { workspace, profiles });
  return {
    journeys: rows.map(({ journey, entered_at, ended_at, reason, entry_key, context, steps }) => ({
      journey,
      enteredAt: entered_at.toISOString(),
      endedAt: ended_at?.toISOString() ?? null,
      reason,
      key: entry_key,
      context,
      steps,
    })),
  };
}

/** Removes them, and what was still to be heard of the person. May be repeated. */
export async function eraseJourneys(
  { pg }: { readonly pg: Pg },
  workspace: number,
  profiles: readonly number[],
): Promise<Readonly<Record<string, number>>> {
  return { journeyRuns: (await pg.row(deleteRunsOf, { workspace, profiles }))?.runs ?? 0 };
}
