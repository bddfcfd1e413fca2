import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Options, type Part, parts } from './parts.ts';
import { type Figure, table, writeResults } from './results.ts';

const usage = `npm run bench -- [parts] [options]

Parts: ${Object.keys(parts).join(' ')} (default: all of them)

  --events N      events of the sustained run (default 200000)
  --seconds N     length of each measurement of the collection door and of the latency (default 10)
  --rows N        rows of the large order file (default 1000000)
  --people N      customers of the large data set (default 300000)
  --history N     events of the large data set (default 20000000)
  --idle N        seconds of idling (default 60)
  --mails N       mails of a campaign that are waited for (default 60000)
  --profile DIR   write a CPU profile of each server there
  --dry           print only: leave RESULTS.md as it is
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: 'string', default: '200000' },
    seconds: { type: 'string', default: '10' },
    rows: { type: 'string', default: '1000000' },
    people: { type: 'string', default: '300000' },
    history: { type: 'string', default: '20000000' },
    idle: { type: 'string', default: '60' },
    mails: { type: 'string', default: '60000' },
    profile: { type: 'string' },
    dry: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const isPart = (name: string): name is Part => Object.hasOwn(parts, name);
const chosen = positionals.length === 0 ? Object.keys(parts).filter(isPart) : positionals.filter(isPart);
const wrong = positionals.find((name) => !isPart(name));
if (values.help || wrong !== undefined) {
  process.stdout.write(wrong === undefined ? usage : `There is no part ${wrong}.\n\n${usage}`);
  process.exit(wrong === undefined ? 0 : 1);
}

const options: Options = {
  events: Number(values.events),
  seconds: Number(values.seconds),
  rows: Number(values.rows),
  people: Number(values.people),
  history: Number(values.history),
  idleSeconds: Number(values.idle),
  mails: Number(values.mails),
  profileDir: values.profile,
};
const resultsFile = fileURLToPath(new URL('../RESULTS.md', import.meta.url));
for (const part of chosen) {
  const load = loadavg()[0] ?? 0;
  process.stdout.write(`\n${part} … (load average ${load.toFixed(1)})\n`);
  const figures: Figure[] = await parts[part](options, load);
  process.stdout.write(`${table(figures)}\n`);
  if (!values.dry) writeResults(resultsFile, figures);
}
// Whatever a library still holds open must not keep a finished bench alive.
process.exit(0);
