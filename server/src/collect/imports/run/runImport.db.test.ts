import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportKind } from '@vitrail/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { poll } from '../../../../test/poll.ts';
import { openShop, type Shop } from '../../../../test/shop.ts';
import { useStores } from '../../../../test/stores.ts';
import { type JobOutcome, pgQuery } from '../../../platform/index.ts';
import type { IngestRecords } from '../../pipeline/index.ts';
import { getImport } from '../showImport.ts';
import { storeUpload } from '../upload/storeUpload.ts';
import { importPath } from '../upload/uploadFiles.ts';
import { cleanImports } from './cleanImports.ts';
import { runJobName } from './jobNames.ts';
import { type ImportDeps, runImport } from './runImport.ts';
import { resumeImport, startImport, stopImport } from './startImport.ts';

const stores = useStores();
let shop: Shop;
beforeAll(async () => {
  // The work is started by hand here: a job that does nothing takes the messages.
  stores.jobs.define({ name: runJobName, run: async (): Promise<JobOutcome> => ({ skipped: 'started by the test' }) });
  await stores.jobs.start({ workers: true, schedules: false });
  shop = await openShop(stores);
  await mkdir(stores.filesDir, { recursive: true });
});
afterAll(() => shop.pipeline.stop());

const readTotals = pgQuery({
  name: 'test.readRunTotals',
  params: { workspace: 'int4' },
  row: { orders: 'int8', total: 'numeric?', messages: 'int8' },
  text: `select (select count(*) from unify."order" where workspace_id = :workspace) as orders,
                (select sum(total) from unify."order" where workspace_id = :workspace) as total,
                (select count(*) from collect.message where workspace_id = :workspace) as messages`,
});
const forget = pgQuery({
  name: 'test.forgetLease',
  params: { id: 'uuid' },
  row: {},
  text: `update collect.import set lease_until = now() - interval '1 second' where id = :id`,
});
const countRejects = pgQuery({
  name: 'test.countRejects',
  params: { id: 'uuid' },
  row: { rows: 'int8', distinct: 'int8' },
  text: `select count(*) as rows, count(distinct row) as distinct from collect.import_reject where import_id = :id`,
});

/** Orders of one unit each; every tenth row is rejected. */
function orders(count: number): { csv: string; good: number } {
  const prefix = randomUUID().slice(0, 8);
  const rows = Array.from({ length: count }, (_, index) =>
    index % 10 === 9 ? `${prefix}-${index},2024-01-99,1` : `${prefix}-${index},2024-01-02,1`,
  );
  return { csv: `order_id,date,total\n${rows.join('\n')}\n`, good: count - Math.floor(count / 10) };
}

async function begin(kind: ImportKind, csv: string): Promise<string> {
  const upload = await storeUpload(stores.filesDir, shop.id, { content: Readable.from([csv]), name: 'f.csv' }, 1e9);
  const request = { kind, mapping: {}, options: {}, sourceId: null, by: 'test' };
  return (await startImport(stores, shop.id, upload, request)).id;
}

const depsWith = (ingest: IngestRecords): ImportDeps => ({
  pg: stores.pg,
  clock: stores.clock,
  log: stores.log,
  filesDir: stores.filesDir,
  ingest,
  partners: { take: async () => Promise.reject(new Error('no partner here')), taken: async () => undefined },
});
const never = new AbortController().signal;

describe('an import that is interrupted', () => {
  it('by a cancellation stops within a chunk, and resumed ends with every row exactly once', async () => {
    const before = await stores.pg.row(readTotals, { workspace: shop.id });
    const { csv, good } = orders(15_000);
    const id = await begin('orders', csv);
    const cancelling: IngestRecords = async (ingestion) => {
      await shop.pipeline.ingest(ingestion);
      await stopImport(stores, shop.id, id);
    };
    expect(await runImport(depsWith(cancelling), id, never)).toEqual({ skipped: expect.any(String) });
    const cancelled = await getImport(stores.pg, shop.id, id);
    expect(cancelled).toMatchObject({ state: 'cancelled', resumable: true });
    expect(cancelled.rows).toBeGreaterThan(0);
    expect(cancelled.rows).toBeLessThan(10_000);

    expect(await resumeImport(stores, shop.id, id)).toBe(true);
    expect(await runImport(depsWith(shop.pipeline.ingest), id, never)).toEqual({ done: true });
    expect(await getImport(stores.pg, shop.id, id)).toMatchObject({
      state: 'done',
      rows: 15_000,
      accepted: good,
      rejected: 1_500,
      duplicates: 0,
      reasons: { date_unreadable: 1_500 },
    });
    expect(await stores.pg.row(countRejects, { id })).toEqual({ rows: 1_500, distinct: 1_500 });
    const after = await stores.pg.row(readTotals, { workspace: shop.id });
    expect((after?.orders ?? 0) - (before?.orders ?? 0)).toBe(good);
    expect(existsSync(importPath(stores.filesDir, id))).toBe(false);
  });

  it('by a crash right after a commit goes on at the exact row', async () => {
    const before = await stores.pg.row(readTotals, { workspace: shop.id });
    const { csv, good } = orders(12_000);
    const id = await begin('orders', csv);
    let chunks = 0;
    const crashing: IngestRecords = async (ingestion) => {
      await shop.pipeline.ingest(ingestion);
      chunks++;
      throw new Error('the process died here');
    };
    await expect(runImport(depsWith(crashing), id, never)).rejects.toThrow('died');
    expect(chunks).toBe(1);
    expect(await getImport(stores.pg, shop.id, id)).toMatchObject({ state: 'running', duplicates: 0 });
    await runImport(depsWith(shop.pipeline.ingest), id, never);
    expect(await getImport(stores.pg, shop.id, id)).toMatchObject({ state: 'done', accepted: good, duplicates: 0 });
    const after = await stores.pg.row(readTotals, { workspace: shop.id });
    expect((after?.messages ?? 0) - (before?.messages ?? 0)).toBe(good);
  });

  it('by a shutdown is left for the next start, which need not wait', async () => {
    const { csv, good } = orders(9_000);
    const id = await begin('orders', csv);
    const stop = new AbortController();
    const stopping: IngestRecords = async (ingestion) => {
      await shop.pipeline.ingest(ingestion);
      stop.abort();
    };
    await expect(runImport(depsWith(stopping), id, stop.signal)).rejects.toThrow('stopping');
    await runImport(depsWith(shop.pipeline.ingest), id, never);
    expect(await getImport(stores.pg, shop.id, id)).toMatchObject({ state: 'done', accepted: good, duplicates: 0 });
  });

  it('when two workers take it, one writes and the other leaves it alone', async () => {
    const { csv, good } = orders(9_000);
    const id = await begin('orders', csv);
    const slow: IngestRecords = async (ingestion) => {
      await stores.pg.run(forget, { id });
      await sleep(300);
      await shop.pipeline.ingest(ingestion);
    };
    const first = runImport(depsWith(slow), id, never);
    await poll('the first worker has it', async () => (await getImport(stores.pg, shop.id, id)).state === 'running');
    await sleep(150);
    const results = await Promise.all([first, runImport(depsWith(shop.pipeline.ingest), id, never)]);
    expect(results.filter((result) => 'done' in result)).toHaveLength(1);
    expect(await getImport(stores.pg, shop.id, id)).toMatchObject({ state: 'done', accepted: good, duplicates: 0 });
  });

  it('again and again without a row getting in is given up, and says so', async () => {
    const { csv } = orders(10);
    const id = await begin('orders', csv);
    const failing: IngestRecords = () => Promise.reject(new Error('no'));
    for (let attempt = 1; attempt < 6; attempt++)
      await expect(runImport(depsWith(failing), id, never)).rejects.toThrow('no');
    await runImport(depsWith(failing), id, never);
    expect(await getImport(stores.pg, shop.id, id)).toMatchObject({
      state: 'failed',
      error: { code: 'imports.gave_up' },
      resumable: true,
    });
  });
});

describe('order lines', () => {
  it('scattered over the file come together, also across an interruption', async () => {
    const prefix = randomUUID().slice(0, 8);
    const rows: string[] = [];
    for (let line = 0; line < 3; line++)
      for (let order = 0; order < 9_000; order++)
        rows.push(`${prefix}-${order},P${line},1,2024-05-05 10:00,${line + 1}.50`);
    const id = await begin('order-lines', `order_id,sku,qty,date,price\n${rows.join('\n')}\n`);
    let chunks = 0;
    const crashing: IngestRecords = async (ingestion) => {
      await shop.pipeline.ingest(ingestion);
      if (++chunks === 1) throw new Error('the process died here');
    };
    await expect(runImport(depsWith(crashing), id, never)).rejects.toThrow('died');
    await runImport(depsWith(shop.pipeline.ingest), id, never);
    expect(await getImport(stores.pg, shop.id, id)).toMatchObject({
      state: 'done',
      rows: 27_000,
      rowsTotal: 27_000,
      accepted: 27_000,
      duplicates: 0,
    });
    const sumOf = pgQuery({
      name: 'test.sumOrders',
      params: { workspace: 'int4', prefix: 'text' },
      row: { orders: 'int8', total: 'numeric' },
      text: `select count(*) as orders, sum(total) as total from unify."order"
             where workspace_id = :workspace and order_id like :prefix || '%'`,
    });
    expect(await stores.pg.row(sumOf, { workspace: shop.id, prefix })).toEqual({ orders: 9_000, total: '67500.0000' });
  });
});

describe('cleaning', () => {
  it('removes the file of a cancelled import after a week, which can then no longer be resumed', async () => {
    const { csv } = orders(10);
    const id = await begin('orders', csv);
    const stray = importPath(stores.filesDir, randomUUID());
    await writeFile(stray, 'never registered');
    await stopImport(stores, shop.id, id);
    expect(await cleanImports(stores)).toBe(0);
    stores.clock.advance(8 * 86_400_000);
    expect(await cleanImports(stores)).toBeGreaterThan(1);
    expect(existsSync(stray)).toBe(false);
    expect(existsSync(importPath(stores.filesDir, id))).toBe(false);
    expect(await resumeImport(stores, shop.id, id)).toBe(false);
    expect(await getImport(stores.pg, shop.id, id)).toMatchObject({ state: 'cancelled', resumable: false });
  });
});
