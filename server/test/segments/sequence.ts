import type { ConditionOf, EventMatch } from '@vitrail/contracts';
import { lengthOf, propertyText } from './values.ts';
import type { PastEvent } from './world.ts';

/**
 * Looks for one event per positive step, trying them all. Events of one millisecond stand in the order of the steps they
 * are taken for; an event with "not" stands between two steps when it happened from the one to the other, both instants
 * included, and is neither of them.
 */
export function passesSequence(
  { steps, sameProperty }: ConditionOf<'sequence'>,
  events: readonly PastEvent[],
  now: number,
  matches: (event: PastEvent, match: EventMatch) => boolean,
): boolean {
  const threads = new Map<string, PastEvent[]>();
  for (const event of events) {
    const key = sameProperty === undefined ? 'all' : propertyText(event, sameProperty);
    if (key === '') continue;
    const thread = threads.get(key);
    if (thread === undefined) threads.set(key, [event]);
    else thread.push(event);
  }
  return [...threads.values()].some((thread) => {
    const fits = steps.map(({ match }) => thread.filter((event) => matches(event, match)));
    const forbidden = (step: number, from: PastEvent, to: number, end: PastEvent | null): boolean =>
      (fits[step] ?? []).some((event) => event !== from && event !== end && event.at >= from.at && event.at <= to);
    const goOn = (step: number, before: PastEvent, taken: readonly PastEvent[]): boolean => {
      const asked = steps[step];
      if (asked === undefined) return true;
      if (asked.not && step === steps.length - 1) {
        const until = before.at + (asked.within === undefined ? 0 : lengthOf(asked.within));
        return until <= now && !forbidden(step, before, until, null);
      }
      const target = asked.not ? step + 1 : step;
      const within = steps[target]?.within;
      return (fits[target] ?? []).some(
        (event) =>
          !taken.includes(event) &&
          event.at >= before.at &&
          (within === undefined || event.at - before.at <= lengthOf(within)) &&
          !(asked.not && forbidden(step, before, event.at, event)) &&
          goOn(target + 1, event, [...taken, event]),
      );
    };
    return (fits[0] ?? []).some((event) => goOn(1, event, [event]));
  });
}
