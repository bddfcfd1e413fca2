import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Figure, table, writeResults } from '../results.ts';
import { benchAccuracy } from './accuracy.ts';
import { benchHistory } from './history.ts';
import { benchSpeed } from './speed.ts';

const usage = `npm run bench:predict -- [accuracy] [speed] [history] [options]

  --data FOLDER      shared data sets, for accuracy (default: VITRAIL_SHARED_DATA)
  --customers N      buyers of the speed run (default: 300000)
  --people N         people of the history (default: 300000)
  --events N         their events (default: 20000000)
  --python PATH      a Python with lifetimes installed: fits the same summaries
  --dry              print only: leave RESULTS.md as it is
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    customers: { type: 'string', default: '300000' },
    people: { type: 'string', default: '300000' },
    events: { type: 'string', default: '20000000' },
    python: { type: 'string' },
    dry: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const names = ['accuracy', 'speed', 'history'];
if (values.help || positionals.some((name) => !names.includes(name))) {
  process.stdout.write(usage);
  process.exit(values.help ? 0 : 1);
}
const wanted = positionals.length === 0 ? names : positionals;
const data = values.data ?? process.env.VITRAIL_SHARED_DATA;
const folder = await mkdtemp(join(tmpdir(), 'vitrail-bench-predict-'));
const results = fileURLToPath(new URL('../../RESULTS.md', import.meta.url));
try {
  for (const name of wanted) {
    const load = loadavg()[0] ?? 0;
    process.stdout.write(`\n${name} … (load average ${load.toFixed(1)})\n`);
    const figures = await measure(name, load);
    process.stdout.write(`${table(figures)}\n`);
    if (!values.dry) writeResults(results, figures);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);

async function measure(name: string, load: number): Promise<Figure[]> {
  if (name === 'speed') {
    return benchSpeed(folder, load, { customers: Number(values.customers), python: values.python });
  }
  if (name === 'history')
    return benchHistory(folder, load, { people: Number(values.people), events: Number(values.events) });
  if (data === undefined) throw new Error('Set VITRAIL_SHARED_DATA, or give --data, to the folder with the data sets.');
  return benchAccuracy(data, folder, load);
}
