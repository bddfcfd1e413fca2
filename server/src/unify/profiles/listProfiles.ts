import type { ProfileSummary } from '@vitrail/contracts';
import { z } from 'zod';
import { decodeCursor, encodeCursor, Fault, type Pg } from '../../platform/index.ts';
import { normaliseEmail } from '../values/email.ts';
import { normalisePhone } from '../values/phone.ts';
import { escapeLike, foldText } from '../values/searchText.ts';
import { loadCustomers, summarise } from './customer.ts';
import { findByIdentifier, listKnownRoots, listRoots, readBaseCurrency, searchRoots } from './sql/readProfiles.pg.ts';

export interface ProfileQuery {
  readonly identifier?: string | undefined;
  readonly q?: string | undefined;
  /** Without visitors of whom nothing but browser ids is known. */
  readonly known?: boolean | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

const position = z.tuple([z.number().int().positive()]);
/** Shorter words are looked for at the beginning of words only: the index knows groups of three letters. */
const shortestInside = 3;

/** Customers, newest first: all, by one exact identifier, or by words. Keyset pages. */
export async function listProfiles(
  pg: Pg,
  workspace: number,
  query: ProfileQuery,
): Promise<{ items: ProfileSummary[]; next: string | null }> {
  const [below] = query.after === undefined ? [Number.MAX_SAFE_INTEGER] : decodeCursor(query.after, position);
  const rows = await findRoots(pg, workspace, query, below);
  const page = rows.slice(0, query.limit);
  const customers = await loadCustomers(
    pg,
    workspace,
    page.map(({ id }) => id),
  );
  const last = page.at(-1);
  return {
    items: customers.map(summarise),
    next: rows.length > query.limit && last !== undefined ? encodeCursor([last.id]) : null,
  };
}

async function findRoots(pg: Pg, workspace: number, query: ProfileQuery, below: number): Promise<{ id: number }[]> {
  const page = { workspace, below, limit: query.limit + 1 };
  if (query.identifier !== undefined) {
    const { namespace, value } = await readIdentifier(pg, workspace, query.identifier);
    return pg.rows(findByIdentifier, { ...page, namespace, value });
  }
  const text = foldText(query.q ?? '');
  if (text === '') return pg.rows(query.known === true ? listKnownRoots : listRoots, page);
  const words = text
    .split(' ')
    .slice(0, 3)
    .map((word) => (word.length < shortestInside ? `% ${escapeLike(word)}%` : `%${escapeLike(word)}%`));
  return pg.rows(searchRoots, {
    ...page,
    word1: words[0] ?? '%',
    word2: words[1] ?? '%',
    word3: words[2] ?? '%',
    prefix: `${escapeLike(await prefixOf(pg, workspace, query.q ?? ''))}%`,
  });
}

/** What an identifier would begin with. A telephone is searched as people write it. */
async function prefixOf(pg: Pg, workspace: number, q: string): Promise<string> {
  const text = q.trim();
  if (!/^[+\d][\d\s().-]{5,}$/.test(text)) return text.includes('@') ? text.toLowerCase() : text;
  const settings = await pg.row(readBaseCurrency, { workspace });
  const phone = normalisePhone(text, settings?.country ?? '');
  return phone.ok ? phone.value : text;
}

async function readIdentifier(pg: Pg, workspace: number, text: string): Promise<{ namespace: string; value: string }> {
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
