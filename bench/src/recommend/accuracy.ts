import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { RecommendationRanking, RecommendReport } from '@vitrail/contracts';
import { type Figure, figure } from '../results.ts';
import { runRecommend } from './runRecommend.ts';

type Measure = Exclude<keyof RecommendationRanking, 'method'>;

const read = (report: RecommendReport, method: RecommendationRanking['method'], measure: Measure): number => {
  const found = report.evaluation?.rankings.find((ranking) => ranking.method === method);
  if (found === undefined) throw new Error(`${method} was not measured`);
  return found[measure];
};

/** How well what was hidden is foreseen, on public data, beside popular products. Thousandths: 335 is NDCG 0.335. */
export async function benchAccuracy(data: string, folder: string, load: number): Promise<Figure[]> {
  const commerce = join(data, 'commerce');
  const films = await runRecommend([
    join(commerce, 'ratings/ml-latest-small-ratings.csv'),
    ...['--user', 'userId', '--item', 'movieId', '--evaluate', 'user'],
  ]);
  const baskets = await runRecommend([
    join(commerce, 'groceries/baskets.csv'),
    ...['--user', 'basket', '--item', 'item', '--evaluate', 'basket'],
  ]);
  const retail = await runRecommend([
    writeRetail(join(commerce, 'online-retail'), folder),
    ...['--user', 'customer', '--item', 'product', '--time', 'at', '--evaluate', 'time:2011-07-10'],
  ]);
  const row = (name: string, value: number, target: number | null): Figure =>
    figure(load, `Recommendations, ${name}`, value * 1_000, '‰', 'more', target === null ? null : target * 1_000);
  return [
    row('MovieLens small: popular, NDCG@10', read(films, 'popular', 'ndcg10'), null),
    row('MovieLens small: cosine, NDCG@10', read(films, 'cosine', 'ndcg10'), 0.335),
    row('MovieLens small: EASE, NDCG@10', read(films, 'ease', 'ndcg10'), 0.38),
    row('Groceries baskets: popular, HR@10', read(baskets, 'popular', 'hitRate10'), null),
    row('Groceries baskets: cosine, HR@10', read(baskets, 'cosine', 'hitRate10'), null),
    row('Groceries baskets: as served, HR@10', read(baskets, baskets.method, 'hitRate10'), 0.41),
    row('Online Retail: popular, NDCG@20', read(retail, 'popular', 'ndcg20'), null),
    row('Online Retail: popular of 30 days, NDCG@20', read(retail, 'popular_30d', 'ndcg20'), null),
    row('Online Retail: cosine, NDCG@20', read(retail, 'cosine', 'ndcg20'), 0.137),
    row('Online Retail: EASE, NDCG@20', read(retail, 'ease', 'ndcg20'), 0.14),
  ];
}

/** Lines of known customers that are products; no cancellations. No field of the file holds a comma within quotes. */
function writeRetail(from: string, folder: string): string {
  const lines = ['orders-2010-12_2011-04.csv.gz', 'orders-2011-05_2011-09.csv.gz'].flatMap((name) =>
    gunzipSync(readFileSync(join(from, name)))
      .toString('utf8')
      .split('\n')
      .slice(1)
      .flatMap((line) => {
        const [invoice = '', code = '', quantity, at = '', price, customer = ''] = line.replaceAll('"', '').split(',');
        const sold = Number(quantity) > 0 && Number(price) > 0 && !invoice.startsWith('C');
        return sold && customer !== '' && /^\d{5}/.test(code) ? [`${customer},${code},${at}`] : [];
      }),
  );
  const file = join(folder, 'retail.csv');
  writeFileSync(file, ['customer,product,at', ...lines].join('\n'));
  return file;
}
