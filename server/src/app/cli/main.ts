import { Command, InvalidArgumentError } from 'commander';
import { Fault } from '../../platform/index.ts';
import { version } from '../version.ts';
import { bench } from './bench.ts';
import { doctor, runExport, runImport, start } from './commands.ts';
import type { MatchOptions } from './match.ts';
import { createOutput } from './output.ts';
import type { PredictOptions } from './predict.ts';
import type { RecommendOptions } from './recommend.ts';

const output = createOutput();
const collect = (value: string, all: string[]): string[] => [...all, value];
const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`must be a whole number from ${least} to ${most}.`);
  };

const program = new Command('vitrail')
  .description('Customer platform: collect, unify, decide, communicate, experience, govern.')
  .version(version)
  .showHelpAfterError()
  .addHelpText('after', '\nSettings come from the environment; docs/reference/configuration.md lists them all.');

program
  .command('start')
  .description('run Vitrail in the foreground; SIGTERM stops it cleanly')
  .option(
    '--role <role>',
    'only api, worker or scheduler (repeatable); needs shared engines. Default: all',
    collect,
    [],
  )
  .action((options: { role: string[] }) => start(options, output));

program
  .command('demo')
  .description('run Vitrail with the sample retailer, its shop and live visitors')
  .option('--customers <number>', 'people in the sample retailer', wholeNumber(2, 300_000), 2_000)
  .option('--shop-port <port>', 'port of the sample shop (default: one after Vitrail’s)', wholeNumber(0, 65_535))
  .option('--visitors <rate>', 'events a second of live visitors', Number, 3)
  .action(async (options: { customers: number; shopPort?: number; visitors: number }) => {
    // Loaded only when asked for: the sample retailer is larger than the rest of the command line.
    const { demo } = await import('./demo.ts');
    await demo({ ...options, shopPort: options.shopPort ?? null }, output);
  });

program
  .command('import <file>')
  .description('import a file and wait until its rows can be queried; exit code 2 when rows were rejected')
  .requiredOption('--as <kind>', 'people, orders, order-lines, products or events; rows of data partners go by the API')
  .option('--map <column=field>', 'map a column to a field (repeatable); others are guessed', collect, [])
  .option('--source <id>', 'source the rows are credited to', wholeNumber(1, 2_147_483_647))
  .option('--allow-rejects', 'exit with 0 even when rows were rejected', false)
  .option('-y, --yes', 'do not ask for confirmation of the guessed mapping', false)
  .action(
    async (
      file: string,
      options: { as: string; map: string[]; source?: number; allowRejects: boolean; yes: boolean },
    ) => {
      process.exitCode = await runImport(file, options, output);
    },
  );

program
  .command('export')
  .description('write every raw record, profile, order and product to files')
  .requiredOption('--out <folder>', 'where to write')
  .option('--format <format>', 'parquet or ndjson', 'parquet')
  .action((options: { out: string; format: string }) => runExport(options, output));

program
  .command('match <file...>')
  .description('find the records that are one person in CSV or Parquet files, without a server')
  .option('--as <kind>', 'people or company', 'people')
  .option('--map <field=column>', 'read a field from a column (repeatable); others are guessed', collect, [])
  .option('--link-only', 'compare only records of different files', false)
  .option('--truth <column>', 'column that tells who is the same: only to measure, never compared')
  .option('--id <column>', 'column that names the records (default: a usual one, else the row from 0)')
  .option('--out <file>', 'write pairs to this .parquet or .csv, and clusters beside it')
  .option('--settings <file>', 'comparisons, blocking rules and thresholds as JSON')
  .option('--json', 'print the report as JSON', false)
  .action(async (files: string[], options: MatchOptions) => {
    const { runMatch } = await import('./match.ts');
    process.exitCode = await runMatch(files, options, output);
  });

program
  .command('predict <file>')
  .description(
    'what the customers of a CSV or Parquet file of orders will do next, proved on the past, without a server',
  )
  .requiredOption('--customer <column>', 'column that names the customer')
  .requiredOption('--date <column>', 'column of the day of the order')
  .requiredOption('--value <column>', 'column of its value; returns are negative')
  .option('--cut <day>', 'learn on what was up to this day, and compare with what came after')
  .option('--horizon <days>', 'how many days after the cut (default: 90)', wholeNumber(1, 3_650))
  .option('--out <file>', 'write the scores of every customer to this .parquet or .csv')
  .option('--json', 'print the report as JSON', false)
  .action(async (file: string, options: PredictOptions) => {
    const { runPredict } = await import('./predict.ts');
    process.exitCode = await runPredict(file, options, output);
  });

program
  .command('recommend <file>')
  .description('learn from a CSV or Parquet file of who had what, and measure how well it foresees, without a server')
  .requiredOption('--user <column>', 'column that names the person, or the basket')
  .requiredOption('--item <column>', 'column that names the item')
  .option('--time <column>', 'column of the time')
  .option('--weight <column>', 'column of how much it counts (default: the same for all)')
  .option('--evaluate <protocol>', 'user, basket, time, or time:YYYY-MM-DD')
  .option('--out <file>', 'write the best 20 items of everybody to this .parquet or .csv')
  .option('--json', 'print the report as JSON', false)
  .action(async (file: string, options: RecommendOptions) => {
    const { runRecommend } = await import('./recommend.ts');
    process.exitCode = await runRecommend(file, options, output);
  });

program
  .command('doctor')
  .description('check engines, disk, clock, port and configuration, and say what to do')
  .action(async () => {
    process.exitCode = await doctor(output);
  });

program
  .command('bench')
  .description('measure this machine: events accepted and made visible per second, in a throwaway data directory')
  .option('--events <number>', 'how many events', wholeNumber(1_000, 10_000_000), 200_000)
  .action((options: { events: number }) => bench(options, output));

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  output.say(`${error.message}  [${error.code}]`);
  const { problems } = error.details;
  if (Array.isArray(problems)) for (const problem of problems) output.say(`  ${String(problem)}`);
  process.exitCode = 1;
}
// Whatever a library still holds open must not keep a finished command alive.
process.exit();
