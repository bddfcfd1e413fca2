import type { CollectedEvent, WorkspaceContext } from '../../collect/index.ts';
import { type JsonObject, type Pg, storableJson } from '../../platform/index.ts';
import { ProfileState, readConsents, readTraits, toJson } from './foldTraits.ts';
import {
  joinCompanies,
  readProfileStates,
  recordCompanies,
  recordFormerTraits,
  writeProfileStates,
} from './sql/foldProfiles.pg.ts';

export interface OwnedEvent {
  readonly event: CollectedEvent;
  /** Profile row. */
  readonly owner: number;
}

const statesSomething = ({ event }: OwnedEvent): boolean =>
  (event.type === 'identify' && Object.keys(event.traits).length > 0) ||
  event.context.consent !== undefined ||
  event.context.consentManagement !== undefined;

/** Folds the traits, consents and companies that a batch states into the profile rows that own the events. */
export async function foldProfiles(
  tx: Pg,
  workspace: WorkspaceContext,
  owned: readonly OwnedEvent[],
  onProblem: (event: CollectedEvent, problem: string) => void,
): Promise<void> {
  await foldStates(tx, workspace, owned.filter(statesSomething), onProblem);
  await foldCompanies(
    tx,
    workspace,
    owned.filter(({ event }) => event.groupId !== ''),
  );
}

async function foldStates(
  tx: Pg,
  workspace: WorkspaceContext,
  owned: readonly OwnedEvent[],
  onProblem: (event: CollectedEvent, problem: string) => void,
): Promise<void> {
  if (owned.length === 0) return;
  const ids = [...new Set(owned.map(({ owner }) => owner))];
  const stored = await tx.rows(readProfileStates, { workspace: workspace.id, ids });
  const states = new Map(
    stored.map((row) => [row.id, new ProfileState(readTraits(row.traits), readConsents(row.consents))]),
  );
  for (const { event, owner } of owned) {
    const state = states.get(owner);
    if (event.type === 'identify') state?.foldTraits(event, workspace, (problem) => onProblem(event, problem));
    state?.foldConsents(event);
  }
  const changed = [...states].filter(([, state]) => state.changed);
  if (changed.length > 0) {
    await tx.run(writeProfileStates, {
      workspace: workspace.id,
      ids: changed.map(([id]) => id),
      traits: changed.map(([, state]) => toJson(state.traits)),
      consents: changed.map(([, state]) => toJson(state.consents)),
      searches: changed.map(([, state]) => state.searchText()),
    });
  }
  const former = [...states].flatMap(([id, state]) => state.former.map((trait) => ({ id, trait })));
  if (former.length > 0) {
    await tx.run(recordFormerTraits, {
      workspace: workspace.id,
      profiles: former.map(({ id }) => id),
      names: former.map(({ trait }) => trait.name),
      values: former.map(({ trait }) => trait.value),
      sources: former.map(({ trait }) => trait.source),
      at: former.map(({ trait }) => new Date(trait.at)),
      replaced: former.map(({ trait }) => new Date(trait.replacedAt)),
    });
  }
}

async function foldCompanies(tx: Pg, workspace: WorkspaceContext, owned: readonly OwnedEvent[]): Promise<void> {
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
