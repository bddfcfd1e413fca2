import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Figure, table, writeResults } from '../results.ts';
import { benchAccuracy } from './accuracy.ts';
import { benchIncremental } from './incremental.ts';
import { benchSpeed } from './speed.ts';

const usage = `npm run bench:match -- [accuracy] [speed] [incremental] [options]

  --data FOLDER    shared data sets, for accuracy (default: VITRAIL_SHARED_DATA)
  --python PATH    a Python with splink installed: compares on the same file
  --dry            print only: leave RESULTS.md as it is
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    python: { type: 'string' },
    dry: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const names = ['accuracy', 'speed', 'incremental'];
if (values.help || positionals.some((name) => !names.includes(name))) {
  process.stdout.write(usage);
  process.exit(values.help ? 0 : 1);
}
const wanted = positionals.length === 0 ? names : positionals;
const data = values.data ?? process.env.VITRAIL_SHARED_DATA;
const folder = await mkdtemp(join(tmpdir(), 'vitrail-bench-match-'));
const results = fileURLToPath(new URL('../../RESULTS.md', import.meta.url));
try {
  for (const name of wanted) {
    const load = loadavg()[0] ?? 0;
    process.stdout.write(`\n${name} … (load average ${load.toFixed(1)})\n`);
    for await (const figures of measure(name, load)) {
      process.stdout.write(`${table(figures)}\n`);
      if (!values.dry) writeResults(results, figures);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);

async function* measure(name: string, load: number): AsyncGenerator<Figure[]> {
  if (name === 'speed') yield* benchSpeed(folder, load, { python: values.python });
  else if (name === 'incremental') yield await benchIncremental(folder, load);
  else if (data === undefined)
    throw new Error('Set VITRAIL_SHARED_DATA, or give --data, to the folder with the data sets.');
  else yield await benchAccuracy(data, load);
}
