import type { LoyaltyRules, ProfilePoints } from '@vitrail/contracts';
import { z } from 'zod';
import { type Actor, recordAudit } from '../../govern/index.ts';
import { type Deps, decodeCursor, encodeCursor, Fault, type Pg } from '../../platform/index.ts';
import {
  expirePoints,
  findPointsKey,
  insertPoints,
  listEndingWorkspaces,
  listPoints,
  lockPoints,
  readBalances,
  readLoyalty,
  saveLoyalty,
} from './sql/points.pg.ts';
import { forgetTaken } from './sql/takeOrders.pg.ts';
import { monthsAfter, readRules } from './takeOrders.ts';
import type { TellDeps } from './tellPoints.ts';

const position = z.tuple([z.number().int().positive()]);
const pageEntries = 50;

/** The rules of a workspace that has none yet: off. */
const none = (now: Date): LoyaltyRules => ({
  active: false,
  pointsPerUnit: 1,
  startsAt: now.toISOString(),
  expiresMonths: 24,
  tiers: [],
});

export async function loadRules(pg: Pg, workspace: number, now: Date): Promise<LoyaltyRules> {
  return readRules((await pg.row(readLoyalty, { workspace }))?.rules ?? null) ?? none(now);
}

/** Orders are looked at again under the new rules: what they are worth more or less is booked as a correction. */
export async function saveRules(
  deps: Pick<Deps, 'pg' | 'clock'>,
  { workspace, actor }: { workspace: number; actor: Actor },
  rules: LoyaltyRules,
): Promise<void> {
  await deps.pg.transaction(async (tx) => {
    await tx.run(saveLoyalty, { workspace, rules, now: deps.clock.now() });
    await tx.run(forgetTaken, { workspace });
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'loyalty.changed',
      target: 'loyalty',
      details: { active: rules.active, pointsPerUnit: rules.pointsPerUnit },
    });
  });
}

export interface Standing {
  readonly balance: number;
  readonly earnedThisYear: number;
  readonly tier: string | null;
  readonly nextTier: { readonly name: string; readonly missing: number } | null;
  readonly expiring: { readonly points: number; readonly at: string } | null;
}

const nothing = (rules: LoyaltyRules): Standing => ({
  balance: 0,
  earnedThisYear: 0,
  expiring: null,
  ...tierOf(rules, 0),
});

/** Tiers are reached by what was earned within twelve months. */
export function tierOf({ tiers }: LoyaltyRules, earned: number): Pick<Standing, 'tier' | 'nextTier'> {
  const rising = tiers.toSorted((a, b) => a.from - b.from);
  const reached = rising.filter(({ from }) => from <= earned).at(-1);
  const next = rising.find(({ from }) => from > earned);
  return {
    tier: reached?.name ?? null,
    nextTier: next === undefined ? null : { name: next.name, missing: next.from - earned },
  };
}

/** How many customers stand, by the profile row asked. Three statements at most, whatever the number. */
export async function readStandings(
  pg: Pg,
  workspace: number,
  profiles: readonly number[],
  now: Date,
): Promise<(profile: number) => Standing> {
  const rules = await loadRules(pg, workspace, now);
  const since = monthsAfter(now, -12) ?? now;
  const rows = await pg.rows(readBalances, { workspace, profiles, since });
  const standings = new Map(
    rows.map((row): [number, Standing] => [
      row.profile_id,
      {
        balance: row.balance,
        earnedThisYear: row.earned,
        ...tierOf(rules, row.earned),
        expiring:
          row.ending === null || row.ends_at === null ? null : { points: row.ending, at: row.ends_at.toISOString() },
      },
    ]),
  );
  return (profile) => standings.get(profile) ?? nothing(rules);
}

/** A customer's points and every entry, the newest first. */
export async function readPoints(
  pg: Pg,
  query: { workspace: number; root: number; profiles: readonly number[]; now: Date; cursor?: string | undefined },
): Promise<ProfilePoints> {
  const { workspace, root, profiles, now } = query;
  const [below] = query.cursor === undefined ? [Number.MAX_SAFE_INTEGER] : decodeCursor(query.cursor, position);
  const standing = (await readStandings(pg, workspace, [root], now))(root);
  const rows = await pg.rows(listPoints, { workspace, profiles, below, limit: pageEntries + 1 });
  const page = rows.slice(0, pageEntries);
  const last = page.at(-1);
  const kinds = ['earn', 'correct', 'burn', 'expire', 'adjust'] as const;
  return {
    ...standing,
    entries: {
      items: page.map((row) => ({
        id: row.id,
        kind: kinds.find((kind) => kind === row.kind) ?? 'adjust',
        points: row.points,
        at: row.at.toISOString(),
        expiresAt: row.expires_at?.toISOString() ?? null,
        order: row.order_id,
        note: row.note,
      })),
      next: rows.length > pageEntries && last !== undefined ? encodeCursor([last.id]) : null,
    },
  };
}

/** Gives or spends points by hand or by a program. A balance never falls below nothing by it. Safe to repeat with its key. */
export async function changePoints(
  deps: TellDeps,
  input: {
    workspace: number;
    root: number;
    profiles: readonly number[];
    points: number;
    note: string;
    key: string;
    actor: string;
  },
): Promise<void> {
  const { workspace, root, profiles, points, note } = input;
  const now = deps.clock.now();
  const key = `api/${input.key}`;
  await deps.pipeline.change(workspace, async (tx) => {
    await tx.row(lockPoints, { workspace });
    if ((await tx.row(findPointsKey, { workspace, profiles, key })) !== null) return { shipments: [], changed: [] };
    const { balance } = (await readStandings(tx, workspace, [root], now))(root);
    if (points < 0 && balance + points < 0)
      throw new Fault('conflict', 'communicate.not_enough_points', `There are only ${balance} points to spend.`, {
        details: { balance },
      });
    const { expiresMonths } = await loadRules(tx, workspace, now);
    await tx.rows(insertPoints, {
      workspace,
      profiles: [root],
      kinds: [points < 0 ? 'burn' : 'adjust'],
      points: [points],
      keys: [key],
      at: [now],
      expires: [points > 0 ? monthsAfter(now, expiresMonths) : null],
      orders: [null],
      notes: [note],
      actor: input.actor,
    });
    return { shipments: [], changed: [root] };
  });
}

/** Ends points whose time has come. Safe to repeat: once a day for each customer. */
export async function endPoints(deps: TellDeps): Promise<number> {
  const now = deps.clock.now();
  let ended = 0;
  for (const { id: workspace } of await deps.pg.rows(listEndingWorkspaces, { now })) {
    const key = `expire/${now.toISOString().slice(0, 10)}`;
    await deps.pipeline.change(workspace, async (tx) => {
      await tx.row(lockPoints, { workspace });
      const rows = await tx.rows(expirePoints, { workspace, now, key });
      ended += rows.length;
      return { shipments: [], changed: rows.map(({ profile_id }) => profile_id) };
    });
  }
  return ended;
}
