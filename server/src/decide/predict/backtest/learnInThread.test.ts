import { describe, expect, it } from 'vitest';
import { simulateShop } from '../models/simulate.ts';
import { learnInThread } from './learnInThread.ts';
import { learnShop } from './learnShop.ts';

const shop = simulateShop(
  600,
  { purchases: { r: 0.8, alpha: 45, a: 0.7, b: 3 }, spend: { p: 6, q: 4, g: 60 } },
  { days: 400, arrivalDays: 300, seed: 4 },
);

async function* csv(): AsyncGenerator<Uint8Array> {
  const lines = ['"person","day","value"'];
  for (let buyer = 0; buyer + 1 < shop.starts.length; buyer++) {
    for (let at = shop.starts[buyer] ?? 0; at < (shop.starts[buyer + 1] ?? 0); at++) {
      lines.push(`"${buyer}",${shop.days[at]},${shop.values[at]}`);
    }
  }
  const bytes = Buffer.from(`${lines.join('\n')}\n`);
  for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000);
}

/** Lets a thread run TypeScript, as `server/test/tsLoader.mjs` does for a process. */
const loader = new URL('../../../../test/tsLoader.mjs', import.meta.url).href;
const execArgv = ['--import', `data:text/javascript,import{register}from'node:module';register('${loader}')`];

describe('learning in a thread', () => {
  it('comes to what learning here comes to, and says how far it is', async () => {
    process.env.VITRAIL_TEST_LOADER = '1';
    const steps: string[] = [];
    const learning = await learnInThread(
      csv(),
      { today: 400 },
      { execArgv, progress: (step) => void steps.push(step) },
    );
    expect(learning).toEqual(learnShop(shop, { today: 400 }));
    expect(steps[0]).toBe('fit');
    expect(steps).toContain('backtest');
  }, 30_000);

  it('ends with the reason it was stopped for', async () => {
    const stop = new AbortController();
    const stopped = new Error('stopped');
    const learning = learnInThread(csv(), { today: 400 }, { execArgv, signal: stop.signal });
    stop.abort(stopped);
    await expect(learning).rejects.toBe(stopped);
  }, 30_000);
});
