/** How this reader sees numbers, money and time: their language, the workspace's time zone and currency. */
export interface FormatSettings {
  readonly locale: string;
  readonly timeZone: string;
  readonly currency: string;
}

export type Amount = number | string | null | undefined;
export type Moment = string | number | Date;

export interface Format {
  readonly settings: FormatSettings;
  number(value: number, digits?: number): string;
  compact(value: number): string;
  percent(share: number): string;
  /** Money as text; null when there is no amount, so that the caller decides what nothing looks like. */
  money(amount: Amount, currency?: string | null): string | null;
  compactMoney(amount: Amount, currency?: string | null): string | null;
  /** Without cents, for sums that are expected and not counted. */
  roundMoney(amount: Amount, currency?: string | null): string | null;
  date(at: Moment): string;
  /** A month of a year, of any of its days. */
  month(at: Moment): string;
  day(at: Moment): string;
  time(at: Moment): string;
  dateTime(at: Moment): string;
  relative(at: Moment, now: Date): string;
  bytes(count: number): string;
  duration(seconds: number): string;
  list(items: readonly string[]): string;
  name(code: string, kind: 'currency' | 'region' | 'language'): string;
}

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

const toNumber = (amount: Amount): number | null => {
  if (amount === null || amount === undefined || amount === '') return null;
  const value = Number(amount);
  return Number.isFinite(value) ? value : null;
};

const isBareDay = (at: Moment): boolean => typeof at === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(at);

/** An unknown or broken currency code must not take the page down: the number is shown with the code as it came. */
function currencyFormat(locale: string, currency: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency, ...options });
  } catch (error) {
    if (error instanceof RangeError) return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
    throw error;
  }
}

export function makeFormat(settings: FormatSettings): Format {
  const { locale, timeZone } = settings;
  const cache = new Map<string, Intl.NumberFormat>();
  const cached = (key: string, make: () => Intl.NumberFormat): Intl.NumberFormat => {
    const known = cache.get(key) ?? make();
    cache.set(key, known);
    return known;
  };
  const dateStyle = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options });
  const date = dateStyle({ day: 'numeric', month: 'short', year: 'numeric' });
  const day = dateStyle({ day: 'numeric', month: 'short' });
  // A bare day belongs to no time zone: shifted into one it could become the day before.
  const bareDate = dateStyle({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const bareDay = dateStyle({ day: 'numeric', month: 'short', timeZone: 'UTC' });
  const month = dateStyle({ month: 'short', year: 'numeric' });
  const bareMonth = dateStyle({ month: 'short', year: 'numeric', timeZone: 'UTC' });
  const time = dateStyle({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const dateTime = dateStyle({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'long' });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const unit = (name: string, value: number, digits = 0) =>
    cached(
      `unit ${name} ${digits}`,
      () =>
        new Intl.NumberFormat(locale, {
          style: 'unit',
          unit: name,
          unitDisplay: name === 'byte' ? 'long' : 'short',
          maximumFractionDigits: digits,
        }),
    ).format(value);

  const money = (amount: Amount, currency: string | null | undefined, options: Intl.NumberFormatOptions) => {
    const value = toNumber(amount);
    if (value === null) return null;
    const code = currency ?? settings.currency;
    return cached(`${code} ${options.notation ?? ''} ${options.maximumFractionDigits ?? ''}`, () =>
      currencyFormat(locale, code, options),
    ).format(value);
  };

  return {
    settings,
    number: (value, digits = 0) =>
      cached(`number ${digits}`, () => new Intl.NumberFormat(locale, { maximumFractionDigits: digits })).format(value),
    compact: (value) =>
      cached('compact', () => new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })).format(
        value,
      ),
    percent: (share) =>
      cached('percent', () => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })).format(
        share,
      ),
    money: (amount, currency) => money(amount, currency, {}),
    compactMoney: (amount, currency) =>
      money(amount, currency, { notation: 'compact', maximumFractionDigits: 1, minimumFractionDigits: 0 }),
    roundMoney: (amount, currency) => money(amount, currency, { maximumFractionDigits: 0, minimumFractionDigits: 0 }),
    month: (at) => (isBareDay(at) ? bareMonth : month).format(new Date(at)),
    date: (at) => (isBareDay(at) ? bareDate : date).format(new Date(at)),
    day: (at) => (isBareDay(at) ? bareDay : day).format(new Date(at)),
    time: (at) => time.format(new Date(at)),
    dateTime: (at) => dateTime.format(new Date(at)),
    relative: (at, now) => {
      const seconds = (new Date(at).getTime() - now.getTime()) / 1000;
      const [name, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
      return relative.format(Math.trunc(seconds / size), name);
    },
    bytes: (count) => {
      const names = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
      const power = count < 1 ? 0 : Math.min(names.length - 1, Math.floor(Math.log10(count) / 3));
      return unit(names[power] ?? 'byte', count / 1000 ** power, power === 0 ? 0 : 1);
    },
    duration: (seconds) => {
      if (seconds < 60) return unit('second', Math.max(0, Math.round(seconds)));
      if (seconds < 3600) return unit('minute', Math.round(seconds / 60));
      return unit('hour', seconds / 3600, 1);
    },
    list: (items) => list.format(items),
    name: (code, kind) => {
      try {
        return new Intl.DisplayNames(locale, { type: kind }).of(code) ?? code;
      } catch (error) {
        if (error instanceof RangeError) return code;
        throw error;
      }
    },
  };
}
