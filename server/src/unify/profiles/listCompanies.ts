import { z } from 'zod';
import { decodeCursor, encodeCursor, objectOf, type Pg, scalarText } from '../../platform/index.ts';
import { listCompanies } from './sql/readProfiles.pg.ts';

/** Companies by their id, with the number of people in each. */
export async function listCompanyPage(pg: Pg, workspace: number, query: { limit: number; after?: string | undefined }) {
  const [after] = query.after === undefined ? [''] : decodeCursor(query.after, z.tuple([z.string()]));
  const rows = await pg.rows(listCompanies, { workspace, after, limit: query.limit + 1 });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      groupId: row.group_id,
      name: scalarText(objectOf(row.traits).name, 256) || null,
      traits: { ...objectOf(row.traits) },
      members: row.members,
      lastSeenAt: row.last_seen_at.toISOString(),
    })),
    next: rows.length > query.limit && last !== undefined ? encodeCursor([last.group_id]) : null,
  };
}
