import type { Liquid } from 'liquidjs';
import { shownText } from './escape.ts';
import { marks } from './marks.ts';
import { type DayStyle, dayStyles, type Speech, writeDay, writeMoney, writeNumber } from './speech.ts';

/** Whose message is rendered: filters read it. Rendering is synchronous, so one at a time is whole. */
export const speaking: { speech: Speech } = { speech: { language: 'en', timeZone: 'UTC', currency: 'EUR', now: 0 } };

const numberIn = (value: unknown): number | null => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : null;
};

const isNow = (value: unknown): boolean => value === 'now' || value === 'today';

/** An instant in a value: ISO text, `now`, seconds as Liquid's own `date` takes them, or milliseconds. */
function dateIn(value: unknown): Date | null {
  if (isNow(value)) return new Date(speaking.speech.now);
  if (typeof value === 'number') return new Date(value < 1e11 ? value * 1_000 : value);
  if (typeof value !== 'string' || value === '') return null;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? null : at;
}

const styleOf = (value: unknown): DayStyle => dayStyles.find((style) => style === value) ?? 'long';

/**
 * Our filters beside those of Liquid: `money`, `number`, `day`, `countdown`, `name_case`. `date` knows the time zone of the person, and `raw`
 * opens no door for markup out of data.
 */
export function addFilters(liquid: Liquid): void {
  liquid.registerFilter('money', (value: unknown, currency?: unknown) => {
    const amount = numberIn(value);
    const { speech } = speaking;
    return amount === null ? '' : writeMoney(amount, typeof currency === 'string' ? currency : speech.currency, speech);
  });
  liquid.registerFilter('number', (value: unknown, digits?: unknown) => {
    const number = numberIn(value);
    const places = typeof digits === 'number' ? Math.min(Math.max(Math.trunc(digits), 0), 10) : 2;
    return number === null ? '' : writeNumber(number, speaking.speech, places);
  });
  liquid.registerFilter('day', (value: unknown, style?: unknown) => {
    const at = dateIn(value);
    return at === null ? '' : writeDay(at, styleOf(style), speaking.speech);
  });
  liquid.registerFilter('name_case', (value: unknown) => nameCase(shownText(value)));
  liquid.registerFilter('countdown', (value: unknown) => {
    const at = dateIn(value);
    const [open, between, close] = marks.countdown;
    return at === null ? '' : `${open}${at.getTime()}${between}${speaking.speech.language}${close}`;
  });
  liquid.registerFilter('raw', (value: unknown) => value);
  const date = liquid.filters.date;
  if (typeof date !== 'function') throw new Error('Liquid has no filter date to build on');
  liquid.registerFilter('date', function (value: unknown, format?: unknown, zone?: unknown) {
    const at = isNow(value) ? new Date(speaking.speech.now) : value;
    return date.call(this, at, format, zone ?? speaking.speech.timeZone);
  });
}

/** `MARIE-CLAIRE` and `marie-claire` become `Marie-Claire`; what is written with both kinds of letters stays. */
export function nameCase(name: string): string {
  const trimmed = name.trim();
  const lower = trimmed.toLowerCase();
  const mixed = trimmed !== lower && trimmed !== trimmed.toUpperCase();
  if (mixed || trimmed.length < 2) return trimmed;
  return lower.replace(/(^|[\s'’-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}
