import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { RecommendationEvaluation, RecommendationRanking } from '@vitrail/contracts';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { recommendFile } from './recommendFile.ts';

/** Public data sets; their licences differ, so they are not part of this repository. */
function shared(name: string): string {
  const folder = process.env.VITRAIL_SHARED_DATA;
  if (folder === undefined || folder === '') {
    throw new Error('VITRAIL_SHARED_DATA is not set: give the folder that holds commerce/, then run npm run test:data');
  }
  const file = resolve(folder, 'commerce', name);
  if (!existsSync(file)) throw new Error(`there is no ${file}`);
  return file;
}

const folder = mkdtempSync(join(tmpdir(), 'vitrail-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

const of = (evaluation: RecommendationEvaluation | null, method: RecommendationRanking['method']) => {
  const found = evaluation?.rankings.find((ranking) => ranking.method === method);
  if (found === undefined) throw new Error(`${method} was not measured`);
  return found;
};

describe('recommendations of MovieLens latest-small, a fifth of the pairs hidden', () => {
  it('are as good as the reference', async () => {
    const { evaluation, ...report } = await recommendFile({
      file: shared('ratings/ml-latest-small-ratings.csv'),
      columns: { user: 'userId', item: 'movieId' },
      evaluate: { protocol: 'user' },
    });
    expect(report).toMatchObject({ users: 610, items: 9_724, interactions: 100_836, rejected: 0 });
    expect(evaluation).toMatchObject({ train: 80_592, test: 20_244 });
    expect(of(evaluation, 'popular').precision10).toBeCloseTo(0.169, 2);
    expect(Math.abs(of(evaluation, 'popular').ndcg10 - 0.196)).toBeLessThanOrEqual(0.002);
    expect(of(evaluation, 'cosine').ndcg10).toBeGreaterThanOrEqual(0.335);
    expect(of(evaluation, 'ease').ndcg10).toBeGreaterThanOrEqual(0.38);
  });
});

describe('baskets of Groceries, one item of each hidden', () => {
  it('are completed as well as the reference', async () => {
    const { evaluation, ...report } = await recommendFile({
      file: shared('groceries/baskets.csv'),
      columns: { user: 'basket', item: 'item' },
      evaluate: { protocol: 'basket' },
    });
    expect(report).toMatchObject({ users: 9_835, items: 169, interactions: 43_367, method: 'ease' });
    expect(of(evaluation, 'popular').hitRate10).toBeCloseTo(0.377, 1);
    expect(of(evaluation, 'cosine').hitRate10).toBeGreaterThan(of(evaluation, 'popular').hitRate10);
    expect(of(evaluation, 'ease').hitRate10).toBeGreaterThanOrEqual(0.41);
  });
});

/** Products bought by known customers: no cancellations, postage or fees. */
function onlineRetail(): string {
  const lines = ['orders-2010-12_2011-04.csv.gz', 'orders-2011-05_2011-09.csv.gz'].flatMap((name) => {
    const text = gunzipSync(readFileSync(shared(`online-retail/${name}`)));
    const rows: Record<string, string>[] = parse(text, { columns: true });
    return rows.flatMap((row) => {
      const code = /^\d{5}/.test(row.stock_code ?? '') ? row.stock_code : undefined;
      const sold = Number(row.quantity) > 0 && Number(row.unit_price) > 0 && !(row.invoice ?? '').startsWith('C');
      return code === undefined || !sold || row.customer_id === ''
        ? []
        : [`${row.customer_id},${code},${row.invoice_ts}`];
    });
  });
  const file = join(folder, 'retail.csv');
  writeFileSync(file, ['customer,product,at', ...lines].join('\n'));
  return file;
}

describe('purchases of Online Retail after 2011-07-10', () => {
  it('are foreseen as well as the reference', async () => {
    const { evaluation } = await recommendFile({
      file: onlineRetail(),
      columns: { user: 'customer', item: 'product', time: 'at' },
      evaluate: { protocol: 'time', cut: Date.parse('2011-07-10T23:59:59.999Z') },
      ease: { lambda: 500 },
    });
    expect(evaluation?.users).toBe(1_079);
    expect(of(evaluation, 'popular').precision10).toBeCloseTo(0.048, 2);
    expect(of(evaluation, 'cosine').ndcg20).toBeGreaterThanOrEqual(0.135);
    expect(of(evaluation, 'ease').ndcg20).toBeGreaterThanOrEqual(0.138);
  });
});
