import { decodeProfileId } from '../../collect/index.ts';
import type { Pg } from '../../platform/index.ts';
import { findHolder, findRoots } from '../../unify/index.ts';
import { findMapped } from './sql/mappings.pg.ts';

/** An id as a partner or a file gives it. */
export interface GivenId {
  /** A namespace, `profile`, `theirs` or `ours`. */
  readonly kind: string;
  readonly value: string;
}

const mapped: ReadonlySet<string> = new Set(['theirs', 'ours']);

/**
 * The profile rows these ids stand for, in the order asked; null where nobody is known by one. An id of a partner is looked
 * up among that partner's own mappings alone: it identifies nobody anywhere else.
 */
export async function whoIsMeant(
  pg: Pg,
  { workspace, provider, now }: { workspace: number; provider: number; now: Date },
  ids: readonly GivenId[],
): Promise<readonly (number | null)[]> {
  const found = new Map<GivenId, number>();
  const own = ids.filter(({ kind }) => kind === 'profile');
  const partners = ids.filter(({ kind }) => mapped.has(kind));
  const held = ids.filter(({ kind }) => kind !== 'profile' && !mapped.has(kind));

  const profiles = own.map(({ value }) => decodeProfileId(value));
  const asked = profiles.filter((id) => id !== null);
  const standing = asked.length === 0 ? [] : await pg.rows(findRoots, { workspace, profiles: asked });
  const known = new Set(standing.map(({ id }) => id));
  own.forEach((id, index) => {
    const profile = profiles[index] ?? null;
    if (profile !== null && known.has(profile)) found.set(id, profile);
  });

  const rows =
    partners.length === 0
      ? []
      : await pg.rows(findMapped, {
          workspace,
          provider,
          kinds: partners.map(({ kind }) => kind),
          values: partners.map(({ value }) => value),
          now,
        });
  for (const { position, profile_id } of rows) {
    const id = partners[position - 1];
    if (id !== undefined) found.set(id, profile_id);
  }

  const holders = await findHolder(
    pg,
    workspace,
    held.map(({ kind, value }) => `${kind}:${value}`),
  );
  held.forEach((id, index) => {
    const holder = holders[index] ?? null;
    if (holder !== null) found.set(id, holder);
  });
  return ids.map((id) => found.get(id) ?? null);
}
