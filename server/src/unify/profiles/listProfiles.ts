import type { ProfileListItem, ProfileOrder, ProfileSort } from '@vitrail/contracts';
import { z } from 'zod';
import { decodeCursor, encodeCursor, Fault, type Pg } from '../../platform/index.ts';
import { countListed, listSorted, type SearchPatterns, usualOrder, type Wanted } from '../listing/sortCustomers.ts';
import { readStanding } from '../listing/sql/sortedCustomers.pg.ts';
import { normaliseEmail } from '../values/email.ts';
import { normalisePhone } from '../values/phone.ts';
import { escapeLike, foldText } from '../values/searchText.ts';
import { loadCustomers, summarise } from './customer.ts';
import { findByIdentifier, listKnownRoots, listRoots, readBaseCurrency, searchRoots } from './sql/readProfiles.pg.ts';

/** Which customers a list shows. */
export interface ProfileFilter {
  readonly identifier?: string | undefined;
  readonly q?: string | undefined;
  /** Without visitors of whom nothing but browser ids is known. */
  readonly known?: boolean | undefined;
  /** Only these customers: those whom a definition leaves. */
  readonly passing?: readonly number[] | undefined;
}

export interface ProfileQuery extends ProfileFilter {
  readonly sort?: ProfileSort | undefined;
  readonly order?: ProfileOrder | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

const position = z.tuple([z.number().int().positive()]);
/** Shorter words are looked for at the beginning of words only: the index knows groups of three letters. */
const shortestInside = 3;

/** Customers, newest first or sorted: all, by one exact identifier, or by words. Keyset pages. */
export async function listProfiles(
  pg: Pg,
  workspace: number,
  query: ProfileQuery,
): Promise<{ items: ProfileListItem[]; next: string | null; total?: number }> {
  const { ids, ...rest } = await findPage(pg, workspace, query);
  return { items: await readListItems(pg, workspace, ids), ...rest };
}

/** What the list of customers shows of these, in the order given; those that are gone are left out. */
export async function readListItems(pg: Pg, workspace: number, ids: readonly number[]): Promise<ProfileListItem[]> {
  const [customers, standing] = await Promise.all([
    loadCustomers(pg, workspace, ids),
    pg.rows(readStanding, { workspace, ids }),
  ]);
  const standingOf = new Map(standing.map((row) => [row.id, row]));
  return customers.map((customer) => {
    const row = standingOf.get(customer.rootId);
    return {
      ...summarise(customer),
      orders: row?.orders ?? null,
      revenue: row?.revenue == null ? null : Number(row.revenue),
      lastOrderAt: row?.last_order_at?.toISOString() ?? null,
    };
  });
}

async function findPage(
  pg: Pg,
  workspace: number,
  query: ProfileQuery,
): Promise<{ ids: number[]; next: string | null; total?: number }> {
  const { order, passing } = query;
  const { sort = order === undefined && passing === undefined ? undefined : 'created' } = query;
  if (sort !== undefined) {
    const wanted = await whoIsWanted(pg, workspace, query);
    const known = leavesVisitors(query, wanted);
    const page = await listSorted(pg, workspace, { ...query, sort, order: order ?? usualOrder(sort), known }, wanted);
    const isWhole = query.after === undefined && wanted.search === null;
    if (passing === undefined || !isWhole) return page;
    return { ...page, total: await countListed(pg, workspace, known, wanted.among ?? []) };
  }
  const [below] = query.after === undefined ? [Number.MAX_SAFE_INTEGER] : decodeCursor(query.after, position);
  const rows = await findNewest(pg, workspace, query, below);
  const page = rows.slice(0, query.limit).map(({ id }) => id);
  const last = page.at(-1);
  return { ids: page, next: rows.length > query.limit && last !== undefined ? encodeCursor([last]) : null };
}

async function findNewest(pg: Pg, workspace: number, query: ProfileQuery, below: number): Promise<{ id: number }[]> {
  const page = { workspace, below, limit: query.limit + 1 };
  if (query.identifier !== undefined) {
    const { namespace, value } = await readIdentifier(pg, workspace, query.identifier);
    return pg.rows(findByIdentifier, { ...page, namespace, value });
  }
  const patterns = await patternsOf(pg, workspace, query.q);
  if (patterns === null) return pg.rows(query.known === true ? listKnownRoots : listRoots, page);
  return pg.rows(searchRoots, { ...page, ...patterns });
}

/** On how many people one shared identifier may stand, for a list of them. */
const holdersAtMost = 20_000;

/** Whether visitors are left out: a search looks among everybody. */
export const leavesVisitors = (filter: ProfileFilter, wanted: Wanted): boolean =>
  filter.known === true && filter.identifier === undefined && wanted.search === null;

/** The customers that these filters leave. */
export async function whoIsWanted(pg: Pg, workspace: number, filter: ProfileFilter): Promise<Wanted> {
  const passing = filter.passing ?? null;
  if (filter.identifier !== undefined) {
    const { namespace, value } = await readIdentifier(pg, workspace, filter.identifier);
    const everybody = { workspace, below: Number.MAX_SAFE_INTEGER, limit: holdersAtMost };
    const rows = await pg.rows(findByIdentifier, { ...everybody, namespace, value });
    const kept = passing === null ? null : new Set(passing);
    return { search: null, among: rows.flatMap(({ id }) => (kept?.has(id) === false ? [] : id)) };
  }
  return { search: await patternsOf(pg, workspace, filter.q), among: passing };
}

/** What a search text asks for; null for a text that says nothing. */
async function patternsOf(pg: Pg, workspace: number, q: string | undefined): Promise<SearchPatterns | null> {
  const text = foldText(q ?? '');
  if (text === '') return null;
  const [word1 = '%', word2 = '%', word3 = '%'] = text
    .split(' ')
    .slice(0, 3)
    .map((word) => (word.length < shortestInside ? `% ${escapeLike(word)}%` : `%${escapeLike(word)}%`));
  return { word1, word2, word3, prefix: `${escapeLike(await prefixOf(pg, workspace, q ?? ''))}%` };
}

/** What an identifier would begin with. A telephone is searched as people write it. */
async function prefixOf(pg: Pg, workspace: number, q: string): Promise<string> {
  const text = q.trim();
  if (!/^[+\d][\d\s().-]{5,}$/.test(text)) return text.includes('@') ? text.toLowerCase() : text;
  const settings = await pg.row(readBaseCurrency, { workspace });
  const phone = normalisePhone(text, settings?.country ?? '');
  return phone.ok ? phone.value : text;
}

/** `namespace:value` with the value in normal form; throws `invalid` for anything else. */
export async function readIdentifier(
  pg: Pg,
  workspace: number,
  text: string,
): Promise<{ namespace: string; value: string }> {
  const colon = text.indexOf(':');
  if (colon < 1) {
    throw new Fault(
      'invalid',
      'unify.bad_identifier',
      'Give the identifier as `namespace:value`, for example `email:zoe@example.fr`.',
    );
  }
  const [namespace, raw] = [text.slice(0, colon), text.slice(colon + 1)];
  if (namespace === 'email') {
    const email = normaliseEmail(raw);
    return { namespace, value: email.ok ? email.value : raw };
  }
  if (namespace === 'phone') {
    const settings = await pg.row(readBaseCurrency, { workspace });
    // In a query string an unescaped + is a blank.
    const phone = normalisePhone(raw.replace(/^ /, '+'), settings?.country ?? '');
    return { namespace, value: phone.ok ? phone.value : raw };
  }
  return { namespace, value: raw };
}
