import { divideRounded, formatMoney, parseDecimal } from './decimal.ts';
import { fixedRates } from './fixedRates.ts';

/** Units of `currency` for one euro on `day` (ISO). `origin` keeps the built-in table and a workspace's own apart. */
export interface RateQuote {
  readonly currency: string;
  readonly day: string;
  readonly perEuro: string;
  readonly origin: 'built-in' | 'workspace';
}

/** Dated exchange rates in memory: synchronous, exact, made for thousands of calls per batch. */
export interface Rates {
  /**
   * `amount` (decimal text) of `currency` in `base` at the rate of `day` (an instant's day in UTC, or an ISO day), rounded
   * to four digits; null when no rate honestly applies (see below), the amount is no decimal below 10^14, or the day is
   * no date.
   *
   * The newest quote on or before the day counts. Inside the table it may be at most 45 days old: a currency whose
   * quotation was suspended has no rate meanwhile. After the table's end its last quote goes on counting.
   * A currency in its own base needs no rate.
   */
  convert(amount: string, currency: string, base: string, day: Date | string): string | null;
}

const maxAgeDays = 45;
const rateDigits = 8;
const euro = 10n ** BigInt(rateDigits);

/** Days since 1970, or null. */
function toDayNumber(day: Date | string): number | null {
  if (day instanceof Date) return Number.isNaN(day.getTime()) ? null : Math.floor(day.getTime() / 86_400_000);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const instant = Date.parse(`${day}T00:00:00Z`);
  // Date.parse lets 31 February roll over into March.
  return Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== day ? null : instant / 86_400_000;
}

interface Series {
  readonly days: Int32Array;
  readonly perEuro: BigInt64Array;
  /** The last quote is among the newest of its table, so it stands for the days after. */
  readonly lastHolds: boolean;
}

/** Index of the last element ≤ `day`, or -1. */
function findLast(days: Int32Array, day: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] ?? 0) <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

interface DatedRate {
  readonly day: number;
  readonly rate: bigint;
  readonly origin: RateQuote['origin'];
}

function readQuotes(quotes: Iterable<RateQuote>) {
  const byCurrency = new Map<string, Map<number, DatedRate>>();
  const newest = { 'built-in': 0, workspace: 0 };
  for (const { currency, day, perEuro, origin } of quotes) {
    const number = toDayNumber(day);
    const parsed = parseDecimal(perEuro);
    if (number === null || parsed === null || parsed.units <= 0n) continue;
    const rate = divideRounded(parsed.units * euro, 10n ** BigInt(parsed.scale));
    newest[origin] = Math.max(newest[origin], number);
    const days = byCurrency.get(currency) ?? new Map<number, DatedRate>();
    byCurrency.set(currency, days);
    if (origin === 'workspace' || !days.has(number)) days.set(number, { day: number, rate, origin });
  }
  return { byCurrency, newest };
}

/** Builds the look-up from quotes in any order. On the same day a workspace's own quote wins over the built-in one. */
export function buildRates(quotes: Iterable<RateQuote>): Rates {
  const { byCurrency, newest } = readQuotes(quotes);
  const series = new Map<string, Series>();
  for (const [currency, days] of byCurrency) {
    const sorted = [...days.values()].sort((a, b) => a.day - b.day);
    const last = sorted.at(-1);
    series.set(currency, {
      days: Int32Array.from(sorted, ({ day }) => day),
      perEuro: BigInt64Array.from(sorted, ({ rate }) => rate),
      lastHolds: last !== undefined && newest[last.origin] - last.day <= maxAgeDays,
    });
  }
  const fixed = new Map(
    fixedRates.map(({ currency, since, perEuro }) => {
      const parsed = parseDecimal(perEuro);
      const rate = parsed === null ? euro : divideRounded(parsed.units * euro, 10n ** BigInt(parsed.scale));
      return [currency, { since: toDayNumber(since) ?? 0, rate }];
    }),
  );

  const rateOn = (currency: string, day: number): bigint | null => {
    if (currency === 'EUR') return euro;
    const set = fixed.get(currency);
    if (set && day >= set.since) return set.rate;
    const quoted = series.get(currency);
    if (!quoted) return null;
    const at = findLast(quoted.days, day);
    if (at < 0) return null;
    const tooOld = day - (quoted.days[at] ?? 0) > maxAgeDays;
    const isLast = at === quoted.days.length - 1;
    return tooOld && !(isLast && quoted.lastHolds) ? null : (quoted.perEuro[at] ?? null);
  };

  return {
    convert(amount, currency, base, day) {
      const decimal = parseDecimal(amount);
      if (decimal === null) return null;
      const scale = 10n ** BigInt(decimal.scale);
      if (currency === base) return formatMoney(divideRounded(decimal.units * 10_000n, scale));
      const number = toDayNumber(day);
      if (number === null) return null;
      const from = rateOn(currency, number);
      const to = rateOn(base, number);
      if (from === null || to === null) return null;
      return formatMoney(divideRounded(decimal.units * 10_000n * to, from * scale));
    },
  };
}
