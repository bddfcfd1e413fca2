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
});
