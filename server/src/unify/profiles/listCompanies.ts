import type { CompanySort } from '@vitrail/contracts';
import { z } from 'zod';
import { decodeCursor, encodeCursor, objectOf, type Pg, type PgRow, scalarText } from '../../platform/index.ts';
import { escapeLike, foldText } from '../values/searchText.ts';
import { listCompanies } from './sql/readProfiles.pg.ts';
import { sortedCompanies } from './sql/sortedCompanies.pg.ts';

export interface CompanyQuery {
  /** Words of which the id or the name must have all. */
  readonly q?: string | undefined;
  readonly sort?: CompanySort | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** Companies by their id, with the number of people in each. */
export async function listCompanyPage(pg: Pg, workspace: number, query: CompanyQuery) {
  const words = foldText(query.q ?? '')
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => `%${escapeLike(word)}%`);
  if (query.sort !== undefined) return listSorted(pg, { workspace, words }, { ...query, sort: query.sort });
  const [after] = query.after === undefined ? [''] : decodeCursor(query.after, z.tuple([z.string()]));
  const rows = await pg.rows(listCompanies, { workspace, words, after, limit: query.limit + 1 });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(tell),
    next: rows.length > query.limit && last !== undefined ? encodeCursor([last.group_id]) : null,
  };
}

const keyShapes: Readonly<Record<CompanySort, z.ZodString>> = {
  name: z.string().max(10_000),
  members: z.string().regex(/^\d{1,9}$/),
  lastSeen: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
};

/** A page in the order of a column. A cursor of another column or direction is refused. */
async function listSorted(
  pg: Pg,
  filters: { workspace: number; words: readonly string[] },
  { sort, order = 'asc', after: cursor, limit }: CompanyQuery & { sort: CompanySort },
) {
  const [, , after = '', key = null] =
    cursor === undefined
      ? []
      : decodeCursor(
          cursor,
          z.union([
            z.tuple([z.literal(sort), z.literal(order), z.string(), keyShapes[sort]]),
            z.tuple([z.literal(sort), z.literal(order), z.string()]),
          ]),
        );
  const phase = cursor === undefined ? 'start' : key === null ? 'missing' : 'valued';
  const rows = await pg.rows(sortedCompanies[sort][order], { ...filters, phase, key, after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(tell),
    next:
      rows.length > limit && last !== undefined
        ? encodeCursor([sort, order, last.group_id, ...(last.key === null ? [] : [last.key])])
        : null,
  };
}

const tell = (row: PgRow<typeof listCompanies.row>) => ({
  groupId: row.group_id,
  name: scalarText(objectOf(row.traits).name, 256) || null,
  traits: { ...objectOf(row.traits) },
  members: row.members,
  lastSeenAt: row.last_seen_at.toISOString(),
});
