import { toPayload } from '../../collect/index.ts';
import type { Deps, PgRow } from '../../platform/index.ts';
import { hasMembers, lockCopy, noteCustomers, readStanding, takeWaiting } from './sql/members.pg.ts';

/** What somebody last said of a purpose, and when a yes ends. */
export interface Allowance {
  readonly granted: boolean;
  readonly endsAt: Date | null;
}

/** What these customers (roots) said of a purpose; who said nothing is not in it. Handed in by `app/`. */
export type ReadConsents = (
  workspace: number,
  purpose: string,
  roots: readonly number[],
) => Promise<ReadonlyMap<number, Allowance>>;

export interface CopyDeps extends Pick<Deps, 'pg' | 'ch'> {
  readonly readConsents: ReadConsents;
}

/** Rows copied in one transaction. */
const copiedAtOnce = 2_000;

/**
 * Until when something a partner says may be used, in milliseconds; 0: not at all. Consent that is not there is no consent;
 * a legitimate interest ends with the person's refusal.
 */
export function usableUntil(basis: string, expiresAt: Date, allowance: Allowance | undefined): number {
  const end = expiresAt.getTime();
  if (basis === 'legitimate_interest') return allowance?.granted === false ? 0 : end;
  if (allowance?.granted !== true) return 0;
  return Math.min(end, allowance.endsAt?.getTime() ?? end);
}

/**
 * Brings the copy in ClickHouse in step with what waits in a workspace: what partners say, with what each person allows.
 * Returns the profile rows that were looked at. One chunk is one transaction with its place in the queue, so a crash copies
 * it again and nothing is skipped.
 */
export async function copyStanding(deps: CopyDeps, workspace: number): Promise<readonly number[]> {
  const copied = new Set<number>();
  for (let more = true; more; ) {
    more = await deps.pg.transaction(async (tx) => {
      const locked = await tx.row(lockCopy, { workspace });
      const waiting = await tx.rows(takeWaiting, { workspace, limit: copiedAtOnce });
      if (locked === null || waiting.length === 0) return false;
      const rows = await tx.rows(readStanding, {
        workspace,
        providers: waiting.map(({ provider_id }) => provider_id),
        segments: waiting.map(({ segment }) => segment),
        profiles: waiting.map(({ profile_id }) => profile_id),
      });
      const lines = (await judge(deps, workspace, rows)).map(({ row, until }) =>
        JSON.stringify({
          workspace_id: workspace,
          provider_id: row.provider_id,
          segment: row.segment,
          profile_id: row.profile_id,
          until: new Date(until).toISOString().replace('T', ' ').replace('Z', ''),
          removed: row.expires_at === null || row.root_id === null,
          version: locked.version,
        }),
      );
      await deps.ch.insert('outside_people', toPayload(lines), { token: `outside-${workspace}-${locked.version}` });
      for (const { profile_id } of waiting) copied.add(profile_id);
      return waiting.length === copiedAtOnce;
    });
  }
  return [...copied];
}

type Standing = PgRow<typeof readStanding.row>;

async function judge(
  deps: CopyDeps,
  workspace: number,
  rows: readonly Standing[],
): Promise<readonly { row: Standing; until: number }[]> {
  const rootsOf = new Map<string, Set<number>>();
  for (const { purpose, root_id } of rows) {
    if (purpose === null || root_id === null) continue;
    const roots = rootsOf.get(purpose);
    if (roots === undefined) rootsOf.set(purpose, new Set([root_id]));
    else roots.add(root_id);
  }
  const said = new Map<string, ReadonlyMap<number, Allowance>>();
  for (const [purpose, roots] of rootsOf) said.set(purpose, await deps.readConsents(workspace, purpose, [...roots]));
  return rows.map((row) => {
    const { basis, purpose, root_id, expires_at } = row;
    const known = basis !== null && purpose !== null && root_id !== null && expires_at !== null;
    return { row, until: known ? usableUntil(basis, expires_at, said.get(purpose)?.get(root_id)) : 0 };
  });
}

/** Notes what partners say of the customers that these profile rows belong to, and copies it at once. */
export async function recopyCustomers(deps: CopyDeps, workspace: number, profiles: readonly number[]): Promise<void> {
  if (profiles.length === 0 || (await deps.pg.row(hasMembers, { workspace }))?.any !== true) return;
  if ((await deps.pg.run(noteCustomers, { workspace, profiles })) > 0) await copyStanding(deps, workspace);
}
