import { createReadStream } from 'node:fs';
import { afterAll, beforeAll, it } from 'vitest';
import { openShop, type Shop } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { startImport } from './run/startImport.ts';
import { runImport } from './run/runImport.ts';
import { storeUpload } from './upload/storeUpload.ts';
import { getImport } from './showImport.ts';
import { pgQuery } from '../../platform/index.ts';
const stores = useStores();
let shop: Shop;
beforeAll(async () => { stores.jobs.define({ name: 'collect.runImport', run: async () => ({ skipped: 'x' }) }); await stores.jobs.start({ workers: true, schedules: false }); shop = await openShop(stores); });
afterAll(() => shop.pipeline.stop());
const tot = pgQuery({ name: 'test.zz', params: { workspace: 'int4' }, row: { orders: 'int8', customers: 'int8', total: 'numeric?', lines: 'int8', refunds: 'int8', refunded: 'numeric?' }, text: `select (select count(*) from unify."order" where workspace_id=:workspace) as orders, (select count(*) from unify.profile where workspace_id=:workspace) as customers, (select sum(total) from unify."order" where workspace_id=:workspace) as total, (select count(*) from unify.order_line where workspace_id=:workspace) as lines, (select count(*) from unify.refund where workspace_id=:workspace) as refunds, (select sum(amount) from unify.refund where workspace_id=:workspace) as refunded` });
it('real', async () => {
  for (const [kind, f] of [['order-lines','/work/shared/data/commerce/online-retail/orders-2010-12_2011-04.csv.gz'],['order-lines','/work/shared/data/commerce/online-retail/orders-2011-05_2011-09.csv.gz'],['orders','/tmp/imports/orders200k.csv'],['people','/tmp/imports/people50k.csv']] as const) {
    const upload = await storeUpload(stores.filesDir, shop.id, { content: createReadStream(f), name: 'f' }, 1e9);
    const { id } = await startImport(stores, shop.id, upload, { kind, mapping: {}, options: {}, sourceId: null, by: 't' });
    const c0 = process.cpuUsage(), t = performance.now();
    await runImport({ pg: stores.pg, clock: stores.clock, log: stores.log, filesDir: stores.filesDir, ingest: shop.pipeline.ingest }, id, new AbortController().signal);
    const c = process.cpuUsage(c0), wall = performance.now() - t;
    await shop.settle();
    const i = await getImport(stores.pg, shop.id, id);
    console.log(kind, i.state, i.rows, i.accepted, i.rejected, i.duplicates, JSON.stringify(i.reasons), i.error, 'wall rows/s', i.rows / wall * 1000 | 0, 'settled', i.rows/(performance.now()-t)*1000|0, 'node cpu-s', (c.user + c.system) / 1e6, JSON.stringify(await stores.pg.row(tot, { workspace: shop.id })));
  }
}, 600000);
