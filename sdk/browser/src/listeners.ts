import type { ListenedEvent, Listener } from './types.ts';

/** What was tracked lately is kept for those who begin to listen later. */
const mostKept = 30;

/** Those who listen; what one of them throws is reported and stops nobody. */
export function createListeners(report: (error: unknown) => void) {
  let all: (readonly [ListenedEvent, Listener])[] = [];
  const tracked: unknown[] = [];
  return {
    tracked: (): readonly unknown[] => tracked,
    add: (event: ListenedEvent, listener: Listener): unknown => all.push([event, listener]),
    remove(event: ListenedEvent, listener: Listener): void {
      all = all.filter(([heard, one]) => heard !== event || one !== listener);
    },
    tell(event: ListenedEvent, ...details: readonly unknown[]): void {
      if (event === 'track' && tracked.push(details[0]) > mostKept) tracked.shift();
      for (const [heard, listener] of [...all]) {
        try {
          if (heard === event) listener(...details);
        } catch (error) {
          if (event !== 'error') report(error);
        }
      }
    },
  };
}
