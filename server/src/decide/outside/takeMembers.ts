import type { OutsideTaken } from '@vitrail/contracts';
import type { Pg } from '../../platform/index.ts';
import type { ProviderRow } from './providers.ts';
import { putMappings } from './sql/mappings.pg.ts';
import { putMembers, removeMembers } from './sql/members.pg.ts';
import { type GivenId, whoIsMeant } from './whoIsMeant.ts';

/** A row of a partner: somebody is in a segment, or no longer. */
export interface GivenMember {
  readonly id: GivenId;
  readonly segment: string;
  readonly expiresAt: Date | null;
  readonly remove: boolean;
}

/** A row of a partner: its own id of somebody. */
export interface GivenMapping {
  readonly id: GivenId;
  readonly theirId: string;
  readonly expiresAt: Date | null;
}

export type RowOutcome = 'taken' | 'unchanged' | 'removed' | 'nobody' | 'over';

interface Around {
  readonly workspace: number;
  readonly provider: ProviderRow;
  readonly now: Date;
}

const dayMs = 86_400_000;

/** The end stated, never later than what was agreed with the partner. */
const endOf = (stated: Date | null, { provider, now }: Around): Date => {
  // On whole days, so that the same file sent twice a day changes nothing.
  const latest = (Math.floor(now.getTime() / dayMs) + provider.retention_days) * dayMs;
  return new Date(Math.min(stated?.getTime() ?? latest, latest));
};

const keyOf = (segment: string, profile: number): string => `${profile} ${segment}`;

/**
 * Takes a partner's rows, of one row's kind or mixed, in the caller's transaction: an outcome for each, in order. A repeat
 * changes nothing; of two rows about the same person and segment the later counts.
 */
export async function takeMembers(
  tx: Pg,
  around: Around & { readonly by: 'file' | 'api' },
  rows: readonly GivenMember[],
): Promise<{ outcomes: readonly RowOutcome[]; profiles: readonly number[] }> {
  const { workspace, provider, now, by } = around;
  const about = { workspace, provider: provider.id };
  const people = await whoIsMeant(
    tx,
    { ...about, now },
    rows.map(({ id }) => id),
  );
  const outcomes: RowOutcome[] = rows.map(() => 'unchanged');
  const last = new Map<string, { segment: string; profile: number; end: Date; remove: boolean; at: number[] }>();
  rows.forEach((row, at) => {
    const profile = people[at] ?? null;
    const end = endOf(row.expiresAt, around);
    if (profile === null) outcomes[at] = 'nobody';
    else if (!row.remove && end <= now) outcomes[at] = 'over';
    else {
      const key = keyOf(row.segment, profile);
      last.set(key, { segment: row.segment, profile, end, remove: row.remove, at: [...(last.get(key)?.at ?? []), at] });
    }
  });
  const put = [...last.values()].filter(({ remove }) => !remove);
  const gone = [...last.values()].filter(({ remove }) => remove);
  const written =
    put.length === 0
      ? []
      : await tx.rows(putMembers, {
          ...about,
          segments: put.map(({ segment }) => segment),
          profiles: put.map(({ profile }) => profile),
          ends: put.map(({ end }) => end),
          now,
          by,
        });
  const changed = new Set(written.map(({ segment, profile_id }) => keyOf(segment, profile_id)));
  for (const { segment, profile, at } of put)
    if (changed.has(keyOf(segment, profile))) for (const index of at) outcomes[index] = 'taken';
  const removed =
    gone.length === 0
      ? []
      : await tx.rows(removeMembers, {
          ...about,
          segments: gone.map(({ segment }) => segment),
          profiles: gone.map(({ profile }) => profile),
        });
  const left = new Set(removed.map(({ segment, profile_id }) => keyOf(segment, profile_id)));
  for (const { segment, profile, at } of gone)
    if (left.has(keyOf(segment, profile))) for (const index of at) outcomes[index] = 'removed';
  return { outcomes, profiles: [...new Set([...written, ...removed].map(({ profile_id }) => profile_id))] };
}

/** Takes a partner's ids of people. A mapping joins nobody: it only says whom the partner's own rows are about. */
export async function takeMappings(
  tx: Pg,
  around: Around,
  rows: readonly GivenMapping[],
): Promise<readonly RowOutcome[]> {
  const { workspace, provider, now } = around;
  const about = { workspace, provider: provider.id };
  const people = await whoIsMeant(
    tx,
    { ...about, now },
    rows.map(({ id }) => id),
  );
  const outcomes: RowOutcome[] = rows.map(() => 'unchanged');
  const last = new Map<string, { profile: number; end: Date; at: number[] }>();
  rows.forEach((row, at) => {
    const profile = people[at] ?? null;
    const end = endOf(row.expiresAt, around);
    if (profile === null) outcomes[at] = 'nobody';
    else if (end <= now) outcomes[at] = 'over';
    else last.set(row.theirId, { profile, end, at: [...(last.get(row.theirId)?.at ?? []), at] });
  });
  if (last.size === 0) return outcomes;
  const put = [...last];
  const written = await tx.rows(putMappings, {
    ...about,
    kind: 'theirs',
    values: put.map(([value]) => value),
    profiles: put.map(([, { profile }]) => profile),
    ends: put.map(([, { end }]) => end),
    now,
  });
  for (const { value } of written) for (const index of last.get(value)?.at ?? []) outcomes[index] = 'taken';
  return outcomes;
}

/** The answer to whoever sent the rows. */
export const countOutcomes = (outcomes: readonly RowOutcome[]): OutsideTaken => ({
  taken: outcomes.filter((outcome) => outcome === 'taken').length,
  unchanged: outcomes.filter((outcome) => outcome === 'unchanged').length,
  removed: outcomes.filter((outcome) => outcome === 'removed').length,
  rejected: outcomes.flatMap((outcome, index) =>
    outcome === 'nobody' || outcome === 'over' ? [{ index, reason: outcome }] : [],
  ),
});
