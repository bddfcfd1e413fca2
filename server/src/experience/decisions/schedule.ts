import type { ExperienceSchedule } from '@vitrail/contracts';
import type { WallClock } from './moment.ts';

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Whether a schedule is open. A span over midnight belongs to the day on which it began. */
export function isOpen(schedule: ExperienceSchedule, now: Date, clock: WallClock): boolean {
  const { from, until, weekdays, hours } = schedule;
  if (from !== undefined && now.getTime() < Date.parse(from)) return false;
  if (until !== undefined && now.getTime() >= Date.parse(until)) return false;
  if (hours === undefined) return weekdays?.includes(clock.weekday) ?? true;
  const [first, last] = [minutesOf(hours.from), minutesOf(hours.to)];
  const overMidnight = first >= last;
  const afterMidnight = overMidnight && clock.minutes < last;
  const inHours = overMidnight
    ? clock.minutes >= first || afterMidnight
    : clock.minutes >= first && clock.minutes < last;
  const begunOn = afterMidnight ? ((clock.weekday + 5) % 7) + 1 : clock.weekday;
  return inHours && (weekdays?.includes(begunOn) ?? true);
}

/** Seconds until a schedule opens or ends by its dates; null when it never does again. */
export function secondsToChange({ from, until }: ExperienceSchedule, now: Date): number | null {
  const ahead = [from, until].flatMap((at) => (at === undefined ? [] : [Date.parse(at) - now.getTime()]));
  const next = Math.min(...ahead.filter((ms) => ms > 0));
  return Number.isFinite(next) ? Math.ceil(next / 1_000) : null;
}
