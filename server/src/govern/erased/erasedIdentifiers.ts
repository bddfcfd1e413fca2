import type { Clock, Pg } from '../../platform/index.ts';
import type { Secrets } from '../installation.ts';
import { findErasedHashes, insertErasedHashes, listErasingWorkspaces } from '../sql/erasedIdentifiers.pg.ts';
import { hashIdentifier, type WorkspaceIdentifier } from './hashIdentifier.ts';

type ErasureKey = Pick<Secrets, 'erasure'>;

/**
 * Positions in `identifiers` of those that were erased before, in two queries whatever the size. While nobody in these
 * workspaces was ever erased it is one query and no hashing.
 */
export async function findErased(
  deps: { readonly pg: Pg; readonly secrets: ErasureKey },
  identifiers: readonly WorkspaceIdentifier[],
): Promise<ReadonlySet<number>> {
  const workspaces = [...new Set(identifiers.map((identifier) => identifier.workspaceId))];
  if (workspaces.length === 0) return new Set();
  const erasing = new Set((await deps.pg.rows(listErasingWorkspaces, { workspaces })).map((row) => row.workspace_id));
  const asked = identifiers.flatMap((identifier, position) =>
    erasing.has(identifier.workspaceId) ? [{ identifier, position }] : [],
  );
  if (asked.length === 0) return new Set();
  const found = await deps.pg.rows(findErasedHashes, {
    workspaces: asked.map(({ identifier }) => identifier.workspaceId),
    hashes: asked.map(({ identifier }) => hashIdentifier(deps.secrets, identifier)),
  });
  return new Set(found.flatMap((row) => asked[row.position - 1]?.position ?? []));
}

/** Remembers, as keyed hashes only, identifiers of one workspace that must stay out. Safe to repeat. */
export async function recordErased(
  tx: Pg,
  deps: { readonly secrets: ErasureKey; readonly clock: Clock },
  workspaceId: number,
  identifiers: readonly { readonly namespace: string; readonly value: string }[],
): Promise<void> {
  if (identifiers.length === 0) return;
  await tx.run(insertErasedHashes, {
    workspace: workspaceId,
    hashes: identifiers.map((identifier) => hashIdentifier(deps.secrets, { workspaceId, ...identifier })),
    at: deps.clock.now(),
  });
}
