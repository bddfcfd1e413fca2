import { type Compare, reportLimits } from '@vitrail/contracts';
import { type Deps, Fault } from '../../platform/index.ts';
import { addDays, localDay, startOfDay } from '../analytics/days.ts';
import { readSettings } from '../analytics/sql/stats.pg.ts';
import { readDataMoment } from './sql/dataMoment.pg.ts';

/** Local days, both included, and the instants between which they lie. */
export interface Span {
  readonly from: string;
  readonly to: string;
  readonly fromMs: number;
  /** Excluded. */
  readonly toMs: number;
}

/** What every report needs to know about its workspace and period. */
export interface Scope {
  readonly workspace: number;
  readonly zone: string;
  readonly currency: string;
  readonly now: Date;
  /** All that was accepted up to here is counted. */
  readonly at: Date;
  readonly current: Span;
  /** What the period is compared with, always earlier. */
  readonly before: Span | null;
  /** Days by which `before` is shifted to lie on the period. */
  readonly shift: number;
}

/** 52 weeks, so that weekdays meet. */
const yearDays = 364;

export function spanOf(from: string, to: string, zone: string): Span {
  return { from, to, fromMs: startOfDay(from, zone).getTime(), toMs: startOfDay(addDays(to, 1), zone).getTime() };
}

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;

const badPeriod = (message: string): Fault => new Fault('invalid', 'decide.bad_period', message);

/** The period of a request; refuses one that is backwards, endless or overlaps what it is compared with. */
export function choosePeriod(
  { from, to, compare = 'none' }: { from?: string | undefined; to?: string | undefined; compare?: Compare },
  zone: string,
  now: Date,
): Pick<Scope, 'current' | 'before' | 'shift'> {
  const last = to ?? localDay(now, zone);
  const first = from ?? addDays(last, -29);
  const days = daysBetween(first, last);
  if (days < 1) throw badPeriod('`from` must not be after `to`.');
  if (days > reportLimits.days) throw badPeriod(`A report covers ${reportLimits.days} days at most.`);
  if (first < '1971-01-01' || last > '2140-12-31') throw badPeriod('Choose days between 1971 and 2140.');
  if (compare === 'year' && days > yearDays)
    throw badPeriod(`To be compared with the year before, a period has ${yearDays} days at most.`);
  const shift = compare === 'year' ? yearDays : days;
  const before = compare === 'none' ? null : spanOf(addDays(first, -shift), addDays(last, -shift), zone);
  return { current: spanOf(first, last, zone), before, shift };
}

export async function readScope(
  deps: Pick<Deps, 'pg' | 'clock'>,
  workspace: number,
  period: { from?: string | undefined; to?: string | undefined; compare?: Compare },
): Promise<Scope> {
  const now = deps.clock.now();
  const [settings, data] = await Promise.all([
    deps.pg.row(readSettings, { workspace }),
    deps.pg.row(readDataMoment, { workspace }),
  ]);
  if (settings === null) throw new Fault('not_found', 'decide.workspace_gone', 'This workspace does not exist.');
  const { time_zone: zone, base_currency: currency } = settings;
  const waiting = data?.waiting_since?.getTime() ?? now.getTime();
  return {
    workspace,
    zone,
    currency,
    now,
    at: new Date(Math.min(waiting, now.getTime())),
    ...choosePeriod(period, zone, now),
  };
}
