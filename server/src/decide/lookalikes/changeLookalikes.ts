import type { LookalikeRequest } from '@vitrail/contracts';
import { type Actor, recordAudit } from '../../govern/index.ts';
import { type Deps, Fault } from '../../platform/index.ts';
import { markReferences } from '../references/changeReferences.ts';
import { listUsers } from '../references/sql/users.pg.ts';
import { segmentIdOf } from '../segments/catalog.ts';
import { applySegmentsNow } from '../segments/jobs.ts';
import { findSegment, raiseGeneration } from '../segments/sql/segments.pg.ts';
import { scoreLookalikeNow } from './jobs.ts';
import { noLookalike } from './readLookalikes.ts';
import { deleteLookalikeRows } from './sql/lookalikes.ch.ts';
import { changeLookalike, deleteLookalike, findLookalike, insertLookalike } from './sql/lookalikes.pg.ts';

type ChangeDeps = Pick<Deps, 'pg' | 'ch' | 'clock' | 'jobs'>;
interface By {
  readonly workspace: number;
  readonly actor: Actor;
}

/** A new audience, scored in the background. Throws `Fault` for a segment that does not exist. */
export async function createLookalike(
  deps: ChangeDeps,
  { workspace, actor }: By,
  { segment, reach, name }: LookalikeRequest,
): Promise<number> {
  const id = segmentIdOf(segment);
  const known = id === null ? null : await deps.pg.row(findSegment, { workspace, id });
  if (id === null || known === null || known.state === 'archived')
    throw new Fault('invalid', 'decide.reference_unknown', `There is no segment ${segment} in this workspace.`);
  const created = await deps.pg.transaction(async (tx) => {
    const at = deps.clock.now();
    const row = await tx.row(insertLookalike, { workspace, name: name ?? known.name, segment: id, reach, at });
    // Names and ids of audiences are part of what segments are compiled with.
    await tx.run(raiseGeneration, { workspace });
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'lookalike.created',
      target: `lookalike ${row?.id ?? 0}`,
      details: { segment, reach },
    });
    return row?.id ?? 0;
  });
  await scoreLookalikeNow(deps, workspace, created);
  return created;
}

/** Another reach or name: nobody is scored again, segments that ask for it follow. */
export async function editLookalike(
  deps: ChangeDeps,
  { workspace, actor }: By,
  id: number,
  { name, reach }: { readonly name?: string | undefined; readonly reach?: number | undefined },
): Promise<void> {
  await deps.pg.transaction(async (tx) => {
    if ((await tx.row(changeLookalike, { workspace, id, name: name ?? null, reach: reach ?? null })) === null)
      throw noLookalike();
    if (reach === undefined) await tx.run(raiseGeneration, { workspace });
    else await markReferences(tx, workspace, { kind: 'lookalike', id: String(id) });
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'lookalike.changed',
      target: `lookalike ${id}`,
      details: { ...(reach !== undefined && { reach }) },
    });
  });
  await applySegmentsNow(deps);
}

/** Throws `conflict` while segments ask for it. */
export async function removeLookalike(deps: ChangeDeps, { workspace, actor }: By, id: number): Promise<void> {
  await deps.pg.transaction(async (tx) => {
    const users = await tx.rows(listUsers, { workspace, kinds: ['lookalike'], id: String(id) });
    if (users.length > 0)
      throw new Fault(
        'conflict',
        'decide.lookalike_in_use',
        `Segments ask for this audience: ${users.map(({ name }) => name).join(', ')}. Change or archive them first.`,
        { details: { usedBy: users.map((user) => ({ id: String(user.id), name: user.name })) } },
      );
    if ((await tx.row(deleteLookalike, { workspace, id })) === null) throw noLookalike();
    await tx.run(raiseGeneration, { workspace });
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'lookalike.deleted',
      target: `lookalike ${id}`,
      details: {},
    });
  });
  await deps.ch.run(deleteLookalikeRows, { workspace, lookalike: id });
}

/** Asks for a new scoring. */
export async function refreshLookalike(deps: ChangeDeps, workspace: number, id: number): Promise<void> {
  if ((await deps.pg.row(findLookalike, { workspace, id })) === null) throw noLookalike();
  await scoreLookalikeNow(deps, workspace, id);
}
