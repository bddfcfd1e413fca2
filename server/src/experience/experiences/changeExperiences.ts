import {
  type Experience,
  type ExperienceRequest,
  type ExperienceState,
  experienceRequestSchema,
  experienceStates,
} from '@vitrail/contracts';
import { listSegmentsBeyond } from '../../decide/index.ts';
import { type Actor, recordAudit } from '../../govern/index.ts';
import { type Deps, Fault, type Pg, type PgRow, wireJson } from '../../platform/index.ts';
import {
  deleteDraft,
  findExperience,
  findSite,
  insertExperience,
  listUsableSegments,
  moveExperience,
  raiseGeneration,
  updateExperience,
} from './sql/experiences.pg.ts';

export interface By {
  readonly workspace: number;
  readonly actor: Actor;
}

type ExperienceDeps = Pick<Deps, 'pg' | 'clock'>;
type ExperienceRow = PgRow<typeof findExperience.row>;

const notFound = (): Fault =>
  new Fault('not_found', 'experience.not_found', 'There is no such experience in this workspace.');

const segmentsOf = ({ audience }: ExperienceRequest): number[] =>
  [...audience.segments, ...audience.exclude]
    .map(Number)
    .filter((id) => Number.isInteger(id) && id > 0 && id < 2 ** 31);

/** Which of the segments that these name can be used, asked once for all. */
async function usableSegments(
  pg: Pg,
  workspace: number,
  definitions: readonly ExperienceRequest[],
): Promise<Set<string>> {
  const ids = [...new Set(definitions.flatMap(segmentsOf))];
  if (ids.length === 0) return new Set();
  return new Set((await pg.rows(listUsableSegments, { workspace, ids })).map(({ id }) => String(id)));
}

/** Segments it names that cannot be used, as they were written. */
const missingOf = ({ audience }: ExperienceRequest, usable: ReadonlySet<string>): string[] =>
  [...audience.segments, ...audience.exclude].filter((id) => !usable.has(id));

export async function presentExperiences(
  pg: Pg,
  workspace: number,
  rows: readonly ExperienceRow[],
): Promise<Experience[]> {
  const read = rows.map((row) => ({ row, definition: experienceRequestSchema.parse(row.definition) }));
  const usable = await usableSegments(
    pg,
    workspace,
    read.map(({ definition }) => definition),
  );
  return read.map(({ row, definition }) => ({
    id: String(row.id),
    state: stateOf(row.state),
    version: row.version,
    definition,
    problems: missingOf(definition, usable).map((id) => `segment_gone:${id}`),
    startedAt: row.started_at?.toISOString() ?? null,
    stoppedAt: row.stopped_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }));
}

function stateOf(text: string): ExperienceState {
  const state = experienceStates.find((each) => each === text);
  if (state === undefined) throw new Error(`an experience is ${text}`);
  return state;
}

/** Throws `not_found`, also for another workspace's. */
export async function getExperience(pg: Pg, workspace: number, id: number): Promise<Experience> {
  const row = await pg.row(findExperience, { workspace, id });
  const [experience] = row === null ? [] : await presentExperiences(pg, workspace, [row]);
  if (experience === undefined) throw notFound();
  return experience;
}

async function check(tx: Pg, workspace: number, definition: ExperienceRequest): Promise<void> {
  const [missing] = missingOf(definition, await usableSegments(tx, workspace, [definition]));
  if (missing !== undefined)
    throw new Fault(
      'invalid',
      'experience.segment_unknown',
      `There is no segment ${missing} to use in this workspace. Choose one that is live.`,
      { details: { segment: missing } },
    );
  const beyond = await listSegmentsBeyond(tx, workspace, 'experiences');
  const closed = segmentsOf(definition).find((id) => beyond.has(id));
  if (closed !== undefined)
    throw new Fault(
      'invalid',
      'experience.segment_not_allowed',
      `Segment ${closed} rests on what a data partner says and does not allow for experiences. Choose another one.`,
      { details: { segment: String(closed) } },
    );
  const { site } = definition;
  if (site !== null && (await tx.row(findSite, { workspace, name: site })) === null)
    throw new Fault('invalid', 'experience.site_unknown', `This workspace has no site “${site}”.`, {
      details: { site },
    });
}

/** Writes, lets every process read it again and notes who did it, all or none. */
async function change<T>(
  deps: ExperienceDeps,
  { workspace, actor }: By,
  action: string,
  work: (tx: Pg) => Promise<{ id: number; result: T }>,
): Promise<T> {
  return deps.pg.transaction(async (tx) => {
    const { id, result } = await work(tx);
    await tx.run(raiseGeneration, { workspace });
    await recordAudit(tx, deps, { workspaceId: workspace, actor, action, target: `experience ${id}`, details: {} });
    return result;
  });
}

export async function createExperience(deps: ExperienceDeps, by: By, request: ExperienceRequest): Promise<Experience> {
  const { workspace, actor } = by;
  const id = await change(deps, by, 'experience.created', async (tx) => {
    await check(tx, workspace, request);
    const row = await tx.row(insertExperience, {
      workspace,
      key: request.key,
      name: request.name,
      definition: wireJson(request),
      actor: `${actor.kind}:${actor.id}`,
      now: deps.clock.now(),
    });
    if (row === null)
      throw new Fault(
        'conflict',
        'experience.key_taken',
        `Another experience has the key ${request.key}. Choose another one.`,
      );
    return { id: row.id, result: row.id };
  });
  return getExperience(deps.pg, workspace, id);
}

/**
 * A new version, which counts from now on; while it runs too. Throws for another key: pages and events know it by that. Throws
 * `conflict` with the newest version when that is not the one it is `basedOn`: somebody else saved meanwhile.
 */
export async function editExperience(
  deps: ExperienceDeps,
  by: By,
  id: number,
  { basedOn, ...request }: ExperienceRequest & { readonly basedOn?: number | undefined },
): Promise<Experience> {
  const { workspace } = by;
  await change(deps, by, 'experience.changed', async (tx) => {
    const known = await tx.row(findExperience, { workspace, id });
    if (known === null) throw notFound();
    if (known.key !== request.key)
      throw new Fault(
        'invalid',
        'experience.key_fixed',
        `The key ${known.key} stays: what was seen is counted under it.`,
      );
    await check(tx, workspace, request);
    const now = deps.clock.now();
    const row = await tx.row(updateExperience, {
      workspace,
      id,
      name: request.name,
      definition: wireJson(request),
      based_on: basedOn ?? null,
      now,
    });
    if (row === null) throw whyNotChanged(await tx.row(findExperience, { workspace, id }));
    return { id, result: null };
  });
  return getExperience(deps.pg, workspace, id);
}

function whyNotChanged(newest: ExperienceRow | null): Fault {
  if (newest === null) return notFound();
  const { state, version, definition } = newest;
  if (state === 'archived')
    return new Fault('conflict', 'experience.archived', 'An archived experience is not changed any more. Copy it.');
  return new Fault(
    'conflict',
    'experience.changed',
    `Version ${version} of this experience was saved meanwhile. Look at it, then save yours based on it.`,
    { details: { version, definition } },
  );
}

/** What may follow what. */
export const moves = {
  start: { from: ['draft', 'stopped', 'running'], to: 'running', action: 'experience.started' },
  stop: { from: ['running', 'stopped'], to: 'stopped', action: 'experience.stopped' },
  archive: { from: ['draft', 'stopped', 'archived'], to: 'archived', action: 'experience.archived' },
} as const;

/** Asked again it changes nothing. Throws `conflict` where it cannot go there. */
export async function moveTo(deps: ExperienceDeps, by: By, id: number, move: keyof typeof moves): Promise<Experience> {
  const { workspace } = by;
  const { from, to, action } = moves[move];
  await change(deps, by, action, async (tx) => {
    const known = await tx.row(findExperience, { workspace, id });
    if (known === null) throw notFound();
    if (to === 'running') await check(tx, workspace, experienceRequestSchema.parse(known.definition));
    const row = await tx.row(moveExperience, { workspace, id, from: [...from], to, now: deps.clock.now() });
    if (row === null)
      throw new Fault(
        'conflict',
        'experience.wrong_state',
        `It is ${known.state} and cannot become ${to} from there.`,
        {
          details: { state: known.state },
        },
      );
    return { id, result: null };
  });
  return getExperience(deps.pg, workspace, id);
}

export async function removeExperience(deps: ExperienceDeps, by: By, id: number): Promise<void> {
  const { workspace } = by;
  await change(deps, by, 'experience.removed', async (tx) => {
    if ((await tx.row(findExperience, { workspace, id })) === null) throw notFound();
    if ((await tx.row(deleteDraft, { workspace, id })) === null)
      throw new Fault('conflict', 'experience.was_shown', 'Only a draft that never ran is removed. Archive this one.');
    return { id, result: null };
  });
}
