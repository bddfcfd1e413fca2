import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeClickhouse } from '../../../../test/clickhouseCases.ts';
import { createLog } from '../../log.ts';
import { migrateClickhouse } from '../migrate.ts';
import type { Ch } from '../types.ts';
import { openChdb } from './openChdb.ts';

const log = createLog('silent');
const dataDir = mkdtempSync(join(tmpdir(), 'vitrail-chdb-'));
let ch: Ch;
beforeAll(async () => {
  ch = await openChdb({ dataDir, log });
  await migrateClickhouse(ch, log);
});
afterAll(async () => {
  await ch.close();
  rmSync(dataDir, { recursive: true });
});

describeClickhouse('embedded chDB', () => ch);

describe('embedded chDB: its own promises', () => {
  it('streams a million rows as Parquet in bounded memory', async () => {
    const wide = {
      name: 'test.wide',
      text: 'select number as id, randomPrintableASCII(600) as properties from numbers(1000000)',
      params: {},
      row: { id: 'UInt64', properties: 'String' },
    } as const;
    const before = process.memoryUsage.rss();
    let [peak, bytes] = [0, 0];
    for await (const chunk of ch.stream(wide, {}, { format: 'Parquet' })) {
      bytes += chunk.length;
      peak = Math.max(peak, process.memoryUsage.rss());
    }
    expect(bytes).toBeGreaterThan(400_000_000);
    expect(peak - before).toBeLessThan(300_000_000);
  });

  it('stops what runs when it closes, and is unavailable from then on', async () => {
    const endless = {
      name: 'test.endlessOfOpenChdb',
      text: 'select sum(sipHash64(number, number + 1)) as answer from numbers(100000000000)',
      params: {},
      row: { answer: 'UInt64' },
    } as const;
    const closed = { kind: 'unavailable', code: 'platform.analytics_unavailable' };
    const asked = Promise.allSettled([1, 2, 3].map(() => ch.rows(endless, {}, { lane: 'heavy' })));
    const row = { workspace_id: 1, at: '2026-11-21T10:00:00Z', id: 'last' };
    const inserted = ch.insert('drops', Buffer.from(JSON.stringify(row)), { token: 'last' });
    await ch.close();
    const refused = { status: 'rejected', reason: closed };
    expect(await asked).toMatchObject([refused, refused, refused]);
    await inserted;
    await expect(ch.size()).rejects.toMatchObject(closed);
    await expect(ch.insert('drops', Buffer.from('{}'), { token: 'later' })).rejects.toMatchObject(closed);

    ch = await openChdb({ dataDir, log });
    const kept = { name: 'test.kept', text: `select count() as rows from drops where id = 'last'` } as const;
    expect(await ch.rows({ ...kept, params: {}, row: { rows: 'UInt64' } }, {})).toEqual([{ rows: 1 }]);
  });
});
