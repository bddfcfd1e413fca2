import { createHash } from 'node:crypto';
import { householdTraits } from '@vitrail/contracts';
import { type Reactor, toPayload } from '../../collect/index.ts';
import { type Deps, isJsonObject, type Json, type PgRow } from '../../platform/index.ts';
import { readHouseholdsOf } from '../matching/households/sql/households.pg.ts';
import { consentRowOf, groupBy, newest } from './customer.ts';
import { readTraits, type Trait } from './foldTraits.ts';
import { joinConsents } from './joinConsents.ts';
import { findRoots, readCustomerRows } from './sql/projectCustomers.pg.ts';

/** A profile row whose traits moved, and the other room's own mark of how far. */
export interface MovedTraits {
  readonly profile: number;
  readonly mark: number;
}

/** Traits that nobody states: another room works them out of what it knows of a customer. */
export interface WorkedOutTraits {
  /** Profile rows of customers for whom they moved and that were not told since; asked with every batch. */
  listMoved(workspace: number): Promise<readonly MovedTraits[]>;
  /** The traits of these customers, by root, as texts. */
  read(workspace: number, roots: readonly number[]): Promise<ReadonlyMap<number, Readonly<Record<string, string>>>>;
  /** They can be read now. What moved meanwhile stays to be told. Safe to repeat. */
  noteTold(workspace: number, moved: readonly MovedTraits[]): Promise<void>;
}

/** Levels of an object that become names of their own: `address.city`. */
const deepest = 3;

/**
 * Keeps ClickHouse's `customers` in step: one row for each customer of whom something new is known, and a removed one for
 * each that stopped being one. Written from what PostgreSQL says now, so a repeat after a crash is never older.
 */
export const projectCustomers =
  (deps: Pick<Deps, 'pg' | 'ch'>, workedOut?: WorkedOutTraits): Reactor =>
  async ({ id: version, workspaceId: workspace, ...batch }) => {
    const moved = (await workedOut?.listMoved(workspace)) ?? [];
    const changed = [...new Set([...batch.changed, ...moved.map(({ profile }) => profile)])];
    if (changed.length === 0) return;
    const found = await deps.pg.rows(findRoots, { workspace, profiles: changed });
    const roots = [...new Set(found.map(({ root_id }) => root_id))];
    const rows = await deps.pg.rows(readCustomerRows, { workspace, roots });
    const customers = [...groupBy(rows, ({ root_id }) => root_id)];
    const households = await deps.pg.rows(readHouseholdsOf, { workspace, profiles: roots });
    const householdOf = new Map(households.map((row) => [row.profile_id, row]));
    const worked = await workedOut?.read(workspace, roots);
    const standing = new Set(roots);
    const lines = [
      ...customers.map(([root, parts]) =>
        writeCustomerRow(
          root,
          parts,
          { ...householdTraitsOf(householdOf.get(root)), ...worked?.get(root) },
          { workspace, version },
        ),
      ),
      ...changed
        .filter((id) => !standing.has(id))
        .map((id) => JSON.stringify({ workspace_id: workspace, profile_id: id, removed: true, version })),
    ];
    await deps.ch.insert('customers', toPayload(lines), { token: `customers-${version}${markOf(moved)}` });
    if (moved.length > 0) await workedOut?.noteTold(workspace, moved);
  };

/** What is written for more than the batch itself is another write, also when the batch is worked off once more. */
const markOf = (moved: readonly MovedTraits[]): string =>
  moved.length === 0 ? '' : `-${createHash('sha256').update(JSON.stringify(moved)).digest('base64url')}`;

const householdTraitsOf = (household: PgRow<typeof readHouseholdsOf.row> | undefined): Record<string, string> =>
  household === undefined
    ? {}
    : { [householdTraits.size]: String(household.size), [householdTraits.first]: String(household.first) };

function writeCustomerRow(
  root: number,
  parts: readonly PgRow<typeof readCustomerRows.row>[],
  workedOut: Readonly<Record<string, string>>,
  { workspace, version }: { workspace: number; version: number },
): string {
  const traits = new Map<string, Trait>();
  for (const part of parts) newest(traits, readTraits(part.traits));
  const consents = joinConsents(parts.map(consentRowOf));
  const texts: Record<string, string> = Object.create(null);
  for (const [name, { value }] of traits) flatten(name, value, texts, 1);
  Object.assign(texts, workedOut);
  return JSON.stringify({
    workspace_id: workspace,
    profile_id: root,
    members: parts.map(({ id }) => id),
    traits: texts,
    consents: Object.fromEntries([...consents].map(([purpose, { granted }]) => [purpose, granted])),
    namespaces: [...new Set(parts.flatMap(({ namespaces }) => namespaces))],
    first_seen: Math.min(...parts.map(({ first_seen_at }) => first_seen_at.getTime())),
    removed: false,
    version,
  });
}

/** Texts as they are, numbers and truth values as JSON writes them, lists as JSON, objects by their paths. */
function flatten(name: string, value: Json, into: Record<string, string>, level: number): void {
  if (isJsonObject(value) && level <= deepest) {
    for (const [key, part] of Object.entries(value)) flatten(`${name}.${key}`, part, into, level + 1);
    return;
  }
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return;
  into[name] = typeof value === 'string' ? value : JSON.stringify(value);
}
