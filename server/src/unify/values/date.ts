import type { Normalised } from './email.ts';

const invalid: Normalised = { ok: false, problem: 'invalid_date' };

/** A calendar day as ISO text, if it exists. */
function day(year: number, month: number, dayOfMonth: number): Normalised {
  const date = new Date(Date.UTC(year, month - 1, dayOfMonth));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === dayOfMonth;
  return exists && year >= 1000 && year <= 9999 ? { ok: true, value: date.toISOString().slice(0, 10) } : invalid;
}

/**
 * A day: ISO, `yyyymmdd`, or day first (`21/11/1986`, `21.11.1986`), as written in Europe. Where only the other order
 * makes a date (`11/21/1986`), that one. Time of day is dropped.
 */
export function normaliseDate(raw: string): Normalised {
  const text = raw.trim();
  const iso =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/.exec(text);
  if (iso !== null) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const local = /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})(?: .*)?$/.exec(text);
  if (local === null) return invalid;
  const [first, second, year] = [Number(local[1]), Number(local[2]), Number(local[3])];
  const dayFirst = day(year, second, first);
  return dayFirst.ok ? dayFirst : day(year, first, second);
}
