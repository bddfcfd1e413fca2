import { rm } from 'node:fs/promises';
import { type Ch, createLog, openChdb, openPostgres, type PgStore } from 'vitrail/dist/platform/index.js';
import { makeDataDir } from './server.ts';

/** The embedded engines alone, with the settings Vitrail gives them: what the machine can do without us. */
export interface BareEngines {
  readonly pg: PgStore;
  readonly ch: Ch;
  close(): Promise<void>;
}

export async function openBareEngines(): Promise<BareEngines> {
  const dataDir = await makeDataDir();
  const log = createLog('warn');
  const [pg, ch] = await Promise.all([openPostgres({ dataDir, log }), openChdb({ dataDir, log })]);
  return {
    pg,
    ch,
    async close() {
      await ch.close();
      await pg.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
