import { createWorkspace } from './builders.ts';
import type { TestDeps } from './stores.ts';

/** The moment at which the test's shops stand. */
export const start = Date.parse('2026-05-01T09:30:00Z');
export const day = 86_400_000;

/** Numbers that look random and are the same every time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface Order {
  readonly id: string;
  readonly profile: number;
  readonly at: number;
  readonly cents: number;
  readonly refundedCents: number;
  readonly status: string;
  readonly site: string;
}
export interface World {
  readonly workspace: number;
  /** Profile row → customer. */
  readonly roots: ReadonlyMap<number, number>;
  readonly people: readonly number[];
  readonly orders: Order[];
  readonly events: { profile: number; at: number; type: string; bot: boolean }[];
}

const lines = (rows: readonly object[]): Buffer => Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'));
const chTime = (ms: number): string => new Date(ms).toISOString();
let token = 0;
export const insertRows = (deps: TestDeps, table: string, rows: readonly object[]): Promise<void> =>
  deps.ch.insert(table, lines(rows), { token: `rfm ${++token}` });

export const orderRow = (workspace: number, order: Order, version: number) => ({
  workspace_id: workspace,
  profile_id: order.profile,
  order_id: order.id,
  ordered_at: chTime(order.at),
  site: order.site,
  status: order.status,
  currency: 'EUR',
  total: order.cents / 100,
  base_total: order.cents / 100,
  refunded: order.refundedCents / 100,
  base_refunded: order.refundedCents / 100,
  version,
});

/** A shop of 240 profile rows, of which 40 were joined into others; many buy once, few often. */
export async function openWorld(deps: TestDeps, seed: number): Promise<World> {
  const { id: workspace } = await createWorkspace(deps, { timeZone: 'Europe/Paris' });
  const random = seeded(seed);
  const base = seed * 10_000;
  const profiles = Array.from({ length: 240 }, (_, index) => base + index + 1);
  const roots = new Map(
    profiles.map((profile, index) => [profile, index >= 200 ? (profiles[index - 200] ?? 0) : profile]),
  );
  const people = [...new Set(roots.values())];
  const orders: Order[] = [];
  const events: World['events'] = [];
  for (const profile of profiles) {
    const count = random() < 0.3 ? 0 : Math.max(1, Math.floor(random() ** 3 * 14));
    for (let n = 0; n < count; n += 1) {
      const kind = random();
      orders.push({
        id: `${profile}-${n}`,
        profile,
        at: start - Math.floor(random() ** 2 * 700 * day) - 1,
        cents: Math.floor(random() * 20_000) + 1,
        refundedCents: kind < 0.1 ? 100 : 0,
        status: kind > 0.95 ? 'cancelled' : kind > 0.93 ? '' : 'completed',
        site: random() < 0.5 ? 'fr' : 'de',
      });
    }
    for (let n = Math.floor(random() * 30); n > 0; n -= 1) {
      events.push({
        profile,
        at: start - Math.floor(random() * 120 * day),
        type: ['page', 'track', 'identify', 'segment'][Math.floor(random() * 4)] ?? 'page',
        bot: random() < 0.05,
      });
    }
  }
  await insertRows(
    deps,
    'customer_orders',
    orders.map((order) => orderRow(workspace, order, 1)),
  );
  await insertRows(
    deps,
    'events',
    events.map(({ profile, at, type, bot }, index) => ({
      workspace_id: workspace,
      profile_id: profile,
      timestamp: chTime(at),
      received_at: chTime(at),
      message_id: `${seed}-${index}`,
      type,
      bot,
    })),
  );
  await insertRows(
    deps,
    'profile_root',
    [...roots].map(([profile, root]) => ({ workspace_id: workspace, profile_id: profile, root_id: root, version: 1 })),
  );
  await insertRows(
    deps,
    'customers',
    people.map((person) => ({
      workspace_id: workspace,
      profile_id: person,
      members: [...roots].filter(([, root]) => root === person).map(([profile]) => profile),
      traits: {},
      consents: {},
      namespaces: [],
      first_seen: chTime(start),
      removed: false,
      version: 1,
    })),
  );
  return { workspace, roots, people, orders, events };
}

export interface Facts {
  readonly last: number;
  readonly orders: number;
  readonly revenue: number;
  readonly engagement: number;
}

/** The same facts, added up here. */
export function factsOf({ orders, events, roots }: World, now: number, site?: string): Map<number, Facts> {
  const facts = new Map<number, Facts>();
  for (const { profile, at, cents, refundedCents, status, site: own } of orders) {
    if (status !== 'completed' || at > now || (site !== undefined && own !== site)) continue;
    const person = roots.get(profile) ?? profile;
    const known = facts.get(person) ?? { last: 0, orders: 0, revenue: 0, engagement: 0 };
    facts.set(person, {
      ...known,
      last: Math.max(known.last, at),
      orders: known.orders + 1,
      revenue: Math.round(known.revenue * 100 + cents - refundedCents) / 100,
    });
  }
  for (const { profile, at, type, bot } of events) {
    const person = roots.get(profile) ?? profile;
    const known = facts.get(person);
    if (known === undefined || bot || !['page', 'track'].includes(type) || at > now || at <= now - 90 * day) continue;
    if (site === undefined) facts.set(person, { ...known, engagement: known.engagement + 1 });
  }
  return facts;
}

/** Scores of one to five: of each fact, how many of the four ends of fifths it lies beyond. */
export function ends(values: readonly number[]): number[] {
  const sorted = [...values].sort((one, other) => one - other);
  return [1, 2, 3, 4].map((fifth) => sorted[Math.ceil((fifth * sorted.length) / 5) - 1] ?? 0);
}
export const beyond = (value: number, of: readonly number[]): number => of.filter((end) => value > end).length;

/** The rules of the documentation, written again by hand. */
export function personaByHand(r: number, f: number, m: number): string {
  const fm = Math.round((f + m) / 2 + 0.01);
  if (r === 5) return f === 1 ? 'new' : fm >= 4 ? 'champions' : fm === 1 ? 'new' : 'potential';
  if (r === 4) return f === 1 ? 'promising' : fm === 5 ? 'champions' : fm >= 3 ? 'loyal' : 'potential';
  if (r === 3) return fm >= 4 ? 'loyal' : fm >= 2 ? 'needs_attention' : 'about_to_sleep';
  if (r === 2) return fm >= 3 ? 'at_risk' : fm === 2 ? 'about_to_sleep' : 'hibernating';
  return fm >= 4 ? 'cant_lose' : fm === 3 ? 'at_risk' : fm === 2 ? 'hibernating' : 'lost';
}

export function scoreAll(facts: ReadonlyMap<number, Facts>, now: number) {
  const all = [...facts.values()];
  const ages = ends(all.map(({ last }) => now - last));
  const counts = ends(all.map(({ orders }) => orders));
  const sums = ends(all.map(({ revenue }) => revenue));
  return new Map(
    [...facts].map(([person, fact]) => {
      const r = 5 - beyond(now - fact.last, ages);
      const f = 1 + beyond(fact.orders, counts);
      const m = 1 + beyond(fact.revenue, sums);
      return [person, { ...fact, r, f, m, persona: personaByHand(r, f, m) }];
    }),
  );
}
