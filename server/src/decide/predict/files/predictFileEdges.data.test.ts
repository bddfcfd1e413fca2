import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../../test/stores.ts';
import { openChdb } from '../../../platform/index.ts';
import { compileOrderDays } from '../score/compileOrders.ts';
import { loadOrders } from './loadOrders.ts';
import { predictFile } from './predictFile.ts';

const folder = mkdtempSync(join(tmpdir(), 'vitrail-predict-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
const columns = { customer: 'who', date: 'day', value: 'worth' };

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

let close: (() => Promise<void>) | null = null;
afterEach(async () => {
  await close?.();
  close = null;
});

describe('reading orders from a file', () => {
  it('merges a day, takes returns off, understands dates and decimal commas, and counts what it cannot read', async () => {
    const file = write(
      'mixed.csv',
      [
        'worth;who;day;other',
        '10,50;anna;2024-01-01 10:30;x',
        '2;anna;2024-01-01 18:00;x',
        '5;anna;20240110;x',
        '30;anna;2024-02-01;x',
        '-30;anna;2024-02-01;x',
        '0;anna;2024-03-01;x',
        '1.200;bert;2024-01-05T08:00:00Z;x',
        ';bert;2024-01-06;x',
        '7;;2024-01-06;x',
        '7;bert;no day;x',
        '',
      ].join('\n'),
    );
    const ch = await openChdb({
      dataDir: join(folder, 'ch'),
      log: silentLog,
      connections: { write: 1, interactive: 1, heavy: 1 },
    });
    close = () => ch.close();
    const loaded = await loadOrders(ch, file, columns);
    expect(loaded.rejected).toBe(3);
    const row = { person: 'String', day: 'Int32', value: 'Nullable(Float64)' } as const;
    const query = { name: 'test.predictFileDays', text: compileOrderDays(loaded.days), params: {}, row };
    const first = Date.parse('2024-01-01') / 86_400_000;
    expect(await ch.rows(query, {})).toEqual([
      { person: '1', day: first, value: 12.5 },
      { person: '1', day: first + 9, value: 5 },
      { person: '1', day: first + 60, value: 0 },
      { person: '2', day: first + 4, value: 1.2 },
    ]);
  });
});

describe('a file that says little', () => {
  const oneEach = Array.from({ length: 200 }, (_, n) => `c${n},2024-0${1 + (n % 9)}-10,25`);

  it('of one order each is reported, with the reason, and has no scores to write', async () => {
    const file = write('once.csv', `who,day,worth\n${oneEach.join('\n')}\n`);
    const report = await predictFile({ file, columns });
    expect(report).toMatchObject({
      customers: 200,
      repeaters: 0,
      orders: 200,
      served: null,
      models: {},
      backtest: null,
    });
    expect(report.reasons).toContain('nobody_bought_three_times');
    const out = join(folder, 'none.csv');
    await expect(predictFile({ file, columns, out })).rejects.toMatchObject({ code: 'predict.nothing_learnt' });
    expect(existsSync(out)).toBe(false);
  });

  it('with a column or a cut that is not there is refused', async () => {
    const file = write('refused.csv', `who,day,worth\n${oneEach.join('\n')}\n`);
    await expect(predictFile({ file, columns: { ...columns, value: 'price' } })).rejects.toMatchObject({
      code: 'predict.no_such_column',
    });
    await expect(predictFile({ file, columns, cut: { day: '2030-01-01', horizonDays: 30 } })).rejects.toMatchObject({
      code: 'predict.cut_outside',
    });
    const empty = write('empty.csv', 'who,day,worth\n');
    await expect(predictFile({ file: empty, columns })).rejects.toMatchObject({ code: 'predict.nothing_to_read' });
  });
});

it('writes scores of every customer, for the owner alone', async () => {
  const rows = Array.from({ length: 300 }, (_, n) =>
    Array.from({ length: 1 + (n % 5) }, (_, k) => {
      const day = new Date(Date.UTC(2024, 0, 1 + ((n * 7) % 150) + k * (10 + (n % 40))));
      return `c${n},${day.toISOString().slice(0, 10)},${20 + ((n * 13) % 50)}`;
    }),
  ).flat();
  const file = write('many.csv', `who,day,worth\n${rows.join('\n')}\n`);
  const out = join(folder, 'scores.csv');
  const report = await predictFile({ file, columns, out });
  expect(Object.keys(report.models)).toEqual(expect.arrayContaining(['bgnbd', 'mbgnbd', 'paretonbd', 'gammagamma']));
  const [header = '', ...lines] = readFileSync(out, 'utf8').trim().split('\n');
  expect(header).toBe(
    '"customer","order_30","order_90","churn","orders_90","orders_90_low","orders_90_high","orders_365","orders_365_low","orders_365_high","value_90","value_90_low","value_90_high","value_365","value_365_low","value_365_high","historic_value","lifetime_value","next_order","next_order_from","next_order_to"',
  );
  expect(lines).toHaveLength(300);
  expect(statSync(out).mode & 0o777).toBe(0o600);
});
