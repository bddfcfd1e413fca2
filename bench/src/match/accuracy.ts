import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Figure, figure } from '../results.ts';
import { runMatch } from './runMatch.ts';

interface Bars {
  readonly f1?: number;
  readonly precision?: number;
  readonly recall?: number;
  /** Least share of true pairs from 0.96 to 0.99. */
  readonly bin?: number;
  readonly clusters?: number;
}
interface DataSet {
  readonly name: string;
  readonly files: readonly string[];
  readonly args: readonly string[];
  readonly bars: Bars;
}

const sets: readonly DataSet[] = [
  {
    name: 'FEBRL4',
    files: ['febrl4a.csv', 'febrl4b.csv'],
    args: ['--link-only', '--truth', 'rec_id'],
    bars: { f1: 0.999, precision: 1, recall: 0.99 },
  },
  { name: 'FEBRL1', files: ['febrl1.csv'], args: ['--truth', 'rec_id'], bars: {} },
  {
    name: 'fake_1000',
    files: ['fake_1000.csv'],
    args: ['--truth', 'cluster'],
    bars: { f1: 0.86, precision: 0.99, recall: 0.5 },
  },
  {
    name: 'historical_50k',
    files: ['historical_50k.parquet'],
    args: ['--truth', 'cluster'],
    bars: { f1: 0.76, precision: 0.98 },
  },
  {
    name: 'retail_syn_40k',
    files: ['retail_syn_40k.tsv.gz'],
    args: ['--truth', 'person_id'],
    bars: { precision: 0.99, recall: 0.75, bin: 0.95, clusters: 0.985 },
  },
  {
    name: 'census, birth dates on 42 %',
    files: ['census_households_dob042.tsv.gz'],
    args: ['--truth', 'person_id'],
    bars: { f1: 0.87, precision: 0.98, recall: 0.4 },
  },
  {
    name: 'census, all birth dates',
    files: ['census_households_dob10.tsv.gz'],
    args: ['--truth', 'person_id'],
    bars: { f1: 0.97, precision: 0.98, recall: 0.93 },
  },
];

/** How good the defaults are on data whose truth is known. `folder` holds the shared data sets (`linkage/`). */
export async function benchAccuracy(folder: string, load: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { name, files, args, bars } of sets) {
    const paths = files.map((file) => join(folder, 'linkage', file));
    if (!paths.every((path) => existsSync(path))) throw new Error(`${folder} has no linkage/${files.join(', ')}`);
    const { accuracy, seconds } = await runMatch([...paths, ...args]);
    if (accuracy === undefined) throw new Error('the report has no accuracy');
    const percent = (what: string, share: number, bar: number | undefined): void =>
      void figures.push(
        figure(load, `Matching ${name}: ${what}`, share * 100, '%', 'more', bar === undefined ? null : bar * 100),
      );
    percent('best F1', accuracy.bestF1, bars.f1);
    percent('above 0.96, right', accuracy.auto.precision, bars.precision);
    percent('above 0.96, found', accuracy.auto.recall, bars.recall);
    percent('0.96 to 0.99, right', accuracy.bins[6]?.shareTrue ?? 0, bars.bin);
    percent('to be asked, true', accuracy.review.shareTrue, undefined);
    percent('groups, right', accuracy.clusters.precision, bars.clusters);
    percent('groups, found', accuracy.clusters.recall, undefined);
    figures.push(figure(load, `Matching ${name}: to be asked`, accuracy.review.pairs, 'pairs', 'less', null));
    figures.push(figure(load, `Matching ${name}: time`, seconds, 's', 'less', null));
  }
  return figures;
}
