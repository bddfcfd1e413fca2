import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { type Amount, type Format, type Moment, makeFormat } from './format.ts';

const FormatContext = createContext<Format | null>(null);

export function FormatProvider(props: { locale: string; timeZone: string; currency: string; children: ReactNode }) {
  const { locale, timeZone, currency } = props;
  const format = useMemo(() => makeFormat({ locale, timeZone, currency }), [locale, timeZone, currency]);
  return <FormatContext value={format}>{props.children}</FormatContext>;
}

export function useFormat(): Format {
  const format = useContext(FormatContext);
  if (format === null) throw new Error('useFormat is used outside FormatProvider.');
  return format;
}

/** The present moment, moving on every `every` milliseconds. */
export function useNow(every = 30_000): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

/** What stands where there is no value. */
export const nothing = '–';

export function Num({ value, digits }: { value: number | null | undefined; digits?: number }) {
  const format = useFormat();
  if (value === null || value === undefined) return <span>{nothing}</span>;
  return <data value={value}>{format.number(value, digits)}</data>;
}

export function Money({ amount, currency }: { amount: Amount; currency?: string | null | undefined }) {
  const format = useFormat();
  const text = format.money(amount, currency);
  return text === null ? <span>{nothing}</span> : <data value={String(amount)}>{text}</data>;
}

export function DateTime({ at, only }: { at: Moment | null | undefined; only?: 'date' }) {
  const format = useFormat();
  if (at === null || at === undefined) return <span>{nothing}</span>;
  return <time dateTime={new Date(at).toISOString()}>{only === 'date' ? format.date(at) : format.dateTime(at)}</time>;
}

/** "3 hours ago"; the exact moment on hover. */
export function Relative({ at }: { at: Moment | null | undefined }) {
  const format = useFormat();
  const now = useNow();
  if (at === null || at === undefined) return <span>{nothing}</span>;
  return (
    <time dateTime={new Date(at).toISOString()} title={format.dateTime(at)}>
      {format.relative(at, now)}
    </time>
  );
}
