import { parseDecimal } from './decimal.ts';
import { toCurrency } from './isoCurrencies.ts';

interface EcbQuote {
  readonly currency: string;
  readonly day: string;
  readonly perEuro: string;
}

export type EcbReading =
  | { ok: true; quotes: EcbQuote[]; firstDay: string; lastDay: string }
  /** `line` counts from 1. */
  | {
      ok: false;
      reason: 'zip' | 'no_header' | 'unknown_currency' | 'bad_date' | 'bad_rate' | 'no_quotes';
      line: number;
    };

const months = new Map(
  'January February March April May June July August September October November December'
    .split(' ')
    .map((name, index) => [name, String(index + 1).padStart(2, '0')]),
);

/** `2026-10-30` (the history file) or `30 October 2026` (the daily file) as an ISO day. */
function toIsoDay(text: string): string | null {
  const daily = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(text);
  const iso = daily ? `${daily[3]}-${months.get(daily[2] ?? '')}-${(daily[1] ?? '').padStart(2, '0')}` : text;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return null;
  const instant = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== iso ? null : iso;
}

/**
 * Reads the European Central Bank's reference rates as it publishes them: `eurofxref.csv` (one day) and
 * `eurofxref-hist.csv` (every day since 1999). A file with one bad line is refused whole, so that no half table is kept.
 */
export function parseEcbCsv(text: string): EcbReading {
  if (text.startsWith('PK')) return { ok: false, reason: 'zip', line: 1 };
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const start = Math.max(
    lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#')),
    0,
  );
  const [dateTitle, ...titles] = (lines[start] ?? '').split(',').map((cell) => cell.trim());
  if (dateTitle?.toLowerCase() !== 'date') return { ok: false, reason: 'no_header', line: start + 1 };
  const currencies: (string | null)[] = [];
  for (const title of titles) {
    const currency = toCurrency(title);
    if (currency === null && title !== '') return { ok: false, reason: 'unknown_currency', line: start + 1 };
    currencies.push(currency);
  }

  const quotes: EcbQuote[] = [];
  let firstDay = '9999-12-31';
  let lastDay = '0000-01-01';
  for (let at = start + 1; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    const [date = '', ...cells] = line.split(',').map((cell) => cell.trim());
    const day = toIsoDay(date);
    if (day === null) return { ok: false, reason: 'bad_date', line: at + 1 };
    for (const [column, currency] of currencies.entries()) {
      const perEuro = cells[column] ?? '';
      if (currency === null || perEuro === '' || perEuro === 'N/A') continue;
      const rate = /^\d{1,11}(\.\d{1,8})?$/.test(perEuro) ? parseDecimal(perEuro) : null;
      if (rate === null || rate.units <= 0n) return { ok: false, reason: 'bad_rate', line: at + 1 };
      quotes.push({ currency, day, perEuro });
    }
    if (day < firstDay) firstDay = day;
    if (day > lastDay) lastDay = day;
  }
  return quotes.length === 0
    ? { ok: false, reason: 'no_quotes', line: start + 1 }
    : { ok: true, quotes, firstDay, lastDay };
}
