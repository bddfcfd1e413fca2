import type { SourcePatch, SourceRequest } from '@vitrail/contracts';
import { type Actor, createWriteKey, recordAudit } from '../../govern/index.ts';
import { type Deps, Fault, type Pg, type PgRow } from '../../platform/index.ts';
import { findSite, findSource, findSourceNamed, insertSource, updateSource } from './sql/sources.pg.ts';

export type SourceRow = PgRow<typeof findSource.row>;

interface Change {
  readonly workspaceId: number;
  readonly actor: Actor;
}

const noSuchSource = (): Fault =>
  new Fault('not_found', 'collect.no_such_source', 'There is no such source in this workspace.');

/** Throws `not_found` for a source of another workspace as for one that never was. */
export async function getSource(pg: Pick<Pg, 'row'>, workspaceId: number, sourceId: number): Promise<SourceRow> {
  const source = await pg.row(findSource, { workspace: workspaceId, source: sourceId });
  if (source === null) throw noSuchSource();
  return source;
}

async function assertSite(tx: Pg, workspaceId: number, siteId: number | null | undefined): Promise<void> {
  if (siteId === null || siteId === undefined) return;
  if ((await tx.row(findSite, { workspace: workspaceId, site: siteId })) === null) {
    throw new Fault(
      'invalid',
      'collect.no_such_site',
      'There is no such site in this workspace. Choose one of its sites.',
    );
  }
}

async function nameTaken(tx: Pg, workspaceId: number, name: string): Promise<Fault> {
  const other = await tx.row(findSourceNamed, { workspace: workspaceId, name });
  const which = other?.archived ? 'An archived source' : 'Another source';
  return new Fault(
    'conflict',
    'collect.source_name_taken',
    `${which} of this workspace has this name. Choose another one${other?.archived ? ', or bring that one back' : ''}.`,
  );
}

/** Makes a source; one that sends over HTTP gets its write key at once. `conflict` when the name is taken. */
export async function createSource(
  deps: Pick<Deps, 'pg' | 'clock'>,
  request: SourceRequest,
  { workspaceId, actor }: Change,
): Promise<SourceRow> {
  return deps.pg.transaction(async (tx) => {
    await assertSite(tx, workspaceId, request.siteId);
    const { name, family, kind, siteId: site, priority } = request;
    const made = await tx.row(insertSource, { workspace: workspaceId, name, family, kind, site, priority });
    if (made === null) throw await nameTaken(tx, workspaceId, name);
    await recordAudit(tx, deps, {
      workspaceId,
      actor,
      action: 'source.created',
      target: `source ${made.id}`,
      details: { name, family, kind },
    });
    if (kind === 'browser' || kind === 'server') {
      await createWriteKey(tx, deps, { workspaceId, actor, name, sourceId: made.id });
    }
    return getSource(tx, workspaceId, made.id);
  });
}

/** Changes what is given and leaves the rest. */
export async function changeSource(
  deps: Pick<Deps, 'pg' | 'clock'>,
  sourceId: number,
  patch: SourcePatch,
  { workspaceId, actor }: Change,
): Promise<SourceRow> {
  return deps.pg.transaction(async (tx) => {
    await assertSite(tx, workspaceId, patch.siteId);
    if (patch.name !== undefined) {
      const named = await tx.row(findSourceNamed, { workspace: workspaceId, name: patch.name });
      if (named !== null && named.id !== sourceId) throw await nameTaken(tx, workspaceId, patch.name);
    }
    const changed = await tx.row(updateSource, {
      workspace: workspaceId,
      source: sourceId,
      name: patch.name ?? null,
      family: patch.family ?? null,
      kind: patch.kind ?? null,
      setSite: patch.siteId !== undefined,
      site: patch.siteId ?? null,
      priority: patch.priority ?? null,
      archived: patch.archived ?? null,
      now: deps.clock.now(),
    });
    if (changed === null) throw noSuchSource();
    await recordAudit(tx, deps, {
      workspaceId,
      actor,
      action: patch.archived === true ? 'source.archived' : 'source.changed',
      target: `source ${sourceId}`,
      details: { fields: Object.keys(patch) },
    });
    return getSource(tx, workspaceId, sourceId);
  });
}
