import type { Pg } from '../../platform/index.ts';
import { findHolders } from '../identity/sql/identity.pg.ts';
import { readIdentifier } from './listProfiles.ts';

/**
 * The profile rows that hold these identifiers alone (`email:zoe@example.fr`, in any spelling), in the order asked; null
 * where nobody does.
 */
export async function findHolder(
  pg: Pg,
  workspace: number,
  identifiers: readonly string[],
): Promise<readonly (number | null)[]> {
  if (identifiers.length === 0) return [];
  const asked = await Promise.all(identifiers.map((text) => readIdentifier(pg, workspace, text)));
  const held = await pg.rows(findHolders, {
    workspace,
    namespaces: asked.map(({ namespace }) => namespace),
    values: asked.map(({ value }) => value),
  });
  const holders = new Map(held.map(({ position, profile_id }) => [position, profile_id]));
  return asked.map((_, index) => holders.get(index + 1) ?? null);
}
