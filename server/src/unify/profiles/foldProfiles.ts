import type { CollectedEvent, WorkspaceContext } from '../../collect/index.ts';
import { type JsonObject, type Pg, storableJson } from '../../platform/index.ts';
import { createProfiles } from '../identity/sql/identity.pg.ts';
import { speaksOfConsent } from './consentStatements.ts';
import { ProfileState, readConsents, readTraits, toJson } from './foldTraits.ts';
import type { OwnedEvent } from './ownedEvent.ts';
import {
  joinCompanies,
  readProfileStates,
  recordCompanies,
  recordFormerTraits,
  writeProfileStates,
} from './sql/foldProfiles.pg.ts';
import type { Spans } from './touchProfiles.ts';

const statesSomething = ({ event }: OwnedEvent): boolean =>
  (event.type === 'identify' && Object.keys(event.traits).length > 0) || speaksOfConsent(event);

/** Traits and consents by profile row. */
export type States = ReadonlyMap<number, ProfileState>;

/**
 * Folds the traits and consents that a batch states into the profile rows that own the events. Only rows that were there
 * before (not in `created`) are read; nothing is written.
 */
export async function foldStates(
  tx: Pg,
  workspace: WorkspaceContext,
  owned: readonly OwnedEvent[],
  created: ReadonlySet<number>,
  onProblem: (event: CollectedEvent, problem: string) => void,
): Promise<States> {
  const stating = owned.filter(statesSomething);
  const ids = new Set(stating.map(({ owner }) => owner));
  const known = [...ids].filter((id) => !created.has(id));
  const stored = known.length === 0 ? [] : await tx.rows(readProfileStates, { workspace: workspace.id, ids: known });
  const states = new Map(
    stored.map((row) => [row.id, new ProfileState(readTraits(row.traits), readConsents(row.consents))]),
  );
  for (const id of ids) if (created.has(id)) states.set(id, new ProfileState(new Map(), new Map()));
  for (const { event, owner } of stating) {
    const state = states.get(owner);
    if (event.type === 'identify') state?.foldTraits(event, workspace, (problem) => onProblem(event, problem));
    state?.foldConsents(event);
  }
  return states;
}

/** New profile rows, with the span of time and the state that the batch gives them. */
export async function insertProfiles(
  tx: Pg,
  workspace: number,
  created: readonly number[],
  { spans, states, now }: { spans: Spans; states: States; now: Date },
): Promise<void> {
  if (created.length === 0) return;
  const none = new ProfileState(new Map(), new Map());
  const rows = created.map((id) => states.get(id) ?? none);
  await tx.run(createProfiles, {
    workspace,
    ids: created,
    first: created.map((id) => spans.get(id)?.first ?? now),
    last: created.map((id) => spans.get(id)?.last ?? now),
    traits: rows.map((state) => toJson(state.traits)),
    consents: rows.map((state) => toJson(state.consents)),
    searches: rows.map((state) => state.searchText()),
    now,
  });
}

/** Writes the states that changed: of new rows only what was stated and replaced within the batch. */
export async function writeStates(
  tx: Pg,
  workspace: number,
  states: States,
  created: ReadonlySet<number>,
): Promise<void> {
  const changed = [...states].filter(([id, state]) => state.changed && !created.has(id));
  if (changed.length > 0) {
    await tx.run(writeProfileStates, {
      workspace,
      ids: changed.map(([id]) => id),
      traits: changed.map(([, state]) => toJson(state.traits)),
      consents: changed.map(([, state]) => toJson(state.consents)),
      searches: changed.map(([, state]) => state.searchText()),
    });
  }
  const former = [...states].flatMap(([id, state]) => state.former.map((trait) => ({ id, trait })));
  if (former.length > 0) {
    await tx.run(recordFormerTraits, {
      workspace,
      profiles: former.map(({ id }) => id),
      names: former.map(({ trait }) => trait.name),
      values: former.map(({ trait }) => trait.value),
      sources: former.map(({ trait }) => trait.source),
      at: former.map(({ trait }) => new Date(trait.at)),
      replaced: former.map(({ trait }) => new Date(trait.replacedAt)),
    });
  }
}

/** Writes the companies that a batch names, and who belongs to them. */
export async function foldCompanies(tx: Pg, workspace: WorkspaceContext, events: readonly OwnedEvent[]): Promise<void> {
  const owned = events.filter(({ event }) => event.groupId !== '');
  if (owned.length === 0) return;
  const companies = new Map<string, { traits: JsonObject; seen: Date }>();
  const members = new Map<string, { group: string; profile: number; since: Date }>();
  for (const { event, owner } of owned) {
    const company = companies.get(event.groupId);
    companies.set(event.groupId, { traits: { ...company?.traits, ...event.traits }, seen: event.timestamp });
    members.set(`${owner} ${event.groupId}`, { group: event.groupId, profile: owner, since: event.timestamp });
  }
  await tx.run(recordCompanies, {
    workspace: workspace.id,
    groups: [...companies.keys()],
    traits: [...companies.values()].map(({ traits }) => storableJson(traits)),
    seen: [...companies.values()].map(({ seen }) => seen),
  });
  const joined = [...members.values()].filter(({ profile }) => profile > 0);
  if (joined.length === 0) return;
  await tx.run(joinCompanies, {
    workspace: workspace.id,
    groups: joined.map(({ group }) => group),
    profiles: joined.map(({ profile }) => profile),
    since: joined.map(({ since }) => since),
  });
}
