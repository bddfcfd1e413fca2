import { type ReportPeople, type Retention, type RetentionInput, reportLimits } from '@vitrail/contracts';
import { type Deps, Fault } from '../../../platform/index.ts';
import { addDays, localDay } from '../../analytics/days.ts';
import { about } from '../about.ts';
import { ask } from '../ask.ts';
import { listBuckets, nextInterval } from '../intervals.ts';
import { readPeople } from '../people.ts';
import { readScope, type Scope } from '../scope.ts';
import { compileRetention, compileRetentionPeople } from './compileRetention.ts';

/** The intervals since a cohort began that have begun by now, at most as many as a report shows. */
function periodsOf(cohort: string, interval: RetentionInput['interval'], { now, zone }: Scope): { partial: boolean }[] {
  const today = localDay(now, zone);
  const periods: { partial: boolean }[] = [];
  for (let start = cohort; start <= today && periods.length <= reportLimits.cohorts; ) {
    const next = nextInterval(start, interval);
    periods.push({ partial: addDays(next, -1) >= today });
    start = next;
  }
  return periods;
}

const divide = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1e6) / 1e6;

/** Who comes back, by when they first came; or the people behind one cell. */
export async function readRetention(
  deps: Pick<Deps, 'pg' | 'ch' | 'clock'>,
  workspace: number,
  input: RetentionInput,
): Promise<Retention | ReportPeople> {
  const scope = await readScope(deps, workspace, input);
  if (input.people !== undefined) {
    const point = input.people;
    return readPeople(deps, compileRetentionPeople(input, point, scope), point);
  }
  const buckets = listBuckets(scope, input.interval);
  if (buckets.length > reportLimits.cohorts)
    throw new Fault(
      'invalid',
      'decide.too_many_cohorts',
      `A report shows ${reportLimits.cohorts} cohorts at most. Choose a shorter period or longer intervals.`,
    );
  const rows = await ask(deps, compileRetention(input, scope));
  const cellOf = new Map(rows.map((row) => [`${row.cohort} ${row.period}`, row]));
  const cohorts = buckets.map(({ day }) => {
    const size = cellOf.get(`${day} -1`)?.people ?? 0;
    return {
      cohort: day,
      size,
      periods: periodsOf(day, input.interval, scope).map(({ partial }, period) => {
        const cell = cellOf.get(`${day} ${period}`);
        const people = cell?.people ?? 0;
        return { people, share: divide(people, size), revenue: cell?.revenue ?? 0, partial };
      }),
    };
  });
  const longest = Math.max(0, ...cohorts.map(({ periods }) => periods.length));
  const average = Array.from({ length: longest }, (_, period) => {
    const over = cohorts.filter(({ periods }) => periods[period]?.partial === false);
    const size = over.reduce((sum, cohort) => sum + cohort.size, 0);
    const sum = (pick: (cell: Retention['cohorts'][number]['periods'][number]) => number): number =>
      over.reduce((total, { periods }) => total + (periods[period] === undefined ? 0 : pick(periods[period])), 0);
    return {
      share: divide(
        sum(({ people }) => people),
        size,
      ),
      revenuePerPerson: divide(
        sum(({ revenue }) => revenue),
        size,
      ),
    };
  });
  return { ...about(scope, 'retention'), interval: input.interval, cohorts, average };
}
