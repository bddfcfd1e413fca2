import type { ProfileOrder, ProfileSort } from '@vitrail/contracts';
import { z } from 'zod';
import { decodeCursor, encodeCursor, Fault, type Pg } from '../../platform/index.ts';
import { countCustomers, gatherFound, sortedCustomers } from './sql/sortedCustomers.pg.ts';

/** The words of a search as patterns, and what an identifier would begin with. */
export interface SearchPatterns {
  readonly word1: string;
  readonly word2: string;
  readonly word3: string;
  readonly prefix: string;
}

/** Who is listed: those of a search, and none but these; null where nothing is asked. */
export interface Wanted {
  readonly search: SearchPatterns | null;
  readonly among: readonly number[] | null;
}

export interface SortedQuery {
  readonly sort: ProfileSort;
  readonly order: ProfileOrder;
  readonly known: boolean;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** Up to so many found people are sorted themselves; of more, a page is soon met by walking in the order asked. */
const gatheredAtMost = 32_000;

export const usualOrder = (sort: ProfileSort): ProfileOrder => (sort === 'name' ? 'asc' : 'desc');

const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
const number = z.string().regex(/^-?\d{1,15}(\.\d{1,4})?$/);
const whole = z.string().regex(/^\d{1,15}$/);
const keyShapes: Readonly<Record<ProfileSort, z.ZodString>> = {
  created: whole,
  name: z
    .string()
    .max(240)
    .regex(/^[^\0]*$/),
  firstSeen: instant,
  lastSeen: instant,
  orders: z.string().regex(/^\d{1,9}$/),
  revenue: number,
  lastOrder: instant,
};

/** Behind a row with this key (null: of those without one). */
interface Position {
  readonly key: string | null;
  readonly id: number;
}

/** A cursor of another column or direction is refused: its position means nothing here. */
function readPosition({ sort, order, after }: SortedQuery): Position | null {
  if (after === undefined) return null;
  const id = z.number().int().positive();
  const [, , ...rest] = decodeCursor(
    after,
    z.union([
      z.tuple([z.literal(sort), z.literal(order), keyShapes[sort], id]),
      z.tuple([z.literal(sort), z.literal(order), id]),
    ]),
  );
  return rest.length === 2 ? { key: rest[0], id: rest[1] } : { key: null, id: rest[0] };
}

/**
 * A page of customers in the order of a column, by keyset; who has no value comes last. Exact with a search text too: what
 * is found is sorted, not the page.
 */
export async function listSorted(
  pg: Pg,
  workspace: number,
  query: SortedQuery,
  wanted: Wanted,
  gather = gatheredAtMost,
): Promise<{ ids: number[]; next: string | null }> {
  const { sort, order } = query;
  const position = readPosition(query);
  const narrow = await narrowTo(pg, workspace, wanted, gather);
  const limit = query.limit + 1;
  const shared = { workspace, kinds: kindsOf(query.known), ...narrow };
  const { valued, missing } = sortedCustomers[sort][order];
  const found: { id: number; key: string | null }[] = [];
  if (position === null || position.key !== null) {
    const from = { first: position === null, key: position?.key ?? null, below: position?.id ?? 0 };
    found.push(...(await pg.rows(valued, { ...shared, ...from, limit })));
  }
  if (found.length < limit && missing !== null) {
    const from = position?.key === null ? { first: false, below: position.id } : { first: true, below: 0 };
    const rest = await pg.rows(missing, { ...shared, ...from, limit: limit - found.length });
    found.push(...rest.map(({ id }) => ({ id, key: null })));
  }
  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  return {
    ids: page.map(({ id }) => id),
    next:
      found.length > query.limit && last !== undefined
        ? encodeCursor([sort, order, ...(last.key === null ? [] : [last.key]), last.id])
        : null,
  };
}

const kindsOf = (known: boolean): boolean[] => (known ? [true] : [true, false]);
const anything: SearchPatterns = { word1: '%', word2: '%', word3: '%', prefix: '%' };

async function narrowTo(pg: Pg, workspace: number, { search, among }: Wanted, limit: number) {
  if (search === null) return { how: among === null ? 'all' : 'among', among: among ?? [], ...anything };
  const gathered = await pg.row(gatherFound, { workspace, ...search, limit });
  if (gathered?.complete !== true) return { how: among === null ? 'search' : 'both', among: among ?? [], ...search };
  const kept = among === null ? null : new Set(among);
  return { how: 'among', among: kept === null ? gathered.ids : gathered.ids.filter((id) => kept.has(id)), ...anything };
}

/** How many of these customers a list shows. */
export async function countListed(
  pg: Pg,
  workspace: number,
  known: boolean,
  among: readonly number[],
): Promise<number> {
  const row = await pg.row(countCustomers, { workspace, kinds: kindsOf(known), among });
  return row?.people ?? 0;
}

/** Every customer that a list shows. Throws `invalid` when there are more than `most`. */
export async function listEveryone(
  pg: Pg,
  workspace: number,
  { known, most }: { known: boolean; most: number },
  wanted: Wanted,
): Promise<number[]> {
  const ids: number[] = [];
  for (let after: string | undefined; ; ) {
    const page = await listSorted(
      pg,
      workspace,
      { sort: 'created', order: 'asc', known, limit: 10_000, after },
      wanted,
    );
    ids.push(...page.ids);
    if (ids.length > most)
      throw new Fault(
        'invalid',
        'unify.selection_too_large',
        `More than ${most} people match. Narrow the list, or make a segment of them.`,
        { details: { limit: most } },
      );
    if (page.next === null) return ids;
    after = page.next;
  }
}
