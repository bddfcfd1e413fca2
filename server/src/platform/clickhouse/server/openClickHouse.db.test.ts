import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeClickhouse } from '../../../../test/clickhouseCases.ts';
import { type ClickhouseServer, startClickhouseServer } from '../../../../test/clickhouseProcess.ts';
import { createLog } from '../../log.ts';
import { migrateClickhouse } from '../migrate.ts';
import type { Ch } from '../types.ts';
import { openClickHouse } from './openClickHouse.ts';

const log = createLog('silent');
const folder = mkdtempSync(join(tmpdir(), 'vitrail-clickhouse-'));
let server: ClickhouseServer;
let ch: Ch;
beforeAll(async () => {
  server = await startClickhouseServer(folder);
  ch = await openClickHouse({ url: server.url, log });
  await migrateClickhouse(ch, log);
});
afterAll(async () => {
  await ch.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});

describeClickhouse('ClickHouse by URL', () => ch);

describe('ClickHouse by URL: its own promises', () => {
  const unavailable = { kind: 'unavailable', code: 'platform.analytics_unavailable' };

  it('describes itself by its host alone', () => {
    expect(ch.description).toMatch(/^ClickHouse \d+\.\d+ at 127\.0\.0\.1:\d+$/);
  });

  it('says that a server cannot be reached, without its password', async () => {
    const refusal = await openClickHouse({ url: 'http://me:secret@127.0.0.1:9', log }).catch((error: unknown) => error);
    expect(refusal).toMatchObject(unavailable);
    expect(String(refusal)).toMatch(/cannot be reached \(ECONNREFUSED\)/);
    expect(JSON.stringify(refusal)).not.toMatch(/secret/);
  });

  it('says that a password is wrong', async () => {
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    await expect(openClickHouse({ url: wrong.href, log })).rejects.toThrow(/refuses the user or the password/);
  });

  it('refuses an address that is none, without repeating it', async () => {
    const refusal = await openClickHouse({ url: 'localhost:secret', log }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ kind: 'invalid', code: 'platform.clickhouse_url' });
    expect(String(refusal)).not.toMatch(/secret/);
  });

  it('is unavailable once the server is gone', async () => {
    const other = mkdtempSync(join(tmpdir(), 'vitrail-clickhouse-'));
    const shortLived = await startClickhouseServer(other);
    const gone = await openClickHouse({ url: shortLived.url, log });
    await shortLived.stop();
    await expect(gone.size()).rejects.toMatchObject(unavailable);
    await gone.close();
    await expect(gone.size()).rejects.toMatchObject(unavailable);
    rmSync(other, { recursive: true });
  });
});
