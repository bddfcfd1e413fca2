import type { ProfileSummary } from '@vitrail/contracts';
import { encodeProfileId } from '../../collect/index.ts';
import { isJsonObject, type Json, type Pg, type PgRow } from '../../platform/index.ts';
import { defaultNamespaces, ruleFor } from '../identity/identifier.ts';
import { type Consent, readConsents, readTraits, type Trait } from './foldTraits.ts';
import { type ConsentRow, joinConsents } from './joinConsents.ts';
import { readIdentifiers, type readProfileRows, readRows } from './sql/readProfiles.pg.ts';

export type IdentifierRow = PgRow<typeof readIdentifiers.row>;

/** One customer: all profile rows that stand under one root, joined for reading. */
export interface Customer {
  readonly rootId: number;
  /** All rows, the root's among them. */
  readonly rowIds: readonly number[];
  readonly traits: ReadonlyMap<string, Trait>;
  readonly consents: ReadonlyMap<string, Consent>;
  readonly identifiers: readonly IdentifierRow[];
  readonly createdAt: Date;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
}

/** Loads customers by root in two queries, in the order asked. Roots that do not exist are left out. */
export async function loadCustomers(pg: Pg, workspace: number, roots: readonly number[]): Promise<Customer[]> {
  if (roots.length === 0) return [];
  const rows = await pg.rows(readRows, { workspace, roots });
  const identifiers = await pg.rows(readIdentifiers, { workspace, profiles: rows.map(({ id }) => id) });
  const rowsOf = groupBy(rows, ({ root_id }) => root_id);
  const identifiersOf = groupBy(identifiers, ({ profile_id }) => profile_id);
  return roots.flatMap((rootId) => {
    const parts = rowsOf.get(rootId);
    return parts === undefined
      ? []
      : [
          joinCustomerRows(
            rootId,
            parts,
            parts.flatMap(({ id }) => identifiersOf.get(id) ?? []),
          ),
        ];
  });
}

/** `Map.groupBy`, which Node 20 does not have. */
export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** Keeps of each name the newest statement. */
export const newest = <T extends { at: string }>(into: Map<string, T>, from: ReadonlyMap<string, T>): void => {
  for (const [name, entry] of from) {
    const current = into.get(name);
    if (current === undefined || entry.at > current.at) into.set(name, entry);
  }
};

/** The live merge above a profile row, as queries give it. */
interface MergeAbove {
  readonly merge_winner: number | null;
  readonly merge_at: Date | null;
  readonly merge_kind: string | null;
}

/** A stored row as `joinConsents` reads it. Without the columns of its merge it stands alone. */
export const consentRowOf = (
  row: { readonly id: number; readonly consents: Json } & Partial<MergeAbove>,
): ConsentRow => ({
  id: row.id,
  consents: readConsents(row.consents),
  merge:
    row.merge_winner == null || row.merge_at == null
      ? null
      : { winnerId: row.merge_winner, at: row.merge_at.toISOString(), certain: row.merge_kind === 'deterministic' },
});

/** Joins rows into one customer: of each trait the newest statement, of each consent what `joinConsents` says. */
export function joinCustomerRows(
  rootId: number,
  rows: readonly (PgRow<typeof readProfileRows.row> & Partial<MergeAbove>)[],
  identifiers: IdentifierRow[],
): Customer {
  const traits = new Map<string, Trait>();
  for (const row of rows) newest(traits, readTraits(row.traits));
  const consents = joinConsents(rows.map(consentRowOf));
  const times = (dates: Date[]): number[] => dates.map((date) => date.getTime());
  const earliest = (dates: Date[]): Date => new Date(Math.min(...times(dates)));
  const strength = ({ namespace }: IdentifierRow): number => ruleFor(defaultNamespaces, namespace).priority;
  return {
    rootId,
    rowIds: rows.map(({ id }) => id),
    traits,
    consents,
    identifiers: identifiers.toSorted((a, b) => strength(a) - strength(b)),
    createdAt: earliest(rows.map((row) => row.created_at)),
    firstSeenAt: earliest(rows.map((row) => row.first_seen_at)),
    lastSeenAt: new Date(Math.max(...times(rows.map((row) => row.last_seen_at)))),
  };
}

const textTrait = (customer: Customer, name: string): string | null => {
  const value: Json = customer.traits.get(name)?.value ?? null;
  return typeof value === 'string' && value !== '' ? value : null;
};

/** "Zoé Martin", else the stated full name, else null. */
export function nameOf(customer: Customer): string | null {
  const parts = [textTrait(customer, 'firstName'), textTrait(customer, 'lastName')].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(' ') : textTrait(customer, 'name');
}

function cityOf(customer: Customer): string | null {
  const address = customer.traits.get('address')?.value ?? null;
  return isJsonObject(address) && typeof address.city === 'string' ? address.city : textTrait(customer, 'city');
}

const fragmentLimit = 24;

/** A short stable number for drawing, from which no value can be read back. */
function seedOf(text: string): string {
  let hash = 2166136261;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619);
  return (hash >>> 0).toString(36);
}

/** What lists show of a customer. */
export function summarise(customer: Customer): ProfileSummary {
  const email =
    textTrait(customer, 'email') ?? customer.identifiers.find(({ namespace }) => namespace === 'email')?.value ?? null;
  const phone =
    textTrait(customer, 'phone') ?? customer.identifiers.find(({ namespace }) => namespace === 'phone')?.value ?? null;
  return {
    id: encodeProfileId(customer.rootId),
    name: nameOf(customer) ?? email,
    email,
    phone,
    city: cityOf(customer),
    fragments: customer.identifiers.slice(0, fragmentLimit).map(({ namespace, value, family }) => ({
      namespace,
      family: family ?? 'web',
      seed: seedOf(`${namespace}:${value}`),
    })),
    identifiers: customer.identifiers.length,
    parts: customer.rowIds.length,
    firstSeenAt: customer.firstSeenAt.toISOString(),
    lastSeenAt: customer.lastSeenAt.toISOString(),
  };
}

/** What lists show of these customers, by outside id. Those that are gone are left out. */
export async function readSummaries(
  pg: Pg,
  workspace: number,
  roots: readonly number[],
): Promise<Map<string, ProfileSummary>> {
  const customers = await loadCustomers(pg, workspace, roots);
  return new Map(customers.map((customer) => [encodeProfileId(customer.rootId), summarise(customer)]));
}
