import { isJsonObject, type Json, objectOf, scalarText } from '../../platform/index.ts';
import { dateEvent } from './dateEvent.ts';
import type { CollectedEvent, Drop, EventType, SourceRecord } from './record.ts';

const typeByName: ReadonlyMap<string, EventType> = new Map([
  ['identify', 'identify'],
  ['track', 'track'],
  ['page', 'page'],
  ['screen', 'screen'],
  ['group', 'group'],
  ['alias', 'alias'],
]);

const known = new Set([
  'type',
  'event',
  'name',
  'messageId',
  'userId',
  'anonymousId',
  'previousId',
  'groupId',
  'timestamp',
  'originalTimestamp',
  'sentAt',
  'receivedAt',
  'properties',
  'traits',
  'context',
  'writeKey',
]);
/**
 * Reads one record into a `CollectedEvent`, or says why it cannot be one. The door has refused what it could see was
 * wrong; this also guards imports and replays.
 */
export function readEvent(record: SourceRecord, sourceId: number): CollectedEvent | Drop {
  const { event } = record;
  const type = typeByName.get(scalarText(event.type ?? record.typeHint ?? '', 20));
  if (type === undefined)
    return { reason: 'invalid', detail: 'type is not identify, track, page, screen, group or alias' };
  const name = scalarText(type === 'track' ? event.event : (event.name ?? event.event), 512);
  if (type === 'track' && name === '') return { reason: 'invalid', detail: 'a track call needs an event name' };
  for (const part of ['properties', 'traits', 'context'] as const) {
    const value = event[part];
    if (value !== undefined && value !== null && !isJsonObject(value)) {
      return { reason: 'invalid', detail: `${part} is not an object` };
    }
  }
  const messageId = scalarText(event.messageId, 256) || (record.fallbackId ?? '');
  if (messageId === '') return { reason: 'invalid', detail: 'there is no messageId' };

  const context = objectOf(event.context);
  const extra: Record<string, Json> = {};
  for (const key in event) {
    const value = event[key];
    if (known.has(key) || value === undefined) continue;
    // An assignment would set the prototype instead, and lose what was sent.
    if (key === '__proto__') Object.defineProperty(extra, key, { value, enumerable: true, configurable: true });
    else extra[key] = value;
  }
  const { timestamp, originalTimestamp, sentAt } = dateEvent(record);
  return {
    messageId,
    type,
    event: name,
    sourceId,
    timestamp,
    originalTimestamp,
    sentAt,
    receivedAt: record.receivedAt,
    userId: scalarText(event.userId, 512),
    anonymousId: scalarText(event.anonymousId, 512),
    previousId: scalarText(event.previousId, 512),
    groupId: scalarText(event.groupId, 512),
    properties: objectOf(event.properties),
    traits: objectOf(event.traits),
    context,
    extra,
    userAgent: scalarText(context.userAgent, 1024) || (record.userAgent ?? ''),
    keep: record.keep,
  };
}
