import { type CollectedEvent, isRobot, type Resolver } from '../../collect/index.ts';
import type { OnChanges } from '../../decide/index.ts';
import { type JourneyNews, takeJourneyEvents } from './takeEvents.ts';

const newsOf = (event: CollectedEvent, owner: number): JourneyNews => ({
  profile: owner,
  key: `${event.type}:${event.event}`,
  at: event.timestamp,
  messageId: event.messageId,
  properties: event.properties,
});

/** What journeys ask about is kept in the transaction that resolves the batch: with the batch it is there, or not at all. */
export const followBatches =
  (resolve: Resolver): Resolver =>
  async (tx, batch) => {
    const resolution = await resolve(tx, batch);
    const news = batch.events.flatMap((event, index): JourneyNews[] => {
      const owner = resolution.owners[index];
      if (typeof owner !== 'number' || owner === 0) return [];
      if (event.type !== 'track' && event.type !== 'page' && event.type !== 'screen') return [];
      return isRobot(event.userAgent) ? [] : [newsOf(event, owner)];
    });
    await takeJourneyEvents(tx, batch.workspace.id, news, batch.id);
    return resolution;
  };

/** Entries and exits of segments, in the transaction that makes them. */
export const followSegments: OnChanges = async (tx, { workspace, version, at, changes }) => {
  await takeJourneyEvents(
    tx,
    workspace,
    changes.map(({ person, segment, entered }) => ({
      profile: person,
      key: `segment:${entered ? 'enter' : 'exit'}:${segment}`,
      at,
      messageId: `segment-${version}-${segment}-${person}`,
      properties: { segment_id: String(segment) },
    })),
  );
};
