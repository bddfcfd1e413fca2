import type { JourneyTrigger } from '@vitrail/contracts';
import type { AskPeople } from '../../../decide/index.ts';
import type { Deps } from '../../../platform/index.ts';
import { directKey, type JourneyCatalogs, type StandingJourney } from '../catalog.ts';
import { listByDay, listEveryone } from '../sql/interest.ch.ts';
import { listCalendar, lockJourney, setNext } from '../sql/journeys.pg.ts';
import { type JourneyNews, takeJourneyEvents } from '../takeEvents.ts';
import { dayOf, nextMoment } from './nextMoment.ts';

export interface CalendarDeps extends Pick<Deps, 'pg' | 'ch' | 'clock'> {
  readonly catalogs: JourneyCatalogs;
  readonly ask: AskPeople;
}

/** People told of at once. */
const chunk = 5_000;

/**
 * Journeys whose moment has come: everyone they are for is let in, and the next moment set, in one transaction; so each
 * moment counts once. One that was missed by a stop is caught up with. Returns the next moment of any.
 */
export async function followCalendar(deps: CalendarDeps): Promise<Date | null> {
  for (;;) {
    const [next] = await deps.pg.rows(listCalendar, {});
    if (next === undefined) return null;
    const now = deps.clock.now();
    if (next.next_at > now) return next.next_at;
    await letIn(deps, { workspace: next.workspace_id, id: next.id, moment: next.next_at, now });
  }
}

async function letIn(
  deps: CalendarDeps,
  { workspace, id, moment, now }: { workspace: number; id: number; moment: Date; now: Date },
): Promise<void> {
  const { zone, journeys } = await deps.catalogs.get(workspace);
  const journey = journeys.get(id);
  // Asked before the transaction: a question about everyone takes its time.
  const people = journey === undefined ? [] : await peopleOf(deps, workspace, journey, { moment, now }, zone);
  await deps.pg.transaction(async (tx) => {
    await tx.row(lockJourney, { workspace, id });
    const due = (await tx.rows(listCalendar, {})).find((row) => row.workspace_id === workspace && row.id === id);
    // Somebody else was quicker.
    if (due?.next_at.getTime() !== moment.getTime()) return;
    const news = people.map(
      (profile): JourneyNews => ({
        profile,
        key: directKey,
        journey: id,
        at: now,
        messageId: `calendar-${id}-${moment.getTime()}-${profile}`,
        properties: { moment: moment.toISOString(), day: dayOf(moment, 0, zone) },
      }),
    );
    for (let from = 0; from < news.length; from += chunk) {
      await takeJourneyEvents(tx, workspace, news.slice(from, from + chunk));
    }
    const next =
      journey === undefined ? null : nextMoment(journey.definition.trigger, goesOnFrom(journey, moment, now), zone);
    await tx.run(setNext, { workspace, id, next });
  });
}

/** Days of people that were missed are caught up with, some days back; of the shop's own moments only the last. */
const catchUpMs = 3 * 86_400_000;
const goesOnFrom = ({ definition }: StandingJourney, moment: Date, now: Date): Date =>
  definition.trigger.kind === 'date' ? new Date(Math.max(moment.getTime(), now.getTime() - catchUpMs)) : now;

/** Whom a moment is for. The audience is asked here in one question about everyone; the door asks again of those few. */
async function peopleOf(
  deps: CalendarDeps,
  workspace: number,
  { definition: { trigger, entry } }: StandingJourney,
  { moment, now }: { moment: Date; now: Date },
  zone: string,
): Promise<readonly number[]> {
  if (trigger.kind === 'date') return peopleOfDay(deps, workspace, trigger, moment, zone);
  if (entry.audience !== undefined) return deps.ask.everyone(workspace, entry.audience, now);
  const rows = await deps.ch.rows(listEveryone, { workspace }, { lane: 'heavy' });
  return rows.map(({ profile }) => profile);
}

/** Whose day it is: `days` after it means that the day itself lies so far back. */
async function peopleOfDay(
  { ch }: CalendarDeps,
  workspace: number,
  { trait, yearly, days }: Extract<JourneyTrigger, { kind: 'date' }>,
  moment: Date,
  zone: string,
): Promise<readonly number[]> {
  const day = dayOf(moment, -days, zone);
  const asked = yearly ? { day: day.slice(5), from: 6, length: 5 } : { day, from: 1, length: 10 };
  const found = await ch.rows(listByDay, { workspace, trait, ...asked }, { lane: 'heavy' });
  if (!yearly || !day.endsWith('-02-28') || isLeap(Number(day.slice(0, 4)))) return found.map(({ profile }) => profile);
  // Born on a 29 February: in other years on the 28th.
  const leap = await ch.rows(listByDay, { workspace, trait, ...asked, day: '02-29' }, { lane: 'heavy' });
  return [...found, ...leap].map(({ profile }) => profile);
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
