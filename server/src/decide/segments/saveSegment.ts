import type { SegmentNode } from '@vitrail/contracts';
import { decodeProfileId } from '../../collect/index.ts';
import { type Actor, recordAudit } from '../../govern/index.ts';
import { type Deps, Fault, type Json, type Pg } from '../../platform/index.ts';
import { findRoots } from '../../unify/index.ts';
import { listLookalikesOf } from '../foreseen/sql/foreseen.pg.ts';
import { checkPatterns } from './askSegment.ts';
import { compileAlone, dependentsOf, readDefinition, type StandingSegment, segmentIdOf } from './catalog.ts';
import { applySegmentsNow } from './jobs.ts';
import { type Change, storeChanges } from './outbox.ts';
import { applyDifferences, changeEntries, lockMemberships, nextChange } from './sql/memberships.pg.ts';
import {
  deleteSegmentMembers,
  describeSegment,
  findSegment,
  insertSegment,
  insertVersion,
  raiseGeneration,
  setState,
} from './sql/segments.pg.ts';
import { countSizes, type TouchDeps, touchPeople } from './touchPeople.ts';

export type SaveDeps = TouchDeps & Pick<Deps, 'jobs'>;

interface Edit {
  readonly workspace: number;
  readonly actor: Actor;
}

const writtenBy = ({ actor }: Edit): string => `${actor.kind}:${actor.id}`;

/** The segment behind an outside id. Throws `not_found`, also for another workspace's. */
export async function getSegment(pg: Pg, workspace: number, text: string) {
  const id = segmentIdOf(text);
  const row = id === null ? null : await pg.row(findSegment, { workspace, id });
  if (row === null) {
    throw new Fault('not_found', 'decide.segment_not_found', 'There is no such segment in this workspace.');
  }
  return row;
}

/**
 * Compiles a definition to refuse what cannot be: unknown references, cycles, too much of it, patterns that are none; and
 * those that refer to it, which grow with it.
 */
async function check(deps: SaveDeps, workspace: number, definition: SegmentNode, self?: string): Promise<void> {
  const catalog = await deps.catalogs.get(workspace);
  compileAlone(catalog, definition, self === undefined ? {} : { self });
  await checkPatterns(deps, definition);
  if (self === undefined) return;
  const references = new Map(catalog.references.segments).set(self, { kind: 'dynamic', definition });
  for (const user of usersOf(catalog.segments, Number(self))) {
    if (user.definition === null) continue;
    compileAlone({ ...catalog, references: { ...catalog.references, segments: references } }, user.definition, {
      self: String(user.id),
    });
  }
}

/** Stores a new segment; a worker applies it to everyone at once. */
export async function createSegment(
  deps: SaveDeps,
  input: Edit & { name: string; description: string; definition: SegmentNode },
): Promise<{ id: string; version: number }> {
  const { workspace, name, description } = input;
  await check(deps, workspace, input.definition);
  const at = deps.clock.now();
  const actor = writtenBy(input);
  const id = await deps.pg.transaction(async (tx) => {
    const kind = 'dynamic';
    const row = await tx.row(insertSegment, {
      workspace,
      name,
      description,
      kind,
      state: 'building',
      version: 0,
      actor,
      at,
    });
    if (row === null) throw new Error('insert … returning gave no row');
    await tx.row(insertVersion, { workspace, segment: row.id, definition: toJson(input.definition), actor, at });
    await tx.run(raiseGeneration, { workspace });
    await audit(tx, deps, input, 'segment.created', row.id, { name });
    return row.id;
  });
  await applySegmentsNow(deps);
  return { id: String(id), version: 1 };
}

/**
 * Stores a new version. Until a worker has applied it to everyone, the former one stands. Throws `conflict` when the one it
 * is based on is not the newest any more: somebody else saved meanwhile.
 */
export async function updateSegment(
  deps: SaveDeps,
  input: Edit & {
    id: string;
    name: string;
    description: string;
    definition: SegmentNode;
    basedOn?: number | undefined;
  },
): Promise<{ id: string; version: number }> {
  const { workspace, name, description } = input;
  const { id, kind, state, newest } = await getSegment(deps.pg, workspace, input.id);
  if (kind !== 'dynamic')
    throw conflict('decide.segment_is_list', 'This is a list: add and remove its members instead.');
  if (state === 'archived') throw conflict('decide.segment_archived', 'This segment is archived. Restore it first.');
  await check(deps, workspace, input.definition, String(id));
  const at = deps.clock.now();
  const actor = writtenBy(input);
  const version = await deps.pg.transaction(async (tx) => {
    await tx.run(describeSegment, { workspace, id, name, description, at });
    const row = await tx.row(insertVersion, {
      workspace,
      segment: id,
      definition: toJson(input.definition),
      actor,
      at,
    });
    if (row !== null && input.basedOn !== undefined && row.version !== input.basedOn + 1) {
      throw conflict(
        'decide.segment_changed',
        `Version ${row.version - 1} of this segment was saved meanwhile. Look at it, then save yours based on it.`,
        { version: row.version - 1 },
      );
    }
    await tx.run(setState, { workspace, ids: [id], state: 'building', at });
    await tx.run(raiseGeneration, { workspace });
    await audit(tx, deps, input, 'segment.changed', id, { version: row?.version ?? 0 });
    return row?.version ?? (newest ?? 0) + 1;
  });
  await applySegmentsNow(deps);
  return { id: String(id), version };
}

/** Puts a segment to rest: nobody is in it any more. Refused while others refer to it. */
export async function archiveSegment(deps: SaveDeps, input: Edit & { id: string }): Promise<void> {
  const { workspace } = input;
  const { id, state } = await getSegment(deps.pg, workspace, input.id);
  if (state === 'archived') return;
  const users = usersOf((await deps.catalogs.get(workspace)).segments, id);
  const alike = await deps.pg.rows(listLookalikesOf, { workspace, segment: id });
  const usedBy = [
    ...users.map((user) => ({ kind: 'segment', id: String(user.id), name: user.name })),
    ...alike.map((user) => ({ kind: 'lookalike', id: String(user.id), name: user.name })),
  ];
  if (usedBy.length > 0) {
    throw new Fault(
      'conflict',
      'decide.segment_in_use',
      'Other segments or lookalike audiences refer to this one. Take it out of them first.',
      { details: { usedBy } },
    );
  }
  await deps.pg.transaction(async (tx) => {
    await tx.row(lockMemberships, { workspace });
    const at = deps.clock.now();
    await tx.run(setState, { workspace, ids: [id], state: 'archived', at });
    await tx.run(raiseGeneration, { workspace });
    const rows = await tx.rows(deleteSegmentMembers, { workspace, segment: id });
    const changes = rows.map(
      (row): Change => ({ person: row.profile_id, segment: id, entered: false, since: at, told: false }),
    );
    await countSizes(tx, workspace, changes);
    const version = (await tx.row(nextChange, {}))?.change ?? 0;
    await storeChanges(tx, { workspace, version, at, cause: 'definition', changes, names: new Map() });
    await audit(tx, deps, input, 'segment.archived', id, {});
  });
  await deps.outbox.send();
}

/** Takes a segment up again; a worker asks everyone. A list comes back empty. */
export async function restoreSegment(deps: SaveDeps, input: Edit & { id: string }): Promise<void> {
  const { workspace } = input;
  const { id, kind, state, definition } = await getSegment(deps.pg, workspace, input.id);
  if (state !== 'archived' && state !== 'stale') return;
  // What it refers to may be gone meanwhile.
  if (definition !== null) await check(deps, workspace, readDefinition(definition), String(id));
  await deps.pg.transaction(async (tx) => {
    const next = kind === 'list' ? 'live' : 'building';
    await tx.run(setState, { workspace, ids: [id], state: next, at: deps.clock.now() });
    await tx.run(raiseGeneration, { workspace });
    await audit(tx, deps, input, 'segment.restored', id, {});
  });
  await applySegmentsNow(deps);
}

export const usersOf = (segments: readonly StandingSegment[], id: number): StandingSegment[] =>
  dependentsOf(segments, [id]);

/** Stores a list with its first members. */
export async function createList(
  deps: SaveDeps,
  input: Edit & { name: string; description: string; profiles: readonly string[] },
): Promise<{ id: string; version: number; added: number; unknown: number }> {
  const { workspace, name, description } = input;
  const id = await deps.pg.transaction(async (tx) => {
    const list = { workspace, name, description, kind: 'list', state: 'live', version: 1 };
    const row = await tx.row(insertSegment, { ...list, actor: writtenBy(input), at: deps.clock.now() });
    if (row === null) throw new Error('insert … returning gave no row');
    await tx.run(raiseGeneration, { workspace });
    await audit(tx, deps, input, 'segment.created', row.id, { name });
    return row.id;
  });
  const ids = input.profiles.flatMap((text) => decodeProfileId(text) ?? []);
  const changed = await changeList(deps, { ...input, id: String(id), add: ids, remove: [] });
  return {
    id: String(id),
    version: 1,
    added: changed.added,
    unknown: input.profiles.length - ids.length + changed.unknown,
  };
}

/** Adds and removes members of a list, given by profile rows. A repeat changes nothing. */
export async function changeList(
  deps: SaveDeps,
  input: Edit & { id: string; add: readonly number[]; remove: readonly number[] },
): Promise<{ added: number; removed: number; unknown: number; entered: number[]; exited: number[] }> {
  const { workspace } = input;
  const { id, kind, name, state } = await getSegment(deps.pg, workspace, input.id);
  if (kind !== 'list') throw conflict('decide.segment_not_list', 'Members of this segment follow from its definition.');
  if (state === 'archived') throw conflict('decide.segment_archived', 'This list is archived. Restore it first.');
  const at = deps.clock.now();
  const result = await deps.pg.transaction(async (tx) => {
    await tx.row(lockMemberships, { workspace });
    const profiles = [...new Set([...input.add, ...input.remove])];
    const rows = await tx.rows(findRoots, { workspace, profiles });
    const roots = new Map(rows.map((row) => [row.id, row.root_id]));
    const standing = (ids: readonly number[]): number[] => [...new Set(ids.flatMap((each) => roots.get(each) ?? []))];
    const entered = standing(input.add);
    const isEntered = new Set(entered);
    const exited = standing(input.remove).filter((each) => !isEntered.has(each));
    const added = input.add.filter((each) => roots.has(each));
    await tx.run(changeEntries, { workspace, segment: id, added, removedRoots: exited });
    const written = await tx.rows(applyDifferences, {
      workspace,
      enteredPeople: entered,
      enteredSegments: entered.map(() => id),
      exitedPeople: exited,
      exitedSegments: exited.map(() => id),
      at,
    });
    const changes = written.map(
      (row): Change => ({ person: row.profile_id, segment: id, entered: row.entered, since: at, told: true }),
    );
    await countSizes(tx, workspace, changes);
    const version = (await tx.row(nextChange, {}))?.change ?? 0;
    const names = new Map([[id, name]]);
    await storeChanges(tx, { workspace, version, at, cause: 'list', changes, names, onChanges: deps.onChanges });
    const joined = changes.filter((change) => change.entered).length;
    await audit(tx, deps, input, 'segment.members_changed', id, { added: joined, removed: changes.length - joined });
    return { changes, added: joined, unknown: profiles.length - rows.length };
  });
  await deps.outbox.send();
  const people = result.changes.map(({ person }) => person);
  const catalog = await deps.catalogs.get(workspace);
  if (usersOf(catalog.segments, id).length > 0) await touchPeople(deps, workspace, people, 'list');
  const peopleWho = (entered: boolean) =>
    result.changes.flatMap((each) => (each.entered === entered ? each.person : []));
  return {
    added: result.added,
    removed: result.changes.length - result.added,
    unknown: result.unknown,
    entered: peopleWho(true),
    exited: peopleWho(false),
  };
}

const conflict = (code: string, message: string, details: Record<string, Json> = {}): Fault =>
  new Fault('conflict', code, message, { details });

const toJson = (definition: SegmentNode): Json => JSON.parse(JSON.stringify(definition));

function audit(
  tx: Pg,
  deps: Pick<Deps, 'clock'>,
  { workspace: workspaceId, actor }: Edit,
  action: string,
  segment: number,
  details: Record<string, string | number>,
): Promise<void> {
  return recordAudit(tx, deps, { workspaceId, actor, action, target: `segment ${segment}`, details });
}
