import type { Pg } from '../../platform/index.ts';
import { defaultNamespaces, type Identifier, identifierKey, type NamespaceRules } from './identifier.ts';
import type { Known, KnownIdentifier } from './joinIdentifiers.ts';
import {
  countHeld,
  findHolders,
  listApart,
  listBlockedValues,
  listNamespaces,
  saveNamespaces,
} from './sql/identity.pg.ts';

export interface Rules {
  readonly namespaces: NamespaceRules;
  /** `identifierKey`s that the workspace blocked, besides the built-in list. */
  readonly blocked: ReadonlySet<string>;
}

/** A workspace's identity rules. Namespaces it has no row for keep their defaults. */
export async function loadRules(pg: Pg, workspace: number): Promise<Rules> {
  const stored = await pg.rows(listNamespaces, { workspace });
  const blocked = await pg.rows(listBlockedValues, { workspace });
  return {
    namespaces: new Map([
      ...defaultNamespaces,
      ...stored.map(
        (row) =>
          [row.name, { priority: row.priority, maxPerProfile: row.max_per_profile, shared: row.shared }] as const,
      ),
    ]),
    blocked: new Set(blocked.map((row) => identifierKey(row.namespace, row.value))),
  };
}

/** Writes the default namespaces of a new workspace, for its people to edit. */
export async function createDefaultNamespaces(tx: Pg, workspace: number): Promise<void> {
  const rules = [...defaultNamespaces];
  await tx.run(saveNamespaces, {
    workspace,
    names: rules.map(([name]) => name),
    priorities: rules.map(([, { priority }]) => priority),
    limits: rules.map(([, { maxPerProfile }]) => maxPerProfile),
    shared: rules.map(([, { shared }]) => shared),
  });
}

export interface LoadedKnown extends Known {
  /** When each known identifier was last seen (epoch milliseconds), by key. */
  readonly lastSeen: ReadonlyMap<string, number>;
}

/**
 * What is known of the identifiers of a batch: one look-up for all of them; counts and "not the same" marks only for
 * customers that something may be added to.
 */
export async function loadKnown(
  pg: Pg,
  workspace: number,
  sightings: readonly (readonly Identifier[])[],
): Promise<LoadedKnown> {
  const distinct = new Map<string, Identifier>();
  for (const identifiers of sightings) {
    for (const identifier of identifiers) distinct.set(identifier.key, identifier);
  }
  const identifiers = new Map<string, KnownIdentifier>();
  const lastSeen = new Map<string, number>();
  if (distinct.size > 0) {
    const keys = [...distinct.keys()];
    const asked = [...distinct.values()];
    const held = await pg.rows(findHolders, {
      workspace,
      namespaces: asked.map(({ namespace }) => namespace),
      values: asked.map(({ value }) => value),
    });
    for (const row of held) {
      const key = keys[row.position - 1] ?? '';
      identifiers.set(key, { profileId: row.profile_id, rootId: row.root_id });
      lastSeen.set(key, row.last_seen_ms);
    }
  }
  const roots = [...openRoots(sightings, identifiers)];
  const counts = new Map<number, Map<string, number>>();
  let apart: (readonly [number, number])[] = [];
  if (roots.length > 0) {
    for (const row of await pg.rows(countHeld, { workspace, roots })) {
      const ofRoot = counts.get(row.root_id) ?? new Map<string, number>();
      counts.set(row.root_id, ofRoot.set(row.namespace, row.held));
    }
    apart = (await pg.rows(listApart, { workspace, roots })).map((row) => [row.low_root, row.high_root] as const);
  }
  return { identifiers, lastSeen, counts, apart };
}

/** Roots that may gain an identifier or be merged: those in an event with an unknown identifier or another root. */
function openRoots(
  sightings: readonly (readonly Identifier[])[],
  known: ReadonlyMap<string, KnownIdentifier>,
): Set<number> {
  const open = new Set<number>();
  for (const identifiers of sightings) {
    if (identifiers.length < 2) continue;
    const roots = identifiers.map(({ key }) => known.get(key)?.rootId);
    if (roots.every((root) => root !== undefined && root === roots[0])) continue;
    for (const root of roots) if (root !== undefined) open.add(root);
  }
  return open;
}
