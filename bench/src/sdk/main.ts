import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { type Figure, figure, table, writeResults } from '../results.ts';
import { clients } from './clients.ts';
import { type ClientFigures, measureClient, rounds } from './measureClient.ts';
import { openSink } from './sink.ts';

const usage = `npm run bench:sdk -- [options]

Measures our browser SDK and four others in the same browser, one after the other, against the same door.

  --only TEXT     clients whose name contains this
  --dry           print only: leave RESULTS.md as it is
`;
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    dry: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}

const cells = (one: ClientFigures): string[] => [
  one.name,
  one.scriptBytes.toLocaleString('en'),
  one.scriptMs.toFixed(1),
  `${one.leastOfBurst} of 20, ${one.wholeBursts} of ${rounds} whole`,
  `${one.kept} of 3${one.keptMs === null ? '' : ` in ${one.keptMs} ms`}`,
  String(one.preflights),
];
const heads = [
  'Client',
  'Scripts, gzip',
  'Script ms at 1/4 speed',
  'Burst and leave, worst',
  'After 503 and reload',
  'Preflights',
];
const say = (row: readonly string[]): boolean => process.stdout.write(`| ${row.join(' | ')} |\n`);

const load = loadavg()[0] ?? 0;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
const sink = await openSink();
const found: ClientFigures[] = [];
say(heads);
say(heads.map(() => '---'));
for (const client of clients.filter(({ name }) => name.includes(values.only))) {
  const figures = await measureClient(browser, sink, client);
  say(cells(figures));
  found.push(figures);
}
await browser.close();
await sink.close();

/** Ours against the targets; the others' as lines without one. */
function figuresOf(one: ClientFigures): Figure[] {
  const ours = one.name === '@vitrail/browser';
  const name = (what: string): string => (ours ? `Browser SDK: ${what}` : `${one.name}: ${what}`);
  return [
    figure(load, name('scripts of the first page, gzip'), one.scriptBytes / 1_000, 'kB', 'less', ours ? 8 : null),
    figure(load, name('script time at a quarter of the speed'), one.scriptMs, 'ms', 'less', ours ? 15 : null),
    figure(
      load,
      name(`20 calls and leaving at once, worst of ${rounds}`),
      one.leastOfBurst,
      'delivered',
      'more',
      ours ? 20 : null,
    ),
    figure(
      load,
      name('3 calls during 4.5 s of 503, within 5 s of a reload'),
      one.kept,
      'delivered',
      'more',
      ours ? 3 : null,
    ),
    figure(load, name('questions asked before sending'), one.preflights, 'requests', 'less', ours ? 0 : null),
  ];
}
const file = createRequire(import.meta.url).resolve('@vitrail/browser/vitrail.js');
const own = figure(
  load,
  'Browser SDK: tracker, gzip',
  gzipSync(readFileSync(file), { level: 9 }).length / 1_000,
  'kB',
  'less',
  8,
);
const figures = [own, ...found.flatMap(figuresOf)];
process.stdout.write(`\n${table(figures)}\n`);
if (!values.dry) writeResults(fileURLToPath(new URL('../../RESULTS.md', import.meta.url)), figures);
process.exit(0);
