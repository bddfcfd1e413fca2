/** The clock on a wall. */
export interface WallClock {
  readonly hour: number;
  /** 1 is Monday. */
  readonly weekday: number;
  /** Minutes since midnight. */
  readonly minutes: number;
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
/** Making a formatter costs a hundred times its use. Few zones are ever asked for; what a visitor makes up is not kept. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const mostFormatters = 600;

function formatterOf(timeZone: string): Intl.DateTimeFormat | null {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  try {
    const made = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    if (formatters.size < mostFormatters) formatters.set(timeZone, made);
    return made;
  } catch {
    return null; // not a time zone
  }
}

/** What the clock shows there; null when there is no such time zone. */
export function wallClock(at: Date, timeZone: string): WallClock | null {
  const formatter = formatterOf(timeZone);
  if (formatter === null) return null;
  const parts = new Map(formatter.formatToParts(at).map(({ type, value }) => [type, value]));
  const hour = Number(parts.get('hour'));
  return {
    hour,
    weekday: weekdays.indexOf(parts.get('weekday') ?? '') + 1,
    minutes: hour * 60 + Number(parts.get('minute')),
  };
}
