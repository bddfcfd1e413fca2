import type { SentenceLanguage, SentenceNames } from './names.ts';

const locales = { en: 'en-GB', fr: 'fr-FR' } as const;
const quotes = { en: ['“', '”'], fr: ['«\u202f', '\u202f»'] } as const;
/** Longer lists are cut: the sentence stays one. */
const shown = 6;
const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** Values as they stand in a sentence. */
export interface SentenceFormat {
  readonly language: SentenceLanguage;
  readonly names: SentenceNames;
  number(value: number): string;
  /** An amount in the base currency. */
  money(value: number): string;
  quote(text: string): string;
  /** “a”, “b” or “c”; a long list ends with how many more there are. */
  anyOf(values: readonly string[]): string;
  allOf(values: readonly string[]): string;
  /** A day or an instant. */
  moment(at: string): string;
  isDay(at: string): boolean;
  dayBefore(day: string): string;
}

function currencyFormat(locale: string, currency: string): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' });
  } catch (error) {
    if (error instanceof RangeError) return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
    throw error;
  }
}

export function sentenceFormat(language: SentenceLanguage, names: SentenceNames): SentenceFormat {
  const locale = locales[language];
  const [open, close] = quotes[language];
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  const money = names.currency === undefined ? number : currencyFormat(locale, names.currency);
  const long = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  const day = new Intl.DateTimeFormat(locale, { ...long, timeZone: 'UTC' });
  const timeZone = names.timeZone ?? 'UTC';
  const date = new Intl.DateTimeFormat(locale, { ...long, timeZone });
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
  // Intl writes "1 mai"; the first of a month is "1er" in French.
  const first = (text: string): string => (language === 'fr' ? text.replace(/^1 /, '1er ') : text);
  const isDay = (at: string): boolean => dayPattern.test(at);
  const quote = (text: string): string => `${open}${text}${close}`;
  const list = (values: readonly string[], word: string): string => {
    const rest = values.length - shown;
    const said = values.slice(0, rest > 1 ? shown : values.length).map(quote);
    const more = language === 'fr' ? `${number.format(rest)} autres` : `${number.format(rest)} more`;
    if (rest > 1) said.push(more);
    const last = said.pop() ?? '';
    return said.length === 0 ? last : `${said.join(', ')} ${word} ${last}`;
  };
  return {
    language,
    names,
    number: (value) => number.format(value),
    money: (value) => money.format(value),
    quote,
    anyOf: (values) => list(values, language === 'fr' ? 'ou' : 'or'),
    allOf: (values) => list(values, language === 'fr' ? 'et' : 'and'),
    isDay,
    moment: (at) => {
      const instant = new Date(isDay(at) ? `${at}T00:00:00Z` : at);
      if (isDay(at)) return first(day.format(instant));
      return `${first(date.format(instant))}${language === 'fr' ? ' à ' : ' at '}${time.format(instant)}`;
    },
    dayBefore: (at) => new Date(Date.parse(`${at}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10),
  };
}
