import { householdTraits } from '@vitrail/contracts';
import { type Reactor, toPayload } from '../../collect/index.ts';
import { type Deps, isJsonObject, type Json, type PgRow } from '../../platform/index.ts';
import { readHouseholdsOf } from '../matching/households/sql/households.pg.ts';
import { consentRowOf, groupBy, newest } from './customer.ts';
import { readTraits, type Trait } from './foldTraits.ts';
import { joinConsents } from './joinConsents.ts';
import { findRoots, readCustomerRows } from './sql/projectCustomers.pg.ts';

/** Levels of an object that become names of their own: `address.city`. */
const deepest = 3;

/**
 * Keeps ClickHouse's `customers` in step: one row for each customer of whom something new is known, and a removed one for
 * each that stopped being one. Written from what PostgreSQL says now, so a repeat after a crash is never older.
 */
export const projectCustomers =
  (deps: Pick<Deps, 'pg' | 'ch'>): Reactor =>
  async ({ id: version, workspaceId: workspace, changed }) => {
    if (changed.length === 0) return;
    const found = await deps.pg.rows(findRoots, { workspace, profiles: changed });
    const roots = [...new Set(found.map(({ root_id }) => root_id))];
    const rows = await deps.pg.rows(readCustomerRows, { workspace, roots });
    const customers = [...groupBy(rows, ({ root_id }) => root_id)];
    const households = await deps.pg.rows(readHouseholdsOf, { workspace, profiles: roots });
    const householdOf = new Map(households.map((row) => [row.profile_id, row]));
    const standing = new Set(roots);
    const lines = [
      ...customers.map(([root, parts]) => writeCustomerRow(root, parts, householdOf.get(root), workspace, version)),
      ...changed
        .filter((id) => !standing.has(id))
        .map((id) => JSON.stringify({ workspace_id: workspace, profile_id: id, removed: true, version })),
    ];
    await deps.ch.insert('customers', toPayload(lines), { token: `customers-${version}` });
  };

function writeCustomerRow(
  root: number,
  parts: readonly PgRow<typeof readCustomerRows.row>[],
  household: PgRow<typeof readHouseholdsOf.row> | undefined,
  workspace: number,
  version: number,
): string {
  const traits = new Map<string, Trait>();
  for (const part of parts) newest(traits, readTraits(part.traits));
  const consents = joinConsents(parts.map(consentRowOf));
  const texts: Record<string, string> = Object.create(null);
  for (const [name, { value }] of traits) flatten(name, value, texts, 1);
  if (household !== undefined) {
    texts[householdTraits.size] = String(household.size);
    texts[householdTraits.first] = String(household.first);
  }
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
