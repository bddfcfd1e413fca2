import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ch, createLog, migrateClickhouse, openChdb } from '../src/platform/index.ts';

/** A migrated ClickHouse of its own, removed when it is closed. One process holds one folder at a time. */
export async function openTestClickhouse(): Promise<Ch> {
  const dataDir = mkdtempSync(join(tmpdir(), 'vitrail-chdb-'));
  const log = createLog('silent');
  const ch = await openChdb({ dataDir, log });
  await migrateClickhouse(ch, log);
  return {
    description: ch.description,
    rows: (query, params, options) => ch.rows(query, params, options),
    stream: (query, params, options) => ch.stream(query, params, options),
    insert: (table, rows, options) => ch.insert(table, rows, options),
    run: (statement, params, options) => ch.run(statement, params, options),
    size: () => ch.size(),
    async close() {
      await ch.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
