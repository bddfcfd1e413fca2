import { expect, it } from 'vitest';
import { insertRows } from '../../../../test/buyers.ts';
import { ask, build, eventRow, fresh, openShop, signal } from '../../../../test/recommendShop.ts';
import { useStores } from '../../../../test/stores.ts';
import { encodeProfileId } from '../../../collect/index.ts';
import { readReport } from '../report.ts';
import { refresh } from './refresh.ts';

const deps = useStores();
const products = 200_000;

it('a catalogue of 200,000 products is built within bounds, answers with filters, and follows what is new', async () => {
  const { workspace, people } = await openShop(deps, products, 400);
  const before = process.memoryUsage().rss;
  await build(deps, workspace);
  // The whole night may take 2.5 GB, and this process holds two engines and the tests beside.
  expect(process.memoryUsage().rss - before).toBeLessThan(1.5 * 2 ** 30);
  const asking = fresh(deps);
  const report = await readReport(asking, workspace);
  expect(report).toMatchObject({ items: products, catalogue: { products, alarm: null } });
  const [person = 0] = people;
  const all = await ask(deps, workspace, { profile: encodeProfileId(person), limit: 50 }, asking);
  expect(all.items).toHaveLength(50);
  const narrow = { category: ['Women > Kind 1'], size: ['m'], limit: 50 };
  // Every second product is of size M, and those of the second kind are all odd.
  expect((await ask(deps, workspace, narrow, asking)).eligible).toBe(0);
  const large = await ask(deps, workspace, { ...narrow, size: ['l'] }, asking);
  expect(large).toMatchObject({ eligible: products / 4 });
  expect(large.items).toHaveLength(50);
  deps.clock.advance(60_000);
  const at = deps.clock.now().getTime() - 1_000;
  await insertRows(
    deps,
    'events',
    people
      .slice(0, 20)
      .map((each) => eventRow(workspace, each, 'Product Viewed', at, { product_id: `p${products - 1}` })),
  );
  expect(await refresh(deps, workspace, signal)).toBe('refreshed');
  const trending = await ask(deps, workspace, { strategy: 'trending', limit: 1 });
  expect(trending.items[0]?.product.productId).toBe(`p${products - 1}`);
}, 300_000);
