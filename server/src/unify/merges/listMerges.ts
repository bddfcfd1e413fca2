import type { Merge } from '@vitrail/contracts';
import { z } from 'zod';
import { encodeProfileId } from '../../collect/index.ts';
import {
  decodeCursor,
  encodeCursor,
  isJsonObject,
  type Json,
  objectOf,
  type Pg,
  type PgRow,
  scalarText,
} from '../../platform/index.ts';
import { joinCustomerRows, summarise } from '../profiles/customer.ts';
import { readIdentifiers, readProfileRows } from '../profiles/sql/readProfiles.pg.ts';
import { listCollisions, listMergesOf, listMerges as selectMerges } from './sql/merges.pg.ts';

const position = z.tuple([z.number().int().positive()]);

/** Merges of the workspace, or those that made one customer; each side as it was when it was its own profile row. */
export async function listMerges(
  pg: Pg,
  workspace: number,
  query: { readonly profiles: readonly number[] | null; readonly limit: number; readonly after?: string | undefined },
): Promise<{ items: Merge[]; next: string | null }> {
  const [below] = query.after === undefined ? [Number.MAX_SAFE_INTEGER] : decodeCursor(query.after, position);
  const page = { workspace, below, limit: query.limit + 1 };
  const rows =
    query.profiles === null
      ? await pg.rows(selectMerges, page)
      : await pg.rows(listMergesOf, { ...page, profiles: query.profiles });
  const merges = rows.slice(0, query.limit);
  const sides = await loadSides(pg, workspace, merges);
  const last = merges.at(-1);
  return {
    items: merges.flatMap((merge) => {
      const [winner, loser] = [sides.get(merge.winner_id), sides.get(merge.loser_id)];
      return winner === undefined || loser === undefined ? [] : [present(merge, winner, loser)];
    }),
    next: rows.length > query.limit && last !== undefined ? encodeCursor([last.id]) : null,
  };
}

/** What the model said of a merge it made, or that a person made on its question. */
const matchSchema = z.object({
  probability: z.number(),
  weight: z.number(),
  model: z.number().int(),
  review: z.number().int().nullable().default(null),
});

type MergeRow = PgRow<typeof selectMerges.row>;
type Side = Merge['winner'];

function present(merge: MergeRow, winner: Side, loser: Side): Merge {
  const evidence = objectOf(merge.evidence);
  const identifiers: readonly Json[] = Array.isArray(evidence.identifiers) ? evidence.identifiers : [];
  return {
    id: merge.id,
    at: merge.at.toISOString(),
    kind: merge.kind,
    winner,
    loser,
    evidence: {
      messageId: scalarText(evidence.messageId, 256),
      source: typeof evidence.sourceId === 'number' ? evidence.sourceId : 0,
      identifiers: identifiers
        .filter(isJsonObject)
        .map(({ namespace, value }) => ({ namespace: scalarText(namespace, 100), value: scalarText(value, 512) })),
      match: matchSchema.safeParse(evidence.match).data ?? null,
    },
    run: merge.run_id,
    undoneAt: merge.undone_at?.toISOString() ?? null,
    undoneBy: merge.undone_by,
  };
}

/** The profile rows named in merges, each alone: the fragments that became one. */
async function loadSides(pg: Pg, workspace: number, merges: readonly MergeRow[]): Promise<Map<number, Side>> {
  const ids = [...new Set(merges.flatMap((merge) => [merge.winner_id, merge.loser_id]))];
  if (ids.length === 0) return new Map();
  const rows = await pg.rows(readProfileRows, { workspace, ids });
  const identifiers = await pg.rows(readIdentifiers, { workspace, profiles: ids });
  return new Map(
    rows.map((row) => [
      row.id,
      summarise(
        joinCustomerRows(
          row.id,
          [row],
          identifiers.filter(({ profile_id }) => profile_id === row.id),
        ),
      ),
    ]),
  );
}

/** Joins that were wanted and not made, of one customer. */
export async function listRefusedJoins(pg: Pg, workspace: number, profiles: readonly number[]) {
  const rows = await pg.rows(listCollisions, { workspace, profiles });
  const own = new Set(profiles);
  return rows.map((row) => {
    const other = own.has(row.profile_id) ? row.other_profile_id : row.profile_id;
    return {
      namespace: row.namespace,
      value: row.value,
      reason: row.reason === 'kept_apart' ? ('kept_apart' as const) : ('limit' as const),
      other: other === null ? null : encodeProfileId(other),
      at: row.at.toISOString(),
    };
  });
}
