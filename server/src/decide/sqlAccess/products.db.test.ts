import { randomUUID } from 'node:crypto';
import { sqlAnswerSchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { createWorkspace, type TestWorkspace } from '../../../test/builders.ts';
import { useApp } from '../../../test/httpApp.ts';
import { createKeyHeaders } from '../../../test/people.ts';
import { useStores } from '../../../test/stores.ts';
import { createProductImporter, type Product } from '../../collect/catalog/index.ts';
import { registerSqlRoutes } from './routes.ts';
import { findProductCopy } from './sql/products.ch.ts';

const deps = useStores();
const opened = useApp(deps, { rooms: (app) => registerSqlRoutes(app, deps) });

const product = (productId: string, overrides: Partial<Product> = {}): Product => ({
  productId,
  groupId: 'boots',
  title: `Boot ${productId}`,
  description: null,
  brand: 'Verrière',
  category: 'Women > Shoes',
  link: null,
  imageLink: null,
  gtin: null,
  size: '38',
  color: null,
  availability: 'in_stock',
  stock: 5,
  price: { amount: '100.0000', currency: 'EUR', sale: null },
  site: null,
  attributes: { season: 'winter' },
  ...overrides,
});

async function readFeed(workspace: TestWorkspace, products: readonly Product[], site = ''): Promise<void> {
  const importer = createProductImporter(deps, { workspaceId: workspace.id, runId: randomUUID(), site, full: true });
  await deps.pg.transaction((tx) => importer.apply(tx, products, []));
  await deps.pg.transaction((tx) => importer.finish(tx));
}

async function ask(workspace: TestWorkspace, query: string): Promise<unknown[][]> {
  const headers = await createKeyHeaders(deps, workspace.id, ['sql.read']);
  const answer = await opened.app.inject({ method: 'POST', url: '/api/v1/sql', headers, payload: { query } });
  return sqlAnswerSchema.parse(answer.json()).rows;
}

describe('the view of products', () => {
  it('has what the catalogue has, prices of each site side by side', async () => {
    const workspace = await createWorkspace(deps);
    await readFeed(workspace, [
      product('p1', { site: 'fr', price: { amount: '120.0000', currency: 'EUR', sale: '90.0000' } }),
      product('p1', { site: 'uk', price: { amount: '80.0000', currency: 'GBP', sale: null } }),
      product('p2', { brand: null, stock: null, price: null, availability: 'out_of_stock' }),
    ]);
    const rows = await ask(
      workspace,
      `select product_id, group_id, title, brand, category, size, availability, stock, on_sale, price, sites, currencies,
         prices, sale_prices, attributes['season'], removed_at from products order by product_id`,
    );
    expect(rows).toEqual([
      [
        ...['p1', 'boots', 'Boot p1', 'Verrière', 'Women > Shoes', '38', 'in_stock', 5, true, 90],
        ...[['fr', 'uk'], ['EUR', 'GBP'], [120, 80], [90, null], 'winter', null],
      ],
      [
        ...['p2', 'boots', 'Boot p2', '', 'Women > Shoes', '38', 'out_of_stock', null, true, null],
        ...[[], [], [], [], 'winter', null],
      ],
    ]);
  });

  it('follows every feed: what changed, what is gone, a price that alone is new', async () => {
    const workspace = await createWorkspace(deps);
    const known = 'select product_id, stock, price, on_sale from products order by product_id';
    await readFeed(workspace, [product('p1'), product('p2')]);
    expect(await ask(workspace, known)).toEqual([
      ['p1', 5, 100, true],
      ['p2', 5, 100, true],
    ]);
    deps.clock.advance(1_000);
    await readFeed(workspace, [
      product('p1', { stock: 0, availability: 'out_of_stock' }),
      product('p3', { price: { amount: '10.5000', currency: 'EUR', sale: null } }),
    ]);
    expect(await ask(workspace, known)).toEqual([
      ['p1', 0, 100, true],
      ['p2', 5, 100, false],
      ['p3', 5, 10.5, true],
    ]);
    deps.clock.advance(1_000);
    await readFeed(workspace, [
      product('p1', { stock: 0, availability: 'out_of_stock', price: { amount: '70', currency: 'EUR', sale: null } }),
      product('p3', { price: { amount: '10.5000', currency: 'EUR', sale: null } }),
    ]);
    expect((await ask(workspace, known))[0]).toEqual(['p1', 0, 70, true]);
  });

  it('is copied once for as long as nothing changes, and again when a copy was cut off', async () => {
    const workspace = await createWorkspace(deps);
    await readFeed(workspace, [product('p1'), product('p2')]);
    const copyAfter = async () => {
      const rows = await ask(workspace, 'select product_id, title from products order by product_id');
      const [copy] = await deps.ch.rows(findProductCopy, { workspace: workspace.id });
      deps.clock.advance(1_000);
      return { rows, version: copy?.version ?? 0, mark: copy?.mark ?? '' };
    };
    const first = await copyAfter();
    const again = await copyAfter();
    expect(again).toEqual(first);
    // As if the process had died after a part of a later copy.
    const part = { workspace_id: workspace.id, product_id: 'p1', title: 'half', catalogue: first.mark };
    const line = JSON.stringify({ ...part, updated_at: '2026-05-01 10:00:00', version: first.version + 5 });
    await deps.ch.insert('products', Buffer.from(line), { token: `part ${workspace.id}` });
    const mended = await copyAfter();
    expect(mended.rows).toEqual(first.rows);
    expect(mended.version).toBeGreaterThan(first.version + 5);
  });
});
