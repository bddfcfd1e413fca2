import { describe, expect, it } from 'vitest';
import { type Json, type JsonObject, objectOf } from '../../platform/index.ts';
import { readEvent } from './readEvent.ts';

const receivedAt = new Date('2026-05-04T10:00:00.000Z');
const read = (event: JsonObject, record: object = {}) => readEvent({ event, receivedAt, keep: false, ...record }, 7);
const track = (fields: JsonObject = {}): JsonObject => ({
  type: 'track',
  event: 'A',
  userId: 'u',
  messageId: 'm',
  ...fields,
});

describe('readEvent', () => {
  it('keeps every top-level field it has no column for', () => {
    expect(read(track({ integrations: { All: true }, _metadata: { bundled: [] } }))).toMatchObject({
      extra: { integrations: { All: true }, _metadata: { bundled: [] } },
    });
  });

  it('keeps a field called __proto__ as what it is: a field', () => {
    const event: Json = JSON.parse('{"type":"page","messageId":"m","__proto__":{"a":1},"more":2}');
    const { extra } = { extra: {}, ...read(objectOf(event)) };
    expect(JSON.stringify(extra)).toBe('{"__proto__":{"a":1},"more":2}');
  });

  it.each<[string, JsonObject, string]>([
    ['an unknown type', { type: 'delete', messageId: 'm' }, 'type is not'],
    ['a track call without a name', { type: 'track', messageId: 'm' }, 'event name'],
    ['properties that are a list', track({ properties: [] }), 'properties is not an object'],
    ['no message id', { type: 'page' }, 'no messageId'],
  ])('drops %s and says what is wrong', (_, event, detail) => {
    expect(read(event)).toMatchObject({ reason: 'invalid', detail: expect.stringContaining(detail) });
  });

  it('takes the type from the path and the id from the request when the body leaves them out', () => {
    expect(read({ event: 'A' }, { typeHint: 'track', fallbackId: 'vitrail-1-0' })).toMatchObject({
      type: 'track',
      messageId: 'vitrail-1-0',
    });
  });

  it('reads ids given as numbers and cuts texts that would fill a page', () => {
    expect(read(track({ userId: 42 }))).toMatchObject({ userId: '42' });
    const event = read(track({ event: 'x'.repeat(9_000) }));
    expect('event' in event && event.event.length).toBe(512);
  });

  it('holds no NUL and no half surrogate in texts that become columns', () => {
    expect(read(track({ userId: 'u\u0000\ud800', event: 'E\udc00' }))).toMatchObject({
      userId: 'u\ufffd',
      event: 'E\ufffd',
    });
  });

  it.each<[string, Json, Json, string]>([
    ['a clock an hour ahead', '2026-05-04T10:59:50.000Z', '2026-05-04T11:00:00.000Z', '2026-05-04T09:59:50.000Z'],
    ['a clock a day behind', '2026-05-03T09:59:00.000Z', '2026-05-03T10:00:00.000Z', '2026-05-04T09:59:00.000Z'],
    ['no sentAt', '2026-05-01T00:00:00.000Z', null, '2026-05-01T00:00:00.000Z'],
    ['1900', '1900-01-01', null, receivedAt.toISOString()],
    ['9999', '9999-12-31', null, receivedAt.toISOString()],
    ['nonsense', 'soon', null, receivedAt.toISOString()],
  ])('dates an event from %s', (_, timestamp, sentAt, expected) => {
    const event = read(track({ timestamp, sentAt }));
    expect('timestamp' in event && event.timestamp.toISOString()).toBe(expected);
  });
});
