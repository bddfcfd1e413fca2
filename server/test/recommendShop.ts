import { type RecommendationQuery, recommendationQuerySchema } from '@vitrail/contracts';
import { executeBuild, startBuild } from '../src/decide/recommend/build/executeRun.ts';
import { createRecommendDeps, recommend } from '../src/decide/recommend/serve/recommend.ts';
import { pgQuery } from '../src/platform/index.ts';
import { createWorkspace } from './builders.ts';
import { insertRows, orderRow } from './buyers.ts';
import type { TestDeps } from './stores.ts';

const insertPeople = pgQuery({
  name: 'test.insertRecommendPeople',
  params: { workspace: 'int4', ids: 'int8[]', at: 'timestamptz' },
  row: {},
  text: `insert into unify.profile (workspace_id, id, root_id, first_seen_at, last_seen_at, created_at)
    overriding system value select :workspace, id, id, :at, :at, :at from unnest(:ids) as row (id)`,
});
export const joinPeople = pgQuery({
  name: 'test.joinRecommendPeople',
  params: { workspace: 'int4', id: 'int8', root: 'int8' },
  row: {},
  text: `update unify.profile set root_id = :root where workspace_id = :workspace and id = :id`,
});
const insertProducts = pgQuery({
  name: 'test.insertRecommendProducts',
  params: {
    workspace: 'int4',
    ids: 'text[]',
    groups: 'text[]',
    brands: 'text[]',
    categories: 'text[]',
    sizes: 'text[]',
    availabilities: 'text[]',
    at: 'timestamptz',
  },
  row: {},
  text: `insert into collect.product
      (workspace_id, product_id, group_id, title, brand, category, size, availability, attributes, search, updated_at)
    select :workspace, id, group_id, 'Product ' || id, brand, category, size, availability,
      '{"rating": "4.5", "review_count": 12}', lower('product ' || id), :at
    from unnest(:ids, :groups, :brands, :categories, :sizes, :availabilities)
      as row (id, group_id, brand, category, size, availability)`,
});
const insertPrices = pgQuery({
  name: 'test.insertRecommendPrices',
  params: { workspace: 'int4', ids: 'text[]', prices: 'numeric[]', at: 'timestamptz' },
  row: {},
  text: `insert into collect.product_price (workspace_id, product_id, site, currency, price, updated_at)
    select :workspace, id, '', 'EUR', price, :at from unnest(:ids, :prices) as row (id, price)`,
});
const insertOrders = pgQuery({
  name: 'test.insertRecommendOrders',
  params: { workspace: 'int4', ids: 'text[]', profiles: 'int8[]', times: 'timestamptz[]' },
  row: {},
  text: `insert into unify."order" (workspace_id, order_id, profile_id, source_id, status, ordered_at, content_at, version)
    select :workspace, id, profile, 1, 'completed', at, at, 1 from unnest(:ids, :profiles, :times) as row (id, profile, at)`,
});
const insertLines = pgQuery({
  name: 'test.insertRecommendLines',
  params: { workspace: 'int4', orders: 'text[]', lines: 'int4[]', products: 'text[]' },
  row: {},
  text: `insert into unify.order_line (workspace_id, order_id, line, product_id, quantity)
    select :workspace, id, line, product, 1 from unnest(:orders, :lines, :products) as row (id, line, product)`,
});
export const changeProducts = pgQuery({
  name: 'test.changeRecommendProducts',
  params: { workspace: 'int4', ids: 'text[]', availability: 'text', removed: 'timestamptz?', at: 'timestamptz' },
  row: {},
  text: `update collect.product set availability = :availability, removed_at = :removed, updated_at = :at
    where workspace_id = :workspace and product_id = any(:ids)`,
});

export const start = Date.parse('2026-05-01T09:00:00Z');
export const hour = 3_600_000;
export const day = 24 * hour;
let lastProfile = 700_000;
let message = 0;

export interface Shop {
  readonly workspace: number;
  readonly products: readonly string[];
  readonly people: readonly number[];
}
export const signal = new AbortController().signal;
export const actor = { kind: 'user', id: 'someone' } as const;

export const eventRow = (workspace: number, profile: number, event: string, at: number, more: object) => ({
  workspace_id: workspace,
  profile_id: profile,
  timestamp: new Date(at).toISOString(),
  received_at: new Date(at).toISOString(),
  message_id: `recommend-${++message}`,
  type: 'track',
  event,
  site: '',
  ...more,
});

export async function addProducts(
  deps: TestDeps,
  workspace: number,
  ids: readonly string[],
  categoryOf: (index: number) => string,
): Promise<void> {
  const at = deps.clock.now();
  await deps.pg.run(insertProducts, {
    workspace,
    ids,
    groups: ids.map(() => null),
    brands: ids.map((_, index) => `Brand ${index % 5}`),
    categories: ids.map((_, index) => categoryOf(index)),
    sizes: ids.map((_, index) => (index % 2 === 0 ? 'M' : 'L')),
    availabilities: ids.map(() => 'in_stock'),
    at,
  });
  await deps.pg.run(insertPrices, { workspace, ids, prices: ids.map((_, index) => String(10 + index)), at });
}

export async function addPeople(deps: TestDeps, workspace: number, count: number): Promise<number[]> {
  const ids = Array.from({ length: count }, () => ++lastProfile);
  await deps.pg.run(insertPeople, { workspace, ids, at: deps.clock.now() });
  return ids;
}

export interface Placed {
  readonly id: string;
  readonly profile: number;
  /** Milliseconds. */
  readonly at: number;
  readonly products: readonly string[];
  readonly quantity: number;
  readonly price: number;
}

/** Orders, and their copies for counting. */
export async function placeOrders(deps: TestDeps, workspace: number, orders: readonly Placed[]): Promise<void> {
  const lines = orders.flatMap((order) => order.products.map((product, line) => ({ order, product, line })));
  await deps.pg.run(insertOrders, {
    workspace,
    ids: orders.map(({ id }) => id),
    profiles: orders.map(({ profile }) => profile),
    times: orders.map(({ at }) => new Date(at)),
  });
  await deps.pg.run(insertLines, {
    workspace,
    orders: lines.map(({ order }) => order.id),
    lines: lines.map(({ line }) => line),
    products: lines.map(({ product }) => product),
  });
  const copied = { refundedCents: 0, status: 'completed', site: '' };
  await insertRows(
    deps,
    'customer_orders',
    orders.map(({ id, profile, at, products, quantity, price }) =>
      orderRow(workspace, { ...copied, id, profile, at, cents: products.length * quantity * price * 100 }, 1),
    ),
  );
  await insertRows(
    deps,
    'customer_order_lines',
    lines.map(({ order: { id, profile, at, quantity, price }, product, line }) => ({
      workspace_id: workspace,
      profile_id: profile,
      order_id: id,
      line,
      ordered_at: new Date(at).toISOString(),
      product_id: product,
      quantity,
      price,
      base_price: price,
      removed: false,
      version: 1,
    })),
  );
}

/** Four categories of products; everybody likes one of them and now and then something else. */
export async function openShop(deps: TestDeps, products: number, people: number): Promise<Shop> {
  deps.clock.set(new Date(start).toISOString());
  const { id: workspace } = await createWorkspace(deps, { timeZone: 'Europe/Paris' });
  const ids = Array.from({ length: products }, (_, index) => `p${index}`);
  await addProducts(deps, workspace, ids, (index) => `Women > Kind ${index % 4}`);
  const profiles = await addPeople(deps, workspace, people);
  let state = 7;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const pick = (taste: number): string => {
    const kind = random() < 0.85 ? taste : Math.floor(random() * 4);
    return ids[Math.min(products - 1, Math.floor((random() ** 2 * products) / 4) * 4 + kind)] ?? 'p0';
  };
  const events: object[] = [];
  const orders: Placed[] = [];
  for (const [index, profile] of profiles.entries()) {
    for (let n = 0; n < 8; n += 1) {
      const name = random() < 0.8 ? 'Product Viewed' : 'Product Added';
      events.push(eventRow(workspace, profile, name, start - random() * 60 * day, { product_id: pick(index % 4) }));
    }
    const at = start - random() * 60 * day;
    orders.push({
      id: `o${profile}`,
      profile,
      at,
      products: [pick(index % 4), pick(index % 4)],
      quantity: 1,
      price: 25,
    });
  }
  await insertRows(deps, 'events', events);
  await placeOrders(deps, workspace, orders);
  return { workspace, products: ids, people: profiles };
}

export async function build(
  deps: TestDeps,
  workspace: number,
  trigger: 'manual' | 'nightly' = 'nightly',
): Promise<void> {
  const run = await startBuild(deps, workspace, actor, trigger);
  const outcome = await executeBuild(deps, workspace, run, signal);
  if (!('done' in outcome)) throw new Error(`the build was skipped: ${outcome.skipped}`);
}

/** A process that has asked nothing yet. */
export const fresh = (deps: TestDeps) => createRecommendDeps(deps);
export const ask = (deps: TestDeps, workspace: number, query: Partial<RecommendationQuery>, asking = fresh(deps)) =>
  recommend(asking, workspace, { ...recommendationQuerySchema.parse({}), ...query });
