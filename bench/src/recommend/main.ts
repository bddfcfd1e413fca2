import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Figure, table, writeResults } from '../results.ts';
import { benchAccuracy } from './accuracy.ts';
import { runImplicit } from './implicit.ts';
import { benchServing } from './serving.ts';
import { benchSpeed } from './speed.ts';

const usage = `npm run bench:recommend -- [accuracy] [speed] [serving] [options]

  --data FOLDER          shared data sets, for accuracy (default: VITRAIL_SHARED_DATA)
  --interactions NUMBER  of speed (default 5400000; with --people 320000 and --items 20000)
  --people NUMBER
  --items NUMBER
  --shop-people NUMBER   of serving, which makes a shop of its own (default 50000; with --shop-products 20000
                         and --shop-events 2000000)
  --seconds NUMBER       of each measurement of serving (default 75)
  --profile FOLDER       write a CPU profile of the server that serves there
  --python PATH          a Python with implicit installed: similarities of as many interactions
  --dry                  print only: leave RESULTS.md as it is
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    interactions: { type: 'string', default: '5400000' },
    people: { type: 'string', default: '320000' },
    items: { type: 'string', default: '20000' },
    'shop-people': { type: 'string', default: '50000' },
    'shop-products': { type: 'string', default: '20000' },
    'shop-events': { type: 'string', default: '2000000' },
    seconds: { type: 'string', default: '75' },
    profile: { type: 'string' },
    python: { type: 'string' },
    dry: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const names = ['accuracy', 'speed', 'serving'];
if (values.help || positionals.some((name) => !names.includes(name))) {
  process.stdout.write(usage);
  process.exit(values.help ? 0 : 1);
}
const wanted = positionals.length === 0 ? names : positionals;
const data = values.data ?? process.env.VITRAIL_SHARED_DATA;
const size = {
  interactions: Number(values.interactions),
  people: Number(values.people),
  items: Number(values.items),
};
const folder = await mkdtemp(join(tmpdir(), 'vitrail-bench-recommend-'));
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
    const figures = await benchSpeed(folder, load, size);
    return values.python === undefined ? figures : [...figures, ...(await runImplicit(values.python, load, size))];
  }
  if (name === 'serving') {
    return benchServing(folder, load, {
      people: Number(values['shop-people']),
      products: Number(values['shop-products']),
      events: Number(values['shop-events']),
      seconds: Number(values.seconds),
      profileDir: values.profile,
    });
  }
  if (data === undefined) throw new Error('Set VITRAIL_SHARED_DATA, or give --data, to the folder with the data sets.');
  return benchAccuracy(data, folder, load);
}
