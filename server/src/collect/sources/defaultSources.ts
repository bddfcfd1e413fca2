import { createWriteKey } from '../../govern/index.ts';
import { type Deps, Fault, type Pg } from '../../platform/index.ts';
import { ensureNamedSource, ensureWebSource, findSource } from './sql/sources.pg.ts';

interface SourceWorkspace {
  readonly id: number;
  readonly siteId: number | null;
}

/** Id of the workspace's first web source, made when there is none. Safe to repeat. */
export async function ensureDefaultSource(tx: Pg, workspace: SourceWorkspace): Promise<number> {
  const source = await tx.row(ensureWebSource, { workspace: workspace.id, site: workspace.siteId });
  if (source === null) throw new Fault('unavailable', 'collect.source_not_made', 'The source could not be stored.');
  return source.id;
}

/** What a new workspace can send with at once: a web source with a write key. Safe to repeat. */
export async function createDefaultSources(
  tx: Pg,
  deps: Pick<Deps, 'clock'>,
  workspace: SourceWorkspace,
): Promise<void> {
  const sourceId = await ensureDefaultSource(tx, workspace);
  const source = await tx.row(findSource, { workspace: workspace.id, source: sourceId });
  if (source === null || source.write_key !== null) return;
  await createWriteKey(tx, deps, {
    workspaceId: workspace.id,
    name: source.name,
    sourceId,
    actor: { kind: 'system', id: 'new workspace' },
  });
}

/** A source for what Vitrail itself changes about people, so that every trait says where it is from. */
export async function ensureOwnSource(tx: Pg, workspace: number, name: string): Promise<number> {
  const source = await tx.row(ensureNamedSource, { workspace, name });
  if (source === null) throw new Fault('unavailable', 'collect.source_not_made', 'The source could not be stored.');
  return source.id;
}
