// Takes the data directory given, says `held` or the code of the refusal, and keeps it until killed.

import { systemClock } from '../../src/platform/clock.ts';
import { openDataDir } from '../../src/platform/dataDir/index.ts';
import { Fault } from '../../src/platform/errors.ts';

const [path = ''] = process.argv.slice(2);
try {
  await openDataDir({ path, address: 'http://127.0.0.1:5999', clock: systemClock });
  process.stdout.write('held\n');
  setInterval(() => undefined, 1_000);
} catch (error) {
  process.stdout.write(`${error instanceof Fault ? error.code : String(error)}\n`);
}
