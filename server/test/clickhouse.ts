import { cpSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type Ch, createLog, migrateClickhouse, openChdb } from '../src/platform/index.ts';

const log = createLog('silent');

const createFolder = (): string => mkdtempSync(join(inject('scratch'), 'chdb-'));

/** A migrated folder that nobody opens: applying all migrations takes several times as long as copying what they made. */
let template: Promise<string> | null = null;
async function createTemplate(): Promise<string> {
  const folder = createFolder();
  const ch = await openChdb({ dataDir: folder, log, durable: false });
  await migrateClickhouse(ch, log);
  await ch.close();
  return folder;
}

/** A migrated ClickHouse of its own, removed when it is closed. One process holds one folder at a time. */
export async function openTestClickhouse(): Promise<Ch> {
  template ??= createTemplate();
  const dataDir = createFolder();
  cpSync(await template, dataDir, { recursive: true });
  const ch = await openChdb({ dataDir, log, durable: false });
  return {
    description: ch.description,
    rows: (query, params, options) => ch.rows(query, params, options),
    stream: (query, params, options) => ch.stream(query, params, options),
    insert: (table, rows, options) => ch.insert(table, rows, options),
    run: (statement, params, options) => ch.run(statement, params, options),
    size: () => ch.size(),
    async close() {
      await ch.close();
      // Thousands of small files: nobody waits for them to go. What is left in the end goes with the folder of the run.
      void rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
