import { createLinks } from '../src/communicate/consent/linkTokens.ts';
import {
  createCountdownLinks,
  createRenderer,
  type MessageLinks,
  type Renderer,
} from '../src/communicate/templates/index.ts';
import { type JsonObject, pgQuery } from '../src/platform/index.ts';
import type { TestDeps } from './stores.ts';

const insertProducts = pgQuery({
  name: 'test.insertTemplateProducts',
  params: { workspace: 'int4', ids: 'text[]', titles: 'text[]', availabilities: 'text[]', at: 'timestamptz' },
  row: {},
  text: `insert into collect.product
      (workspace_id, product_id, title, link, image_link, availability, attributes, search, updated_at)
    select :workspace, id, title, 'https://shop.example/p/' || id || '?a=1&b=2', 'https://cdn.example/' || id || '.jpg',
      availability, '{}', lower(title), :at
    from unnest(:ids, :titles, :availabilities) as row (id, title, availability)`,
});
const insertPrices = pgQuery({
  name: 'test.insertTemplatePrices',
  params: { workspace: 'int4', ids: 'text[]', prices: 'numeric[]', at: 'timestamptz' },
  row: {},
  text: `insert into collect.product_price (workspace_id, product_id, site, currency, price, sale_price, updated_at)
    select :workspace, id, '', 'EUR', price, price - 10, :at from unnest(:ids, :prices) as row (id, price)`,
});
const insertPerson = pgQuery({
  name: 'test.insertTemplatePerson',
  params: { workspace: 'int4', root: 'int8?', traits: 'jsonb', at: 'timestamptz' },
  row: { id: 'int8' },
  text: `
    with next as (select nextval(pg_get_serial_sequence('unify.profile', 'id')) as id)
    insert into unify.profile (workspace_id, id, root_id, created_at, first_seen_at, last_seen_at, traits)
    overriding system value select :workspace, id, coalesce(:root, id), :at, :at, :at, :traits from next
    returning id`,
});

/** Products with a link, a picture and a price of 50 that is 40 now. */
export async function addProducts(
  deps: TestDeps,
  workspace: number,
  products: readonly { id: string; title?: string; availability?: string }[],
): Promise<void> {
  const ids = products.map(({ id }) => id);
  const at = deps.clock.now();
  await deps.pg.run(insertProducts, {
    workspace,
    ids,
    titles: products.map(({ id, title }) => title ?? `Product ${id}`),
    availabilities: products.map(({ availability }) => availability ?? 'in_stock'),
    at,
  });
  await deps.pg.run(insertPrices, { workspace, ids, prices: ids.map(() => '50'), at });
}

/** A profile row with these traits; `under`: of a customer that is there already. */
export async function addPerson(
  deps: TestDeps,
  workspace: number,
  traits: JsonObject,
  { under, at = deps.clock.now() }: { under?: number; at?: Date } = {},
): Promise<number> {
  const stated = Object.fromEntries(
    Object.entries(traits).map(([name, value]) => [name, { value, at: at.toISOString(), source: 1 }]),
  );
  const row = await deps.pg.row(insertPerson, { workspace, root: under ?? null, traits: stated, at });
  if (row === null) throw new Error('insert … returning gave no row');
  return row.id;
}

export const messageLinks = createLinks(Buffer.alloc(32, 9), 'https://news.shop.example');
export const countdownLinks = createCountdownLinks(messageLinks, 'https://news.shop.example');

/** Links as a message of this number would carry them; what is tracked stays readable. */
export const linksOf = (message: number, openPixel: string | null = null): MessageLinks => ({
  unsubscribe: `https://news.shop.example/m/u/${message}`,
  preferences: `https://news.shop.example/m/p/${message}`,
  track: (url, index) => `https://news.shop.example/m/c/${message}.${index}?to=${encodeURIComponent(url)}`,
  shorten: (url, place) => `https://s.example/${message}.${place}?to=${encodeURIComponent(url)}`,
  openPixel,
});

/** A renderer on a test's stores. */
export const createTestRenderer = (
  deps: TestDeps,
  more: Partial<Parameters<typeof createRenderer>[0]> = {},
): Renderer => createRenderer({ ...deps, countdown: countdownLinks.link, ...more });
