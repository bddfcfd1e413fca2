import type { Json, JsonObject } from '../../../platform/index.ts';
import { readInstant } from '../values/parseDate.ts';
import { Problem } from '../values/problem.ts';
import { zoneOf } from '../values/timeZone.ts';

const utc = zoneOf('UTC');

/**
 * A record that is a call already, as it is. What a client's clock said at sending time is left out: the pipeline would
 * correct the date by the years between then and this import.
 */
export function takeCall(whole: JsonObject, now: number): Record<string, Json> | Problem {
  const { sentAt: _sent, receivedAt: _received, originalTimestamp, timestamp, ...call } = whole;
  const at = timestamp ?? originalTimestamp;
  if (at === undefined || at === null || at === '') return { ...call };
  if (typeof at !== 'string' && typeof at !== 'number')
    return new Problem('date_unreadable', 'timestamp is not a date');
  const instant = readInstant(at, typeof at === 'number' ? (at > 1e11 ? 'epoch-ms' : 'epoch-s') : 'ymd', utc, now);
  if (instant instanceof Problem) return new Problem(instant.reason, `timestamp: ${instant.detail}`);
  return { ...call, timestamp: new Date(instant).toISOString() };
}
