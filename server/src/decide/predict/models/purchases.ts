import type { Summary } from '../backtest/summary.ts';

/** Buyers with the same history are one row: `x` repeat orders, the last at `tx`, watched until `age`; times in units. */
export interface GroupedPurchases {
  readonly x: Int32Array;
  readonly tx: Float64Array;
  readonly age: Float64Array;
  readonly count: Float64Array;
  readonly people: number;
  /** Every `x` that occurs, once. */
  readonly distinct: Int32Array;
}

/** Groups buyers; `unitDays` is the length of the unit of time parameters will be in. */
export function groupPurchases(summary: Pick<Summary, 'x' | 'tx' | 'age'>, unitDays: number): GroupedPurchases {
  const people = summary.x.length;
  const places = new Map<number, number>();
  const first: number[] = [];
  const counts: number[] = [];
  for (let person = 0; person < people; person++) {
    // Days and counts are whole and small, so one number holds all three.
    const key = ((summary.x[person] ?? 0) * 65_536 + (summary.tx[person] ?? 0)) * 65_536 + (summary.age[person] ?? 0);
    const place = places.get(key);
    if (place === undefined) {
      places.set(key, first.length);
      first.push(person);
      counts.push(1);
    } else counts[place] = (counts[place] ?? 0) + 1;
  }
  const x = Int32Array.from(first, (person) => summary.x[person] ?? 0);
  return {
    x,
    distinct: distinctOf(x),
    tx: Float64Array.from(first, (person) => (summary.tx[person] ?? 0) / unitDays),
    age: Float64Array.from(first, (person) => (summary.age[person] ?? 0) / unitDays),
    count: Float64Array.from(counts),
    people,
  };
}

export const distinctOf = (xs: Int32Array): Int32Array => Int32Array.from(new Set(xs));

/** Values of `of(x)` for the counts that occur, computed once each. */
export function tableOf(distinct: Int32Array, of: (x: number) => number): Float64Array {
  const table = new Float64Array(distinct.reduce((most, x) => Math.max(most, x), 0) + 1);
  for (const x of distinct) table[x] = of(x);
  return table;
}
