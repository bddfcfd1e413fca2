import { type LoyaltyRules, loyaltyRulesSchema } from '@vitrail/contracts';
import type { Reactor } from '../../collect/index.ts';
import type { Deps, Json, Pg, PgRow } from '../../platform/index.ts';
import { normaliseCode } from './coupons.ts';
import { insertPoints } from './sql/points.pg.ts';
import {
  clearRedemptions,
  hasOffers,
  insertRedemptions,
  listUntaken,
  matchCodes,
  noteTaken,
  pageUntaken,
  sumOrderPoints,
} from './sql/takeOrders.pg.ts';
import { noteMoved } from './sql/tellPoints.pg.ts';

type Order = PgRow<typeof listUntaken.row>;
const pageOrders = 2_000;

export const readRules = (stored: Json | null): LoyaltyRules | null =>
  loyaltyRulesSchema.safeParse(stored).data ?? null;

/**
 * Follows orders: notes codes of ours that were used and books the points they bring. An order that changes (refund,
 * cancellation, other content) is taken anew; the same content twice changes nothing.
 */
export const followOrders =
  (deps: Pick<Deps, 'pg'>): Reactor =>
  async ({ workspaceId: workspace, touched }) => {
    if (touched.length === 0) return;
    const wanted = await deps.pg.row(hasOffers, { workspace });
    const rules = readRules(wanted?.rules ?? null);
    if (wanted?.codes !== true && rules?.active !== true) return;
    const orders = await deps.pg.rows(listUntaken, { workspace, profiles: touched });
    if (orders.length > 0) await deps.pg.transaction((tx) => takeOrders(tx, workspace, rules, orders));
  };

/** Every order nobody has looked at: after the rules changed, and those that belong to nobody. Returns how many. */
export async function takeAllOrders(deps: Pick<Deps, 'pg'>, workspace: number, signal: AbortSignal): Promise<number> {
  const wanted = await deps.pg.row(hasOffers, { workspace });
  const rules = readRules(wanted?.rules ?? null);
  if (wanted?.codes !== true && rules?.active !== true) return 0;
  let taken = 0;
  for (let after: string | null = ''; after !== null && !signal.aborted; ) {
    const orders: Order[] = await deps.pg.rows(pageUntaken, { workspace, after, limit: pageOrders });
    if (orders.length > 0) await deps.pg.transaction((tx) => takeOrders(tx, workspace, rules, orders));
    taken += orders.length;
    after = orders.length < pageOrders ? null : (orders.at(-1)?.order_id ?? null);
  }
  return taken;
}

async function takeOrders(
  tx: Pg,
  workspace: number,
  rules: LoyaltyRules | null,
  orders: readonly Order[],
): Promise<void> {
  const ids = orders.map(({ order_id }) => order_id);
  await redeem(tx, workspace, orders);
  if (rules?.active === true) await earn(tx, workspace, rules, orders);
  await tx.run(noteTaken, { workspace, orders: ids, versions: orders.map(({ version }) => version) });
}

/** Tills write several codes into one field. */
const codesIn = (coupon: string | null): string[] =>
  [...new Set((coupon ?? '').split(/[,;|]/).map(normaliseCode))].filter((code) => code !== '').slice(0, 20);

async function redeem(tx: Pg, workspace: number, orders: readonly Order[]): Promise<void> {
  await tx.run(clearRedemptions, { workspace, orders: orders.map(({ order_id }) => order_id) });
  const named = orders
    .filter(({ status }) => status !== 'cancelled')
    .flatMap((order) => codesIn(order.coupon).map((code) => ({ order, code })));
  if (named.length === 0) return;
  const found = await tx.rows(matchCodes, {
    workspace,
    orders: named.map(({ order }) => order.order_id),
    codes: named.map(({ code }) => code),
    profiles: named.map(({ order }) => order.profile_id),
  });
  const usedHere = new Map<string, string>();
  const used = found
    .toSorted((a, b) => a.position - b.position)
    .flatMap((match) => {
      const each = named[match.position - 1];
      if (each === undefined) return [];
      const { order, code } = each;
      const before = match.used_in ?? usedHere.get(code) ?? null;
      if (match.pool_id !== null && !usedHere.has(code)) usedHere.set(code, order.order_id);
      const at = order.ordered_at ?? new Date(0);
      return [{ ...match, order, code, at, problem: problemOf({ ...match, used_in: before }, order, at) }];
    });
  await tx.run(insertRedemptions, {
    workspace,
    orders: used.map(({ order }) => order.order_id),
    codes: used.map(({ code }) => code),
    offers: used.map(({ offer_id }) => offer_id),
    pools: used.map(({ pool_id }) => pool_id),
    profiles: used.map(({ order }) => order.profile_id),
    at: used.map(({ at }) => at),
    amounts: used.map(({ order }) => order.amount),
    discounts: used.map(({ order }) => order.discount),
    problems: used.map(({ problem }) => problem),
  });
}

function problemOf(match: PgRow<typeof matchCodes.row>, order: Order, at: Date): string | null {
  if (match.pool_id !== null && match.used_in !== null && match.used_in !== order.order_id) return 'used_before';
  if (!match.claimed) return 'not_given';
  if (!match.theirs) return 'not_theirs';
  const tooLate = match.expires_at !== null && at > match.expires_at;
  return tooLate || (match.starts_at !== null && at < match.starts_at) ? 'expired' : null;
}

/** Books the difference between what an order is worth now and what it brought so far. */
async function earn(tx: Pg, workspace: number, rules: LoyaltyRules, orders: readonly Order[]): Promise<void> {
  const since = new Date(rules.startsAt);
  const counting = orders.flatMap((order) =>
    order.profile_id === null || order.ordered_at === null || order.ordered_at < since
      ? []
      : [{ ...order, profile: order.profile_id, at: order.ordered_at }],
  );
  if (counting.length === 0) return;
  const booked = await tx.rows(sumOrderPoints, { workspace, orders: counting.map(({ order_id }) => order_id) });
  const before = new Map(booked.map((row) => [row.order_id, row]));
  const entries = counting.flatMap((order) => {
    const worth = Math.max(0, Math.floor(Number(order.amount) * rules.pointsPerUnit + 1e-9));
    const known = before.get(order.order_id) ?? { points: 0, entries: 0 };
    const points = worth - known.points;
    return points === 0 ? [] : [{ order, points, place: known.entries }];
  });
  if (entries.length === 0) return;
  await tx.rows(insertPoints, {
    workspace,
    profiles: entries.map(({ order }) => order.profile),
    kinds: entries.map(({ place }) => (place === 0 ? 'earn' : 'correct')),
    points: entries.map(({ points }) => points),
    // Whoever books the same difference at the same time books the same entry.
    keys: entries.map(({ order, place }) => `order/${order.order_id}/${place}`),
    at: entries.map(({ order }) => order.at),
    expires: entries.map(({ order, points }) => (points > 0 ? monthsAfter(order.at, rules.expiresMonths) : null)),
    orders: entries.map(({ order }) => order.order_id),
    notes: entries.map(() => ''),
    actor: 'system:orders',
  });
  await tx.run(noteMoved, { workspace, profiles: entries.map(({ order }) => order.profile) });
}

export function monthsAfter(at: Date, months: number | null): Date | null {
  if (months === null) return null;
  const end = new Date(at);
  end.setUTCMonth(end.getUTCMonth() + months);
  return end;
}
