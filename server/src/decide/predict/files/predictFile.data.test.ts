import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { predictFile } from './predictFile.ts';

const folder = mkdtempSync(join(tmpdir(), 'vitrail-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Data sets whose licences differ, so they are not part of this repository. */
function shared(name: string): string {
  const root = process.env.VITRAIL_SHARED_DATA;
  if (root === undefined || root === '') {
    throw new Error('VITRAIL_SHARED_DATA is not set: give the folder that holds commerce/, then run npm run test:data');
  }
  const file = resolve(root, 'commerce', name);
  if (!existsSync(file)) throw new Error(`there is no ${file}`);
  const bytes = readFileSync(file);
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
}

function write(name: string, rows: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `customer,date,value\n${rows.join('\n')}\n`);
  return path;
}

function cdnow(which: 'sample' | 'master'): string {
  const fields = shared(`cdnow/CDNOW_${which}.txt`)
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((each) => /^\d{8}$/.test(each.at(-3) ?? ''));
  return write(
    `cdnow_${which}.csv`,
    fields.map((each) => [each.at(-4), each.at(-3), each.at(-1)].join(',')),
  );
}

function onlineRetail(): string {
  const lines = ['orders-2010-12_2011-04.csv.gz', 'orders-2011-05_2011-09.csv.gz'].flatMap((name) =>
    shared(`online-retail/${name}`).split('\n').slice(1),
  );
  const rows = lines.flatMap((line) => {
    const [invoice = '', code = '', quantity = '', at = '', price = '', customer = ''] = line.split(',');
    const sold = customer !== '' && !invoice.startsWith('C') && /^\d{5}/.test(code);
    return sold && Number(quantity) > 0 && Number(price) > 0
      ? [`${customer},${at},${(Number(quantity) * Number(price)).toFixed(2)}`]
      : [];
  });
  return write('online_retail.csv', rows);
}

const columns = { customer: 'customer', date: 'date', value: 'value' };
const predict = (file: string, day: string, horizonDays: number, out?: string) =>
  predictFile({ file, columns, cut: { day, horizonDays }, out });

describe('a file of orders', () => {
  it('of CDNOW has the published fits, and its totals inside their interval or warned of', async () => {
    const { models, customers, repeaters, unitDays, backtest, reasons, rejected } = await predict(
      cdnow('sample'),
      '1997-09-30',
      273,
    );
    expect({ customers, repeaters, unitDays, rejected }).toEqual({
      customers: 2_357,
      repeaters: 946,
      unitDays: 7,
      rejected: 0,
    });
    const known = {
      bgnbd: { r: 0.2425945, alpha: 4.4136019, a: 0.7929199, b: 2.4258881 },
      paretonbd: { r: 0.5533, alpha: 10.578, s: 0.6062, beta: 11.669 },
      gammagamma: { p: 6.25, q: 3.7443, g: 15.4443 },
    };
    for (const [name, params] of Object.entries(known)) {
      const fitted = Object.entries(models).find(([each]) => each === name)?.[1];
      for (const [key, value] of Object.entries(params)) {
        expect(Math.abs((fitted?.params[key] ?? 0) / value - 1)).toBeLessThan(1e-3);
      }
    }
    expect(Math.abs((models.bgnbd?.logLikelihood ?? 0) + 9582.43)).toBeLessThan(0.01);
    expect(Math.abs((models.paretonbd?.logLikelihood ?? 0) + 9594.98)).toBeLessThan(0.01);
    expect(Math.abs((models.gammagamma?.logLikelihood ?? 0) + 4055.92)).toBeLessThan(0.01);
    expect(backtest?.totals.orders.actual).toBe(1_882);
    expect(reasons).toContain('totals_off');
  });

  it('of CDNOW foresees orders of 90 days', async () => {
    const out = join(folder, 'scores.csv');
    const { backtest } = await predict(cdnow('master'), '1998-04-01', 90, out);
    expect(backtest?.auc).toBeGreaterThanOrEqual(0.83);
    expect(backtest?.ece).toBeLessThanOrEqual(0.02);
    expect(Math.abs((backtest?.orders.expected ?? 0) / (backtest?.orders.actual ?? 1) - 1)).toBeLessThan(0.1);
    expect(backtest?.nextOrder?.coverage).toBeGreaterThan(0.75);
    expect(backtest?.nextOrder?.coverage).toBeLessThan(0.85);
    const [header = '', ...rows] = readFileSync(out, 'utf8').trim().split('\n');
    expect(header).toContain('"customer","order_30","order_90","churn"');
    expect(rows).toHaveLength(23_570);
  });

  it('of Online Retail foresees orders of 60 days, better than the recency alone', async () => {
    const { backtest, reasons } = await predict(onlineRetail(), '2011-07-12', 60);
    expect(backtest?.customers).toBe(3_025);
    expect(backtest?.auc).toBeGreaterThanOrEqual(0.76);
    expect(backtest?.ece).toBeLessThanOrEqual(0.04);
    expect(backtest?.recencyOnly.auc).toBeLessThan(0.7);
    expect(backtest?.nextOrder?.coverage).toBeGreaterThan(0.75);
    expect(backtest?.nextOrder?.coverage).toBeLessThan(0.85);
    expect(reasons).toContain('dropout_not_identifiable');
  });
});
