import type { ProfileEvent } from '@vitrail/contracts';
import { poll } from '../../../server/test/poll.ts';
import type { TestServer } from '../harness/startServer.ts';

const kinds = ['page', 'identify', 'track', 'group', 'screen', 'alias'];
/** In the order they happened; of calls within one millisecond nobody can say which came first, so by their kind. */
const inOrder = (one: ProfileEvent, other: ProfileEvent): number =>
  one.timestamp.localeCompare(other.timestamp) || kinds.indexOf(one.type) - kinds.indexOf(other.type);

/** Waits until the customer with this identifier has this many calls; all of them, in the order they happened. */
export function callsOf(
  server: Pick<TestServer, 'api'>,
  identifier: readonly [namespace: string, value: string],
  count: number,
): Promise<ProfileEvent[]> {
  return poll(
    `${count} calls of ${identifier.join(':')}`,
    async () => {
      const id = await server.api.findProfile(...identifier);
      if (id === null) return null;
      const events = await server.api.events(id);
      return events.length >= count ? events.toSorted(inOrder) : null;
    },
    { timeoutMs: 30_000, everyMs: 100 },
  );
}

/** What was called, for comparing whole visits at a glance. */
export const namesOf = (calls: readonly ProfileEvent[]) => calls.map(({ type, event }) => [type, event]);
