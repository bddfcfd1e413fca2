import type { OrderDays } from '../backtest/summary.ts';
import type { DropoutParams } from './dropout.ts';
import type { SpendParams } from './gammaGamma.ts';

/** Numbers that look random and are the same every time (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Marsaglia and Tsang 2000; with the boost for shapes below one. */
function gamma(random: () => number, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = normal(random);
    const v = (1 + c * z) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * z * z + d - d * v + d * Math.log(v)) return d * v;
  }
}

/**
 * Customers who behave exactly as MBG/NBD and Gamma-Gamma say (parameters in days): each comes on a day of the first
 * `arrivalDays`, and is watched until day `days`. What falls on one day is one order.
 */
export function simulateShop(
  customers: number,
  { purchases, spend }: { purchases: DropoutParams; spend: SpendParams },
  { days, arrivalDays, seed }: { days: number; arrivalDays: number; seed: number },
): OrderDays {
  const random = seeded(seed);
  const starts = [0];
  const at: number[] = [];
  const values: number[] = [];
  for (let customer = 0; customer < customers; customer++) {
    const rate = gamma(random, purchases.r) / purchases.alpha;
    const one = gamma(random, purchases.a);
    const leaves = one / (one + gamma(random, purchases.b));
    const spendRate = gamma(random, spend.q) / spend.g;
    let time = Math.floor(random() * arrivalDays);
    let last = -1;
    while (time < days) {
      const day = Math.floor(time);
      if (day !== last) {
        at.push(day);
        values.push(gamma(random, spend.p) / spendRate);
      }
      last = day;
      if (random() < leaves) break;
      time += -Math.log(1 - random()) / rate;
    }
    starts.push(at.length);
  }
  return { starts: Int32Array.from(starts), days: Int32Array.from(at), values: Float64Array.from(values) };
}
