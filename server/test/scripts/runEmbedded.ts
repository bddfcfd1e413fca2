// Starts the embedded PostgreSQL in the data directory given, says the engine's process number, and waits to be killed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLog } from '../../src/platform/log.ts';
import { startEmbedded } from '../../src/platform/postgres/embedded/startEmbedded.ts';

const [dataDir = ''] = process.argv.slice(2);
const engine = await startEmbedded({ dataDir, log: createLog('silent') });
process.stdout.write(`${readFileSync(join(engine.data, 'postmaster.pid'), 'utf8').split('\n')[0]}\n`);
