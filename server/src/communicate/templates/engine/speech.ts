/** How numbers, money and days are written for one person. */
export interface Speech {
  /** BCP 47, such as fr or fr-CA. */
  readonly language: string;
  readonly timeZone: string;
  /** Of amounts that do not name theirs. */
  readonly currency: string;
  /** Milliseconds: what `now` is. */
  readonly now: number;
}

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();
/** More kinds of format than shops have; then all are made anew. */
const mostFormats = 500;

function remembered<T extends Intl.NumberFormat | Intl.DateTimeFormat>(
  key: string,
  kind: new (...args: never[]) => T,
  make: () => T,
): T {
  const known = formats.get(key);
  if (known instanceof kind) return known;
  if (formats.size >= mostFormats) formats.clear();
  const made = make();
  formats.set(key, made);
  return made;
}

/** `12,50 €`, without cents where there are none. The plain number where the currency is no currency. */
export function writeMoney(amount: number, currency: string, { language }: Speech): string {
  const whole = Number.isInteger(amount);
  const key = `m ${language} ${currency} ${whole}`;
  try {
    return remembered(
      key,
      Intl.NumberFormat,
      () =>
        new Intl.NumberFormat(language, {
          style: 'currency',
          currency,
          ...(whole ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {}),
        }),
    ).format(amount);
  } catch {
    // A currency code that is none comes with the data of a shop; the amount still says something.
    return `${writeNumber(amount, { language })} ${currency}`;
  }
}

export const writeNumber = (value: number, { language }: Pick<Speech, 'language'>, digits = 2): string =>
  remembered(
    `n ${language} ${digits}`,
    Intl.NumberFormat,
    () => new Intl.NumberFormat(language, { maximumFractionDigits: digits }),
  ).format(value);

export const dayStyles = ['short', 'medium', 'long', 'full', 'weekday', 'time', 'datetime'] as const;
export type DayStyle = (typeof dayStyles)[number];

const dayOptions: Readonly<Record<DayStyle, Intl.DateTimeFormatOptions>> = {
  short: { dateStyle: 'short' },
  medium: { dateStyle: 'medium' },
  long: { dateStyle: 'long' },
  full: { dateStyle: 'full' },
  weekday: { weekday: 'long' },
  time: { timeStyle: 'short' },
  datetime: { dateStyle: 'long', timeStyle: 'short' },
};

export const writeDay = (at: Date, style: DayStyle, { language, timeZone }: Speech): string =>
  remembered(
    `d ${language} ${timeZone} ${style}`,
    Intl.DateTimeFormat,
    () => new Intl.DateTimeFormat(language, { ...dayOptions[style], timeZone }),
  ).format(at);
