import { readFile } from 'node:fs/promises';
import { matchKindSchema, matchSettingsSchema } from '@vitrail/contracts';
import { Fault } from '../../platform/index.ts';
import { checkOut, type MatchFilesRequest, matchFiles } from '../../unify/index.ts';
import { describeMatch } from './describeMatch.ts';
import type { Output } from './output.ts';

export interface MatchOptions {
  readonly as: string;
  readonly map: readonly string[];
  readonly linkOnly: boolean;
  readonly truth?: string;
  readonly id?: string;
  readonly out?: string;
  readonly settings?: string;
  readonly json: boolean;
}

/** `vitrail match`: finds the records that are one person, without a server. Returns the exit code. */
export async function runMatch(files: readonly string[], options: MatchOptions, output: Output): Promise<number> {
  const kind = matchKindSchema.safeParse(options.as);
  if (!kind.success) {
    throw new Fault('invalid', 'cli.unknown_kind', `--as must be one of ${matchKindSchema.options.join(', ')}.`);
  }
  if (options.out !== undefined) await checkOut(options.out);
  if (options.linkOnly && files.length < 2) {
    throw new Fault(
      'invalid',
      'match.link_needs_two',
      '--link-only compares files with each other: give at least two.',
    );
  }
  const stop = new AbortController();
  const onSignal = (): void => stop.abort(new Fault('conflict', 'match.cancelled', 'Cancelled; nothing was kept.'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal);
  const request: MatchFilesRequest = {
    files,
    kind: kind.data,
    map: readMap(options.map),
    linkOnly: options.linkOnly,
    truth: options.truth,
    idColumn: options.id,
    out: options.out,
    settings: options.settings === undefined ? undefined : await readSettings(options.settings),
    signal: stop.signal,
    progress: createProgress(output),
  };
  try {
    const report = await matchFiles(request);
    output.endProgress();
    output.result(options.json ? JSON.stringify(report) : describeMatch(report).join('\n'));
    return 0;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onSignal);
  }
}

/** `field=column`, or `field=column+column` for several. */
function readMap(pairs: readonly string[]): Record<string, string[]> {
  const map: Record<string, string[]> = {};
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 1 || equals === pair.length - 1) {
      throw new Fault('invalid', 'cli.bad_mapping', `--map ${pair} is not field=column.`);
    }
    const field = pair.slice(0, equals);
    map[field] = [...(map[field] ?? []), pair.slice(equals + 1)];
  }
  return map;
}

async function readSettings(path: string) {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Fault('not_found', 'cli.no_such_file', `There is no file ${path}.`, { cause });
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Fault('invalid', 'match.bad_settings', `${path} is not JSON.`, { cause });
  }
  const settings = matchSettingsSchema.safeParse(json);
  if (settings.success) return settings.data;
  const problems = settings.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`);
  throw new Fault('invalid', 'match.bad_settings', `${path} is not valid settings:`, { details: { problems } });
}

/** Share of the whole a phase takes, from measured runs; what is left is guessed from the time so far. */
const shares = { load: 8, prepare: 20, block: 20, compare: 25, fit: 12, score: 8, cluster: 5, write: 2 } as const;
type Phase = keyof typeof shares;
const phases: readonly Phase[] = ['load', 'prepare', 'block', 'compare', 'fit', 'score', 'cluster', 'write'];

function createProgress(output: Output): (phase: Phase, done: number, total: number) => void {
  const began = performance.now();
  const all = phases.reduce((sum, phase) => sum + shares[phase], 0);
  return (phase, done, total) => {
    const before = phases.slice(0, phases.indexOf(phase)).reduce((sum, each) => sum + shares[each], 0);
    const share = (before + (shares[phase] * done) / Math.max(1, total)) / all;
    const seconds = (performance.now() - began) / 1_000;
    const left = share > 0.1 ? `, about ${Math.ceil((seconds / share) * (1 - share))} s left` : '';
    output.progress(`${phase} ${done}/${total}, ${Math.round(share * 100)} %${left}`);
  };
}
