import { z } from 'zod';
import { decodeCursor, encodeCursor, objectOf, type Pg, scalarText } from '../../platform/index.ts';
import { escapeLike, foldText } from '../values/searchText.ts';
import { listCompanies } from './sql/readProfiles.pg.ts';

export interface CompanyQuery {
  /** Words of which the id or the name must have all. */
  readonly q?: string | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** Companies by their id, with the number of people in each. */
export async function listCompanyPage(pg: Pg, workspace: number, query: CompanyQuery) {
  const words = foldText(query.q ?? '')
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => `%${escapeLike(word)}%`);
  const [after] = query.after === undefined ? [''] : decodeCursor(query.after, z.tuple([z.string()]));
  const rows = await pg.rows(listCompanies, { workspace, words, after, limit: query.limit + 1 });
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
