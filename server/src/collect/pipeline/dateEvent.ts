import type { Json } from '../../platform/index.ts';
import type { SourceRecord } from './record.ts';

const day = 86_400_000;
/** Nothing this program is about happened earlier; a date before it is a broken clock or a default value. */
const earliest = Date.UTC(1990, 0, 1);
/** What ClickHouse's DateTime64 can hold. */
const storable = { from: Date.UTC(1900, 0, 1), to: Date.UTC(2299, 11, 31) };

function dateOf(value: Json | undefined): Date | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const date = new Date(value);
  const time = date.getTime();
  return time >= storable.from && time <= storable.to ? date : null;
}

/**
 * When an event happened. The client's own clock is corrected by the difference between when it says it sent the
 * request and when we received it (Segment's rule: timestamp = receivedAt − (sentAt − originalTimestamp)). A date that
 * is absent, unreadable, before 1990 or over a day in the future becomes the time of receipt; what the client said stays
 * in `originalTimestamp`.
 */
export function dateEvent(record: SourceRecord): {
  timestamp: Date;
  originalTimestamp: Date | null;
  sentAt: Date | null;
} {
  const { event, receivedAt } = record;
  // `timestamp` first: RudderStack's Node client puts the moment of the call into `originalTimestamp` even when the
  // caller states when it happened (measured, rudder-sdk-node 3.0.13), and Segment's clients send `timestamp` only.
  const original = dateOf(event.timestamp ?? event.originalTimestamp);
  const sentAt = dateOf(event.sentAt) ?? record.sentAt ?? null;
  if (original === null) return { timestamp: receivedAt, originalTimestamp: null, sentAt };
  const skew = sentAt === null ? 0 : receivedAt.getTime() - sentAt.getTime();
  const time = original.getTime() + skew;
  const plausible = time >= earliest && time <= receivedAt.getTime() + day;
  return { timestamp: plausible ? new Date(time) : receivedAt, originalTimestamp: original, sentAt };
}
