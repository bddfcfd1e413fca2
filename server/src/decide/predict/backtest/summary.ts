/**
 * Days with an order, by buyer: those of buyer `n` stand from `starts[n]` up to `starts[n + 1]`, in the order of time. Days
 * are whole numbers since 1970; a value is the money of the day, NaN when it is not known.
 */
export interface OrderDays {
  readonly starts: Int32Array;
  readonly days: Int32Array;
  readonly values: Float64Array;
}

/** What is known of every buyer who had ordered by a day; times in days. */
export interface Summary {
  /** Places of the buyers in the order days. */
  readonly person: Int32Array;
  /** Repeat order days, days from the first to the last order, days from the first order to the day. */
  readonly x: Int32Array;
  readonly tx: Float64Array;
  readonly age: Float64Array;
  /** Repeat orders of known value, and their mean value; 0 when there are none. */
  readonly valued: Int32Array;
  readonly mean: Float64Array;
  /** Money of all orders, and its mean by order of known value. */
  readonly spent: Float64Array;
  readonly value: Float64Array;
}

export const buyersOf = ({ starts }: OrderDays): number => Math.max(0, starts.length - 1);

/** As of the end of `day`. */
export function summarise({ starts, days, values }: OrderDays, day: number): Summary {
  const buyers = Math.max(0, starts.length - 1);
  const person = new Int32Array(buyers);
  const x = new Int32Array(buyers);
  const [tx, age] = [new Float64Array(buyers), new Float64Array(buyers)];
  const valued = new Int32Array(buyers);
  const [mean, spent, value] = [new Float64Array(buyers), new Float64Array(buyers), new Float64Array(buyers)];
  let row = 0;
  for (let buyer = 0; buyer < buyers; buyer++) {
    const from = starts[buyer] ?? 0;
    const first = days[from] ?? 0;
    if (first > day) continue;
    let [last, orders, known, repeats, repeatSum, sum] = [first, 0, 0, 0, 0, 0];
    for (let at = from; at < (starts[buyer + 1] ?? 0) && (days[at] ?? 0) <= day; at++) {
      last = days[at] ?? 0;
      const money = values[at] ?? Number.NaN;
      if (!Number.isNaN(money)) {
        known++;
        sum += money;
        if (orders > 0) {
          repeats++;
          repeatSum += money;
        }
      }
      orders++;
    }
    person[row] = buyer;
    x[row] = orders - 1;
    tx[row] = last - first;
    age[row] = day - first;
    valued[row] = repeats;
    mean[row] = repeats === 0 ? 0 : repeatSum / repeats;
    spent[row] = sum;
    value[row] = known === 0 ? 0 : sum / known;
    row++;
  }
  return {
    person: person.slice(0, row),
    x: x.slice(0, row),
    tx: tx.slice(0, row),
    age: age.slice(0, row),
    valued: valued.slice(0, row),
    mean: mean.slice(0, row),
    spent: spent.slice(0, row),
    value: value.slice(0, row),
  };
}

/** What the buyers of a summary did in the days after it. */
export interface Outcome {
  readonly orders: Int32Array;
  readonly revenue: Float64Array;
  /** Days until the next order; 0 when there was none. */
  readonly next: Int32Array;
}

/** Orders from the day after `day` up to and with `day + horizon`. */
export function outcomeOf(
  { starts, days, values }: OrderDays,
  { person }: Pick<Summary, 'person'>,
  day: number,
  horizon: number,
): Outcome {
  const orders = new Int32Array(person.length);
  const revenue = new Float64Array(person.length);
  const next = new Int32Array(person.length);
  for (let row = 0; row < person.length; row++) {
    const buyer = person[row] ?? 0;
    const from = starts[buyer] ?? 0;
    for (let at = (starts[buyer + 1] ?? 0) - 1; at >= from && (days[at] ?? 0) > day; at--) {
      const when = days[at] ?? 0;
      if (when > day + horizon) continue;
      orders[row] = (orders[row] ?? 0) + 1;
      next[row] = when - day;
      const money = values[at] ?? Number.NaN;
      if (!Number.isNaN(money)) revenue[row] = (revenue[row] ?? 0) + money;
    }
  }
  return { orders, revenue, next };
}

/** Every n-th buyer with all their orders. */
export function everyNth({ starts, days, values }: OrderDays, step: number): OrderDays {
  const chosen = Array.from({ length: Math.ceil((starts.length - 1) / step) }, (_, place) => place * step);
  const size = chosen.reduce((sum, buyer) => sum + (starts[buyer + 1] ?? 0) - (starts[buyer] ?? 0), 0);
  const part = {
    starts: new Int32Array(chosen.length + 1),
    days: new Int32Array(size),
    values: new Float64Array(size),
  };
  let filled = 0;
  for (const [place, buyer] of chosen.entries()) {
    const [from, to] = [starts[buyer] ?? 0, starts[buyer + 1] ?? 0];
    part.days.set(days.subarray(from, to), filled);
    part.values.set(values.subarray(from, to), filled);
    filled += to - from;
    part.starts[place + 1] = filled;
  }
  return part;
}

/** First and last day with an order; null without orders. */
export function rangeOf({ starts, days }: OrderDays): { first: number; last: number } | null {
  if (days.length === 0) return null;
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let buyer = 0; buyer + 1 < starts.length; buyer++) {
    first = Math.min(first, days[starts[buyer] ?? 0] ?? 0);
    last = Math.max(last, days[(starts[buyer + 1] ?? 1) - 1] ?? 0);
  }
  return { first, last };
}
