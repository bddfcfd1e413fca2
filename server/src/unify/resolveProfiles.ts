import {
  type CollectedEvent,
  type Drop,
  type Problem,
  type Resolution,
  type Resolver,
  type Shipment,
  toPayload,
} from '../collect/index.ts';
import { findErased, type Secrets } from '../govern/index.ts';
import type { Clock, Pg } from '../platform/index.ts';
import { isBlockedByDefault } from './identity/blockedValues.ts';
import { type Extracted, extractIdentifiers } from './identity/extractIdentifiers.ts';
import { exclusiveIdentifier, type Identifier, identifierKey } from './identity/identifier.ts';
import { joinIdentifiers } from './identity/joinIdentifiers.ts';
import { type LoadedKnown, loadKnown, loadRules, type Rules } from './identity/loadKnown.ts';
import { type MovedProfile, numberProfiles, writeJoined } from './identity/writeJoined.ts';
import { recordOrders } from './orders/recordOrders.ts';
import { foldCompanies, foldStates, insertProfiles, writeStates } from './profiles/foldProfiles.ts';
import type { OwnedEvent } from './profiles/ownedEvent.ts';
import { spansOf, touchIdentifiers, touchProfiles } from './profiles/touchProfiles.ts';

const erased: Drop = { reason: 'erased', detail: 'a person who was erased stays erased' };
const unidentified: Drop = { reason: 'no_identifier', detail: 'nothing usable in it says whose it is' };
/** A sale without a customer is still a sale: it counts in orders and revenue, and belongs to nobody. */
const mayBeNobodys = (event: CollectedEvent): boolean => event.type === 'track' && event.event.startsWith('Order ');

/**
 * The unify room's part of the resolve stage: identifiers → profiles, merges, traits, consents, companies, orders. Set-based:
 * some ten statements for a batch, whatever its size.
 */
export function createResolver(deps: { clock: Clock; secrets: Pick<Secrets, 'erasure'> }): Resolver {
  return async (tx, { id: batchId, workspace, events }): Promise<Resolution> => {
    const rules = await loadRules(tx, workspace.id);
    const extracted = events.map((event) => extractIdentifiers(event, workspace, rules.namespaces, rules.blocked));
    const problems: Problem[] = [];
    for (const [index, { unusable }] of extracted.entries()) {
      const event = events[index];
      // An identify call's own e-mail and phone are reported with its traits.
      if (event === undefined || event.type === 'identify') continue;
      for (const namespace of unusable) problems.push({ sourceId: event.sourceId, problem: `invalid_${namespace}` });
    }

    const sightings = await readSightings(tx, workspace.id, events, extracted, rules);
    const known = await loadKnown(tx, workspace.id, sightings);
    const gone = await erasedEvents(tx, deps.secrets, workspace.id, extracted, known);
    const kept = events.map((_, index) => index).filter((index) => !gone.has(index));

    const joined = joinIdentifiers(
      kept.map((index) => ({ identifiers: sightings[index] ?? [], explicit: events[index]?.type === 'alias' })),
      known,
      rules.namespaces,
    );
    const numbered = await numberProfiles(tx, joined);
    const owners: (number | Drop)[] = events.map(() => erased);
    const owned: OwnedEvent[] = [];
    for (const [sighting, index] of kept.entries()) {
      const event = events[index];
      const owner = numbered.owners[sighting] ?? 0;
      if (event === undefined) continue;
      owners[index] = owner === 0 && !mayBeNobodys(event) ? unidentified : owner;
      if (owners[index] === owner) owned.push({ event, owner });
    }

    const now = deps.clock.now();
    const created = new Set(numbered.created);
    const spans = spansOf(owned);
    const states = await foldStates(tx, workspace, owned, created, ({ sourceId }, problem) =>
      problems.push({ sourceId, problem }),
    );
    await insertProfiles(tx, workspace.id, numbered.created, { spans, states, now });
    const { moved, attached } = await writeJoined(tx, {
      workspace: workspace.id,
      now,
      events: kept.flatMap((index) => events[index] ?? []),
      joined,
      numbered,
      shared: kept.flatMap((index, sighting) =>
        (extracted[index]?.identifiers ?? [])
          .filter(({ shared }) => shared)
          .map((identifier) => ({ identifier, sighting })),
      ),
    });
    const older = await touchProfiles(tx, workspace.id, spans, created);
    await touchIdentifiers(
      tx,
      workspace.id,
      known,
      kept.map((index) => ({ identifiers: sightings[index] ?? [], at: events[index]?.timestamp })),
    );
    await writeStates(tx, workspace.id, states, created);
    await foldCompanies(tx, workspace, owned);
    const orders = await recordOrders(tx, batchId, workspace, owned);
    const changed = new Set([...created, ...attached, ...older, ...moved.flatMap(({ id, rootId }) => [id, rootId])]);
    for (const [id, state] of states) if (state.changed) changed.add(id);
    const shipments = [shipRoots(workspace.id, batchId, moved), ...orders];
    return { owners, shipments, problems, changed: [...changed] };
  };
}

/**
 * The identifiers that decide whose an event is. Shared ones only where there is nothing else: a record with just a
 * landline goes to whoever holds that line alone. An alias names its former id without saying what kind it is.
 */
async function readSightings(
  tx: Pg,
  workspace: number,
  events: readonly CollectedEvent[],
  extracted: readonly Extracted[],
  rules: Rules,
): Promise<Identifier[][]> {
  const former = events
    .filter((event) => event.type === 'alias' && event.previousId !== '')
    .map((event) => event.previousId);
  const asUserId = former.map((id) => exclusiveIdentifier('user_id', id));
  const users = former.length === 0 ? null : await loadKnown(tx, workspace, [asUserId]);
  return events.map((event, index) => {
    const { identifiers } = extracted[index] ?? { identifiers: [] };
    const exclusive = identifiers.filter(({ shared }) => !shared);
    if (event.type === 'alias' && event.previousId !== '') {
      const namespace =
        users?.identifiers.has(identifierKey('user_id', event.previousId)) === true ? 'user_id' : 'anonymous_id';
      const blocked =
        rules.blocked.has(identifierKey(namespace, event.previousId)) ||
        isBlockedByDefault(namespace, event.previousId);
      if (!blocked) exclusive.push(exclusiveIdentifier(namespace, event.previousId));
    }
    const [line] = identifiers;
    return exclusive.length > 0 || line === undefined ? exclusive : [{ ...line, shared: false }];
  });
}

/** Positions of events that carry an identifier of an erased person. Known identifiers cannot be erased ones. */
async function erasedEvents(
  tx: Pg,
  secrets: Pick<Secrets, 'erasure'>,
  workspaceId: number,
  extracted: readonly Extracted[],
  known: LoadedKnown,
): Promise<Set<number>> {
  const unknown = new Map<string, { identifier: Identifier; events: number[] }>();
  for (const [index, { identifiers }] of extracted.entries()) {
    for (const identifier of identifiers) {
      if (known.identifiers.has(identifier.key)) continue;
      const met = unknown.get(identifier.key);
      if (met === undefined) unknown.set(identifier.key, { identifier, events: [index] });
      else met.events.push(index);
    }
  }
  if (unknown.size === 0) return new Set();
  const asked = [...unknown.values()];
  const found = await findErased(
    { pg: tx, secrets },
    asked.map(({ identifier: { namespace, value } }) => ({ workspaceId, namespace, value })),
  );
  return new Set([...found].flatMap((position) => asked[position]?.events ?? []));
}

/** Rows for `profile_root`: where merged profiles stand now. */
export function shipRoots(workspaceId: number, version: number, moved: readonly MovedProfile[]): Shipment {
  const rows = moved.map(({ id, rootId }) =>
    JSON.stringify({ workspace_id: workspaceId, profile_id: id, root_id: rootId, version }),
  );
  return { table: 'profile_root', rows: rows.length, payload: toPayload(rows) };
}
