import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { z } from 'zod';

/** One line of the results. */
export const figureSchema = z.object({
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  target: z.number().nullable(),
  better: z.enum(['more', 'less']),
  /** The same work done by the bare engines, in the same unit, measured in the same run. */
  floor: z.number().nullable(),
  /** When it was measured and how busy the machine was before. */
  at: z.string(),
  load: z.number(),
});
export type Figure = z.infer<typeof figureSchema>;

const marker = '<!-- figures:';

/** A figure measured now. `load` is the machine's before the part began. */
export const figure = (
  load: number,
  name: string,
  value: number,
  unit: string,
  better: 'more' | 'less',
  target: number | null,
  floor: number | null = null,
): Figure => ({ name, value, unit, target, better, floor, at: new Date().toISOString(), load });

const number = (value: number): string =>
  Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en')
    : value.toLocaleString('en', { maximumFractionDigits: 1 });

function row({ name, value, unit, target, better, floor, at, load }: Figure): string {
  const met = target === null ? '' : (better === 'more' ? value >= target : value <= target) ? 'yes' : 'no';
  const wanted = target === null ? '' : `${better === 'more' ? '≥' : '≤'} ${number(target)}`;
  const ratio =
    floor === null ? '' : `${(better === 'more' ? value / floor : floor / value).toFixed(2)} of ${number(floor)}`;
  return `| ${name} | ${number(value)} ${unit} | ${wanted} | ${met} | ${ratio} | ${at.slice(0, 16).replace('T', ' ')} | ${load.toFixed(1)} |`;
}

const head = `| What | Measured | Target | Met | Share of the bare engines | When (UTC) | Load before |
|---|---|---|---|---|---|---|`;

export const table = (figures: readonly Figure[]): string => [head, ...figures.map(row)].join('\n');

/** The figures of former runs that `fresh` does not replace, then the fresh ones, in a steady order. */
function combine(path: string, fresh: readonly Figure[]): Figure[] {
  const former = existsSync(path) ? readFormer(readFileSync(path, 'utf8')) : [];
  const names = new Map(fresh.map((entry) => [entry.name, entry]));
  const kept = former.map((entry) => names.get(entry.name) ?? entry);
  return [...kept, ...fresh.filter(({ name }) => !former.some((entry) => entry.name === name))];
}

function readFormer(text: string): Figure[] {
  const from = text.indexOf(marker);
  if (from < 0) return [];
  const json = text.slice(from + marker.length, text.indexOf('-->', from));
  return z.array(figureSchema).parse(JSON.parse(json));
}

/** Updates `RESULTS.md`: figures measured now replace those of the same name, the others stay with their date. */
export function writeResults(path: string, fresh: readonly Figure[]): void {
  const figures = combine(path, fresh);
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${number(totalmem() / 2 ** 30)} GiB of memory, Node ${process.version}`;
  writeFileSync(
    path,
    `# Measured figures

Written by \`npm run bench\`. Machine of the last run: ${machine}. The load generator runs on the same machine. "Share of
the bare engines" compares with the same data written by plain inserts into the same embedded engines in the same run,
without accepting, checking, recognising or joining anything. "Load before" is the machine's one-minute load average when
the part began: above 0.5, something else was using the cores.

${table(figures)}

${marker}${JSON.stringify(figures)}-->
`,
  );
}
