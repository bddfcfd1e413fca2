import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstLine, startProcess } from '../../../../test/clickhouseProcess.ts';
import { createLog } from '../../log.ts';
import { migrateClickhouse } from '../migrate.ts';
import type { ChQuery } from '../query.ts';
import type { Ch } from '../types.ts';
import { openChdb } from './openChdb.ts';

const log = createLog('silent');
const blocks: ChQuery<Record<never, never>, { block: 'UInt64'; rows: 'UInt64' }> = {
  name: 'test.blocks',
  text: 'select batch_id as block, count() as rows from drops group by batch_id order by batch_id',
  params: {},
  row: { block: 'UInt64', rows: 'UInt64' },
};

/** The writer's own rows and token, so that a repeat is the same insert. */
function insertBlock(ch: Ch, block: number): Promise<void> {
  const row = { workspace_id: 1, at: '2026-11-21T10:00:00Z', id: `block ${block}`, batch_id: block };
  const rows = Array.from({ length: 100 }, (_, index) => JSON.stringify({ ...row, message_id: `${index}` }));
  return ch.insert('drops', Buffer.from(rows.join('\n')), { token: `block ${block}` });
}

describe('the folder of embedded chDB', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'vitrail-crash-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('has every acknowledged block whole after kills in the middle of inserts, and takes every repeat exactly once', async () => {
    let acknowledged = -1;
    for (const lines of [5, 20, 40]) {
      const writer = startProcess('clickhouseWriter.ts', dataDir, String(acknowledged + 1));
      let seen = 0;
      for await (const line of createInterface(writer.stdout)) {
        acknowledged = Math.max(acknowledged, Number(line));
        if (++seen === lines) writer.kill('SIGKILL');
      }
      if (writer.signalCode === null) await once(writer, 'exit');
    }
    const ch = await openChdb({ dataDir, log });
    const found = await ch.rows(blocks, {});
    expect(found.every(({ rows }) => rows === 100)).toBe(true);
    // Two inserts ran at once, so two blocks may be beyond the last acknowledged one.
    for (let block = 0; block <= acknowledged + 2; block++) await insertBlock(ch, block);
    const whole = Array.from({ length: acknowledged + 3 }, (_, block) => ({ block, rows: 100 }));
    expect(await ch.rows(blocks, {})).toEqual(whole);
    await ch.close();
  }, 120_000);

  it('accepts the repeat of an insert whose token was noted but whose rows never came into place', async () => {
    const before = await openChdb({ dataDir, log });
    await migrateClickhouse(before, log);
    await insertBlock(before, 1);
    await insertBlock(before, 2);
    await before.close();
    const store = join(dataDir, 'tables', 'store');
    const parts = readdirSync(store, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('/all_2_2_0'),
    );
    const drops = parts.filter((name) => !readdirSync(join(store, name)).includes('number.bin'));
    // What a kill between the two steps leaves behind: the newest part of the table is not there.
    for (const part of drops) rmSync(join(store, part), { recursive: true });

    const after = await openChdb({ dataDir, log });
    expect(await after.rows(blocks, {})).toEqual([{ block: 1, rows: 100 }]);
    for (const block of [1, 2]) await insertBlock(after, block);
    expect(await after.rows(blocks, {})).toEqual([1, 2].map((block) => ({ block, rows: 100 })));
    await after.close();
  });

  it('refuses a folder that another process has open', async () => {
    const writer = startProcess('clickhouseWriter.ts', dataDir, '0');
    await firstLine(writer);
    const refusal = { kind: 'conflict', code: 'platform.analytics_in_use' };
    await expect(openChdb({ dataDir, log })).rejects.toMatchObject(refusal);
    writer.kill('SIGKILL');
    await once(writer, 'exit');
  });
});
