import type { RecommendReport } from '@vitrail/contracts';
import { recommendationProtocols } from '@vitrail/contracts';
import { recommendFile } from '../../decide/index.ts';
import { Fault } from '../../platform/index.ts';
import { checkOut } from '../../unify/index.ts';
import type { Output } from './output.ts';

export interface RecommendOptions {
  readonly user: string;
  readonly item: string;
  readonly time?: string;
  readonly weight?: string;
  readonly evaluate?: string;
  readonly out?: string;
  readonly json: boolean;
}

/** `vitrail recommend`: recommends from a file of who had what, and says how well, without a server. Returns the exit code. */
export async function runRecommend(file: string, options: RecommendOptions, output: Output): Promise<number> {
  const { user, item, time, weight, out } = options;
  if (out !== undefined) await checkOut(out);
  const stop = new AbortController();
  const onSignal = (): void => stop.abort(new Fault('conflict', 'recommend.cancelled', 'Cancelled; nothing was kept.'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal);
  try {
    const report = await recommendFile({
      file,
      columns: { user, item, time, weight },
      evaluate: options.evaluate === undefined ? undefined : readProtocol(options.evaluate),
      out,
      signal: stop.signal,
      progress: (phase, done, total) => output.progress(`${phase} ${done}/${total}`),
    });
    output.endProgress();
    output.result(options.json ? JSON.stringify(report) : describe(report).join('\n'));
    return 0;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onSignal);
  }
}

const lastMillisecond = 86_400_000 - 1;

/** `user`, `basket`, `time`, or `time:2011-07-10`: what came after that day is hidden. */
function readProtocol(text: string) {
  const [name, day] = text.split(':', 2);
  const protocol = recommendationProtocols.find((known) => known === name);
  const cut = day === undefined ? undefined : Date.parse(`${day}T00:00:00Z`) + lastMillisecond;
  const misplaced = day !== undefined && (protocol !== 'time' || !Number.isFinite(cut));
  if (protocol === undefined || misplaced) {
    const known = recommendationProtocols.join(', ');
    throw new Fault('invalid', 'recommend.unknown_protocol', `--evaluate takes ${known}, or time:YYYY-MM-DD.`);
  }
  return { protocol, cut };
}

const number = new Intl.NumberFormat('en');
const row = (name: string, value: string): string => `${name.padEnd(22)}${value}`;
const methods = {
  popular: 'popular',
  popular_30d: 'popular, 30 days',
  cosine: 'item cosine',
  ease: 'EASE',
  for_you: 'cosine, fading',
} as const;

/** The report for people. Holds no personal data. */
function describe(report: RecommendReport): string[] {
  const { evaluation } = report;
  const lines = [
    row('People', number.format(report.users)),
    row('Items', number.format(report.items)),
    row('Pairs of both', number.format(report.interactions)),
    row('Rows not read', number.format(report.rejected)),
    row('Method', methods[report.method]),
    row('Time', `${report.seconds.toFixed(1)} s`),
  ];
  if (evaluation === null) return lines;
  const figures = (values: readonly number[]): string => values.map((value) => value.toFixed(3).padStart(8)).join('');
  return [
    ...lines,
    '',
    `Foreseen for ${number.format(evaluation.users)} people, of whom ${number.format(evaluation.test)} items were hidden` +
      ` (${(evaluation.coldShare * 100).toFixed(1)} % of them nobody had before)`,
    row('', ['P@10', 'R@10', 'R@20', 'NDCG@10', 'NDCG@20', 'HR@10', 'shown'].map((name) => name.padStart(8)).join('')),
    ...evaluation.rankings.map((ranking) =>
      row(
        methods[ranking.method],
        figures([
          ranking.precision10,
          ranking.recall10,
          ranking.recall20,
          ranking.ndcg10,
          ranking.ndcg20,
          ranking.hitRate10,
          ranking.coverage,
        ]),
      ),
    ),
  ];
}
