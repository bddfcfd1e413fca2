import { join } from 'node:path';
import { createLog, openChdb } from 'vitrail/dist/platform/index.js';
import { defaultMatchSettings, matchEngine } from 'vitrail/dist/unify/matching/engine/index.js';
import { percentile } from '../percentile.ts';
import { type Figure, figure } from '../results.ts';
import { writeShopPeople } from './shopPeople.ts';

const columns = 'first_name last_name email phone birth_date street postal_code city'.split(' ');

/** One record against a million: changed and scored as they arrive. */
export async function benchIncremental(folder: string, load: number): Promise<Figure[]> {
  const file = join(folder, 'shop-1000000.csv');
  await writeShopPeople(file, 1_000_000);
  const ch = await openChdb({ dataDir: join(folder, 'live'), log: createLog('silent') });
  try {
    const space = { ch, prefix: 'live' };
    const settings = defaultMatchSettings('people');
    const text = `select toUInt64(record_id) + 1 as record_id, 0 as source, ${columns.join(', ')} from file('${file}', CSV,
      'record_id UInt64, person_id UInt64, ${columns.map((name) => `${name} String`).join(', ')}') settings input_format_csv_skip_first_lines = 1`;
    await matchEngine.prepareRecords(space, settings, { text, types: {}, values: {} });
    await matchEngine.blockPairs(space, settings, {});
    const model = await matchEngine.fitModel(space, settings);
    const [scored, updated]: [number[], number[]] = [[], []];
    for (let index = -10; index < 200; index++) {
      const id = 1 + (((index + 10) * 7_919_993) % 1_000_000);
      const began = performance.now();
      await matchEngine.scoreRecords(space, model, [id]);
      if (index >= 0) scored.push(performance.now() - began);
    }
    for (let index = 0; index < 40; index++) {
      const id = 1 + ((index * 7_919_993) % 1_000_000);
      const query = {
        text: `select ${id} as record_id, 0 as source, ${columns.map((name) => `'' as ${name}`).join(', ')}`.replace(
          "'' as last_name",
          `'Nouveau${index}' as last_name`,
        ),
        types: {},
        values: {},
      };
      const began = performance.now();
      await matchEngine.updateRecords(space, settings, query, []);
      updated.push(performance.now() - began);
    }
    return [
      figure(load, 'One record against 1,000,000, p95', percentile(scored, 0.95), 'ms', 'less', 100),
      figure(load, 'One record against 1,000,000, p50', percentile(scored, 0.5), 'ms', 'less', null),
      figure(load, 'Writing one changed record, p95', percentile(updated, 0.95), 'ms', 'less', null),
    ];
  } finally {
    await ch.close();
  }
}
