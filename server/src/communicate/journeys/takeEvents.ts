import type { Json, JsonObject, Pg } from '../../platform/index.ts';
import { appendEvents, listKeys } from './sql/events.pg.ts';

/** Something that happened to a person, as journeys hear of it. */
export interface JourneyNews {
  /** Any profile row of the customer. */
  readonly profile: number;
  /** `track:Cart Updated`, `message:Email Link Clicked`, `segment:enter:12`. */
  readonly key: string;
  readonly at: Date;
  readonly messageId: string;
  readonly properties: JsonObject;
  /** Meant for this journey alone. */
  readonly journey?: number;
}

/** An event's properties beyond this are not kept: nobody's condition stands so far back. */
const mostBytes = 64_000;

/**
 * Keeps what journeys of the workspace ask about, in the transaction in which it happens: acted on exactly when that
 * commits. One look at the keys for everything else. `batch`: its rows are waited for.
 */
export async function takeJourneyEvents(
  tx: Pg,
  workspace: number,
  news: readonly JourneyNews[],
  batch: number | null = null,
): Promise<number> {
  if (news.length === 0) return 0;
  const keys = new Set((await tx.rows(listKeys, { workspace })).map(({ key }) => key));
  const wanted = news.filter(({ key, journey, profile }) => profile > 0 && (journey !== undefined || keys.has(key)));
  if (wanted.length === 0) return 0;
  await tx.run(appendEvents, {
    workspace,
    batch,
    keys: wanted.map(({ key }) => key),
    journeys: wanted.map(({ journey }) => journey ?? 0),
    profiles: wanted.map(({ profile }) => profile),
    at: wanted.map(({ at }) => at),
    messages: wanted.map(({ messageId }) => messageId),
    payloads: wanted.map(({ properties }): Json => ({ properties: boundedOf(properties) })),
  });
  return wanted.length;
}

const boundedOf = (properties: JsonObject): JsonObject =>
  JSON.stringify(properties).length > mostBytes
    ? Object.fromEntries(Object.entries(properties).filter(([, value]) => typeof value !== 'object'))
    : properties;
