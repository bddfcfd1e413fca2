import { join } from 'node:path';
import { createHistories, writeHistories } from 'vitrail/dist/decide/recommend/engine/buildHistories.js';
import { buildNeighbours } from 'vitrail/dist/decide/recommend/engine/buildNeighbours.js';
import { rankEverybody } from 'vitrail/dist/decide/recommend/engine/rank.js';
import { readHistories, readItemModel } from 'vitrail/dist/decide/recommend/engine/readModel.js';
import { createLog, openChdb } from 'vitrail/dist/platform/index.js';
import { type Figure, figure } from '../results.ts';

export interface SpeedOptions {
  readonly interactions: number;
  readonly people: number;
  readonly items: number;
}

/** Popular items are far more frequent than others, and everybody leans to one of 50 kinds. */
const interactionsOf = ({ interactions, people, items }: SpeedOptions): string => `
  select number % ${people} + 1 as user,
    toUInt32(least(${items - 1}, floor(${items} * pow(cityHash64(number, 'item') / pow(2, 64), 2.5)) / 50 * 50
      + if(cityHash64(number, 'kind') % 10 < 7, user % 50, cityHash64(number, 'other') % 50))) as item,
    toFloat32(1) as weight, toInt64(number) as at
  from numbers(${interactions})`;

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
};

/** Histories, similarities in slices, and the best 20 of everybody; the peak is that of this process. */
export async function benchSpeed(folder: string, load: number, size: SpeedOptions): Promise<Figure[]> {
  const ch = await openChdb({
    dataDir: join(folder, 'speed'),
    log: createLog('silent'),
    connections: { write: 1, interactive: 1, heavy: 2 },
  });
  try {
    const space = { ch, prefix: 'bench' };
    const signals = { text: interactionsOf(size), params: {}, values: {} };
    const prepared = await seconds(async () => {
      await createHistories(space);
      await writeHistories(space, signals, { version: 1, combine: 'max', parts: 2 });
    });
    const similar = await seconds(() => buildNeighbours(space));
    let shown = 0;
    const ranked = await seconds(async () => {
      const [model, histories] = [await readItemModel(space, size.items), await readHistories(space)];
      await rankEverybody(model, histories, 20, (_, best) => {
        shown += best.length;
      });
    });
    const of = `${(size.interactions / 1e6).toFixed(1)} M interactions × ${size.items.toLocaleString('en')} items`;
    const everybody = `${size.people.toLocaleString('en')} people`;
    return [
      figure(load, `Histories of ${of}`, prepared, 's', 'less', null),
      figure(load, `Similarities of ${of}`, similar, 's', 'less', 60),
      figure(load, `Best 20 of ${everybody}, read and ranked`, ranked, 's', 'less', 15),
      figure(load, `Best 20 of ${everybody}: shown`, shown / size.people, 'each', 'more', 19),
      figure(load, 'Recommendations: peak memory', process.resourceUsage().maxRSS / 1_048_576, 'GB', 'less', 2.5),
    ];
  } finally {
    await ch.close();
  }
}
