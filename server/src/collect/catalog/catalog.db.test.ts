import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { useApp } from '../../../test/httpApp.ts';
import { useStores } from '../../../test/stores.ts';
import { createProductImporter, type Product, registerCatalogRoutes } from './index.ts';

const deps = useStores();
const http = useApp(deps, { rooms: (app) => registerCatalogRoutes(app, deps) });

const product = (productId: string, overrides: Partial<Product> = {}): Product => ({
  productId,
  groupId: null,
  title: `Lamp ${productId}`,
  description: null,
  brand: 'Verrière',
  category: 'Maison > Luminaires',
  link: null,
  imageLink: null,
  gtin: null,
  size: null,
  color: null,
  availability: 'in_stock',
  stock: 5,
  price: { amount: '100.0000', currency: 'EUR', sale: null },
  site: null,
  attributes: { season: 'winter' },
  ...overrides,
});

async function readFeed(
  workspaceId: number,
  products: readonly Product[],
  { full = true, site = '', refused = [] as string[], batch = 1_000, runId = randomUUID() } = {},
) {
  const importer = createProductImporter(deps, { workspaceId, runId, site, full });
  const applied = { written: 0, changes: 0, duplicates: [] as number[] };
  for (let at = 0; at === 0 || at < products.length; at += batch) {
    const part = await deps.pg.transaction((tx) => importer.apply(tx, products.slice(at, at + batch), refused));
    applied.written += part.written;
    applied.changes += part.changes;
    applied.duplicates.push(...part.duplicates.map((position) => position + at));
  }
  const { removed } = await deps.pg.transaction((tx) => importer.finish(tx));
  return { ...applied, removed };
}

async function read(secretKey: string, url: string) {
  const response = await http.app.inject({ url, headers: { authorization: `Bearer ${secretKey}` } });
  return response.json();
}
const workspace = () => createWorkspace(deps, { scopes: ['catalog.read'] });
const changesOf = async (secretKey: string, id: string) =>
  (await read(secretKey, `/api/v1/products/${id}/changes`)).items.map(
    ({ kind, before, after }: { kind: string; before: string | null; after: string | null }) => [kind, before, after],
  );

describe('a product feed', () => {
  it('read again changes nothing', async () => {
    const { id, secretKey } = await workspace();
    const feed = Array.from({ length: 250 }, (_, index) => product(`P${index}`, { stock: index }));
    expect(await readFeed(id, feed, { batch: 100 })).toEqual({
      written: 500,
      changes: 250,
      duplicates: [],
      removed: 0,
    });
    expect(await readFeed(id, feed, { batch: 60 })).toEqual({ written: 0, changes: 0, duplicates: [], removed: 0 });
    expect(await changesOf(secretKey, 'P7')).toEqual([['added', null, 'in_stock']]);
  });

  it('tells what changed: stock gone and back, price drops and rises by what is paid', async () => {
    const { id, secretKey } = await workspace();
    const price = (amount: string, sale: string | null = null) => ({ price: { amount, currency: 'EUR', sale } });
    for (const step of [
      {},
      { stock: 0, availability: 'out_of_stock' as const },
      { stock: 3 },
      price('100.0000', '80.0000'),
      price('100.0000', '70.0000'),
      price('100.0000'),
      price('120.0000'),
      { ...price('120.0000'), availability: 'preorder' as const },
      { ...price('120.0000'), description: 'New text' },
    ])
      await readFeed(id, [product('P', step)]);
    expect((await changesOf(secretKey, 'P')).reverse()).toEqual([
      ['added', null, 'in_stock'],
      ['out_of_stock', 'in_stock', 'out_of_stock'],
      ['back_in_stock', 'out_of_stock', 'in_stock'],
      ['price_drop', '100.0000', '80.0000'],
      ['price_drop', '80.0000', '70.0000'],
      ['price_rise', '70.0000', '100.0000'],
      ['price_rise', '100.0000', '120.0000'],
      ['back_in_stock', 'preorder', 'in_stock'],
    ]);
  });
});

describe('a full product feed', () => {
  it('removes what a full feed no longer names, and brings it back', async () => {
    const { id, secretKey } = await workspace();
    await readFeed(id, [product('A'), product('B'), product('C')]);
    expect(await readFeed(id, [product('A')], { refused: ['C'] })).toMatchObject({ removed: 1, changes: 0 });
    expect((await read(secretKey, '/api/v1/products')).items.map((item: Product) => item.productId)).toEqual([
      'A',
      'C',
    ]);
    const gone = await read(secretKey, '/api/v1/products/B');
    expect(gone.removedAt).not.toBeNull();
    expect(gone.prices).toEqual([{ site: '', currency: 'EUR', price: 100, salePrice: null }]);
    expect(await readFeed(id, [product('A')], { refused: ['C'] })).toMatchObject({
      removed: 0,
      changes: 0,
      written: 0,
    });

    await readFeed(id, [product('A'), product('B'), product('C')]);
    expect(await changesOf(secretKey, 'B')).toEqual([
      ['back_in_stock', 'removed', 'in_stock'],
      ['removed', 'in_stock', null],
      ['added', null, 'in_stock'],
    ]);
  });

  it('removes nothing when it is partial, or names nothing at all', async () => {
    const { id } = await workspace();
    await readFeed(id, [product('A'), product('B')]);
    expect(await readFeed(id, [product('A')], { full: false })).toMatchObject({ removed: 0 });
    expect(await readFeed(id, [])).toMatchObject({ removed: 0 });
  });

  it('of one site leaves the products of another site alone', async () => {
    const { id, secretKey } = await workspace();
    const pounds = { price: { amount: '90.0000', currency: 'GBP', sale: null } };
    await readFeed(id, [product('A'), product('B')], { site: 'fr' });
    await readFeed(id, [product('A', pounds), product('C', pounds)], { site: 'uk' });
    expect(await readFeed(id, [product('B')], { site: 'fr' })).toMatchObject({ removed: 0 });
    const sold = await read(secretKey, '/api/v1/products/A');
    expect(sold.removedAt).toBeNull();
    expect(sold.prices).toEqual([{ site: 'uk', currency: 'GBP', price: 90, salePrice: null }]);
    expect(await readFeed(id, [product('C', pounds)], { site: 'uk' })).toMatchObject({ removed: 1 });
  });

  it('may hold several sites in one file', async () => {
    const { id, secretKey } = await workspace();
    const rows = [
      product('A', { site: 'fr', title: 'Lampe' }),
      product('A', { site: 'uk', title: 'Lamp', price: { amount: '90.0000', currency: 'GBP', sale: '80.0000' } }),
    ];
    expect(await readFeed(id, rows)).toMatchObject({ duplicates: [], changes: 1 });
    expect(await readFeed(id, rows, { batch: 1 })).toMatchObject({ written: 0, changes: 0 });
    expect(await read(secretKey, '/api/v1/products/A')).toMatchObject({
      title: 'Lampe',
      prices: [
        { site: 'fr', currency: 'EUR', price: 100, salePrice: null },
        { site: 'uk', currency: 'GBP', price: 90, salePrice: 80 },
      ],
    });
    expect(await readFeed(id, rows.slice(0, 1))).toMatchObject({ removed: 0 });
  });

  it('counts the first of two rows with one id, in any batch', async () => {
    const { id, secretKey } = await workspace();
    const twice = [product('A'), product('B'), product('A', { title: 'Other' }), product('B', { title: 'Other' })];
    expect(await readFeed(id, twice)).toMatchObject({ duplicates: [2, 3] });
    expect(await readFeed(id, twice, { batch: 3 })).toMatchObject({ duplicates: [2, 3], written: 0, changes: 0 });
    expect((await read(secretKey, '/api/v1/products/A')).title).toBe('Lamp A');
  });

  it('goes on after a stop with what it had named before', async () => {
    const { id } = await workspace();
    await readFeed(id, [product('A'), product('B'), product('C')]);
    const runId = randomUUID();
    const half = createProductImporter(deps, { workspaceId: id, runId, site: '', full: true });
    await deps.pg.transaction((tx) => half.apply(tx, [product('A')]));
    expect(await readFeed(id, [product('B')], { runId })).toMatchObject({ removed: 1 });
  });

  it('replaces the price when a site changes its currency, without telling a drop', async () => {
    const { id, secretKey } = await workspace();
    await readFeed(id, [product('A')]);
    await readFeed(id, [product('A', { price: { amount: '9.0000', currency: 'CHF', sale: null } })]);
    expect((await read(secretKey, '/api/v1/products/A')).prices).toEqual([
      { site: '', currency: 'CHF', price: 9, salePrice: null },
    ]);
    expect(await changesOf(secretKey, 'A')).toHaveLength(1);
  });

  it('that is partial keeps what its rows leave empty; a full one replaces it', async () => {
    const { id, secretKey } = await workspace();
    await readFeed(id, [product('A', { gtin: '37', color: 'blue' })]);
    const bare = { brand: null, category: null, stock: null, price: null, attributes: { note: 'x' } };
    await readFeed(id, [product('A', { ...bare, color: 'red' })], { full: false });
    expect(await read(secretKey, '/api/v1/products/A')).toMatchObject({
      brand: 'Verrière',
      gtin: '37',
      color: 'red',
      stock: 5,
      prices: [{ price: 100 }],
      attributes: { season: 'winter', note: 'x' },
    });
    await readFeed(id, [product('A', bare)]);
    expect(await read(secretKey, '/api/v1/products/A')).toMatchObject({
      brand: null,
      gtin: null,
      attributes: { note: 'x' },
    });
  });
});

describe('the catalogue', () => {
  async function shop() {
    const made = await workspace();
    await readFeed(made.id, [
      product('T-1-S', { groupId: 'T-1', title: 'T-shirt écru', brand: 'Ondée', category: 'Femme > Hauts', size: 'S' }),
      product('T-1-M', {
        groupId: 'T-1',
        title: 'T-shirt écru',
        brand: 'Ondée',
        category: 'Femme > Hauts',
        size: 'M',
        availability: 'out_of_stock',
      }),
      product('T-2', { title: 'Écharpe 100% laine', brand: 'Ondée', category: 'Femme' }),
      product('L-1', { title: 'Lampe_de chevet', gtin: '3700000000017' }),
      product('L-2', { title: 'Femmelette', category: 'Femmes' }),
    ]);
    return made;
  }
  const idsOf = (page: { items: { productId: string }[] }) => page.items.map(({ productId }) => productId);

  it('is searched by words of title, brand, barcode or id, without accents', async () => {
    const { secretKey } = await shop();
    const search = async (q: string) => idsOf(await read(secretKey, `/api/v1/products?q=${encodeURIComponent(q)}`));
    expect(await search('ECRU t-shirt')).toEqual(['T-1-M', 'T-1-S']);
    expect(await search('3700000000017')).toEqual(['L-1']);
    expect(await search('100%')).toEqual(['T-2']);
    expect(await search('lampe_')).toEqual(['L-1']);
    expect(await search('ondee m')).toContain('T-1-M');
    expect(await search('nothing')).toEqual([]);
  });

  it('is filtered by brand, category with what is below it, and availability', async () => {
    const { secretKey } = await shop();
    const filter = async (query: string) => idsOf(await read(secretKey, `/api/v1/products?${query}`));
    expect(await filter('category=Femme')).toEqual(['T-1-M', 'T-1-S', 'T-2']);
    expect(await filter('brand=Ond%C3%A9e&availability=in_stock')).toEqual(['T-1-S', 'T-2']);
    expect(await filter('q=ecru&availability=out_of_stock')).toEqual(['T-1-M']);
  });

  it('is paged without gaps or repeats, searched or not', async () => {
    const { id, secretKey } = await workspace();
    await readFeed(
      id,
      Array.from({ length: 23 }, (_, index) => product(`P${String(index).padStart(2, '0')}`)),
    );
    for (const query of ['', 'q=lamp&']) {
      const seen: string[] = [];
      let cursor = '';
      do {
        const page = await read(secretKey, `/api/v1/products?${query}limit=5${cursor}`);
        seen.push(...idsOf(page));
        cursor = page.next === null ? '' : `&cursor=${page.next}`;
      } while (cursor !== '');
      expect(new Set(seen).size).toBe(23);
      expect(seen).toHaveLength(23);
    }
  });

  it('is sorted by every column over pages, those without a value last, and refuses a cursor of another sort', async () => {
    const { id, secretKey } = await workspace();
    const wares = Array.from({ length: 9 }, (_, at) => ({
      ...product(`P${at}`),
      title: at % 2 === 0 ? `Étole ${at}` : `Lampe ${at}`,
      brand: at % 3 === 0 ? null : `Maison ${at % 2}`,
      stock: at % 4 === 0 ? null : at % 3,
    }));
    await readFeed(id, wares);
    const walk = async (query: string) => {
      const seen: { productId: string; brand: string | null; stock: number | null; title: string }[] = [];
      for (let cursor = ''; ; ) {
        const page = await read(secretKey, `/api/v1/products?${query}&limit=2${cursor}`);
        seen.push(...page.items);
        if (page.next === null) return seen;
        cursor = `&cursor=${page.next}`;
      }
    };
    for (const sort of ['title', 'brand', 'category', 'price', 'stock', 'updated']) {
      for (const order of ['asc', 'desc']) {
        const seen = await walk(`sort=${sort}&order=${order}`);
        expect(new Set(seen.map(({ productId }) => productId)).size).toBe(9);
        expect(seen).toHaveLength(9);
      }
    }
    expect((await walk('sort=title')).map(({ title }) => title.split(' ')[0])).toEqual([
      ...Array.from({ length: 5 }, () => 'Étole'),
      ...Array.from({ length: 4 }, () => 'Lampe'),
    ]);
    expect((await walk('sort=stock&order=desc')).map(({ stock }) => stock)).toEqual([
      2,
      2,
      1,
      1,
      0,
      0,
      null,
      null,
      null,
    ]);
    expect((await walk('sort=stock&q=lampe')).map(({ stock }) => stock)).toEqual([0, 1, 1, 2]);
    const { next } = await read(secretKey, '/api/v1/products?sort=title&limit=2');
    expect(await read(secretKey, `/api/v1/products?sort=brand&limit=2&cursor=${next}`)).toMatchObject({
      status: 400,
      code: 'http.bad_cursor',
    });
  });

  it('shows a product with its variants', async () => {
    const { secretKey } = await shop();
    const shirt = await read(secretKey, '/api/v1/products/T-1-S');
    expect(shirt).toMatchObject({ productId: 'T-1-S', attributes: { season: 'winter' }, changes: [{ kind: 'added' }] });
    expect(idsOf({ items: shirt.variants })).toEqual(['T-1-M']);
  });

  it('counts products, brands and categories', async () => {
    const { secretKey } = await shop();
    expect(await read(secretKey, '/api/v1/catalog/facets')).toMatchObject({
      products: 5,
      inStock: 4,
      outOfStock: 1,
      brands: [
        { name: 'Ondée', products: 3 },
        { name: 'Verrière', products: 2 },
      ],
    });
  });

  it('shows nothing of another workspace', async () => {
    await shop();
    const other = await workspace();
    expect((await read(other.secretKey, '/api/v1/products')).items).toEqual([]);
    expect(await read(other.secretKey, '/api/v1/products/T-1-S')).toMatchObject({ status: 404 });
    expect((await read(other.secretKey, '/api/v1/products/T-1-S/changes')).items).toEqual([]);
  });
});
