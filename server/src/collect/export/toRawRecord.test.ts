import { describe, expect, it } from 'vitest';
import { type EventRow, toRawRecord } from './toRawRecord.ts';

const row = (overrides: Partial<EventRow> = {}): EventRow => ({
  profile_id: 7,
  customer_id: 5,
  timestamp: '2026-11-21T10:00:00.123Z',
  message_id: 'm-1',
  type: 'track',
  event: 'Order Completed',
  source_id: 3,
  site: 'Main',
  received_at: '2026-11-21T10:00:01.000Z',
  sent_at: null,
  original_timestamp: null,
  anonymous_id: 'anon',
  user_id: '',
  value: 12.5,
  currency: 'EUR',
  base_value: null,
  properties: '{"total":12.5}',
  traits: '{}',
  context: '{"ip":"192.0.2.1"}',
  extra: '{}',
  ...overrides,
});

describe('a raw record put together again', () => {
  it('has the shape clients send, with what Vitrail found out apart', () => {
    expect(JSON.parse(toRawRecord(row({ extra: '{"integrations":{"All":true},"previousId":"x"}' })))).toEqual({
      messageId: 'm-1',
      type: 'track',
      event: 'Order Completed',
      anonymousId: 'anon',
      timestamp: '2026-11-21T10:00:00.123Z',
      receivedAt: '2026-11-21T10:00:01.000Z',
      properties: { total: 12.5 },
      context: { ip: '192.0.2.1' },
      integrations: { All: true },
      previousId: 'x',
      _vitrail: {
        profileId: 7,
        customerId: 5,
        sourceId: 3,
        site: 'Main',
        value: 12.5,
        currency: 'EUR',
        baseValue: null,
      },
    });
  });

  it('names pages by name, and people by traits', () => {
    expect(JSON.parse(toRawRecord(row({ type: 'page', event: 'Home' })))).toMatchObject({
      name: 'Home',
      properties: {},
    });
    const identify = JSON.parse(
      toRawRecord(row({ type: 'identify', event: '', properties: '{}', traits: '{"email":"a"}' })),
    );
    expect(identify).toMatchObject({ type: 'identify', traits: { email: 'a' } });
    expect(identify).not.toHaveProperty('properties');
    expect(identify).not.toHaveProperty('event');
  });

  it('passes JSON through digit by digit and key by key', () => {
    const properties =
      '{"big":12345678901234567890,"tiny":1e-400,"z":1,"a":{"__proto__":{"x":1}},"dup":1.10,"\\u0000":"\\ud83d"}';
    expect(toRawRecord(row({ properties }))).toContain(`"properties":${properties}`);
  });

  it("makes room when a client's record was exported before", () => {
    const again = toRawRecord(row({ extra: '{"_vitrail":{"profileId":1},"keep":"_vitrail"}' }));
    expect(again.match(/"_vitrail":/g)).toHaveLength(1);
    expect(JSON.parse(again)).toMatchObject({ keep: '_vitrail', _vitrail: { profileId: 7 } });
  });

  it('is one line, whatever is in it', () => {
    const line = toRawRecord(
      row({ message_id: 'a\nb"c\u2028', event: 'x\r\ny', properties: '', context: '', extra: '' }),
    );
    expect(line.trimEnd().split(/[\r\n]/)).toHaveLength(1);
    expect(JSON.parse(line)).toMatchObject({ messageId: 'a\nb"c\u2028', event: 'x\r\ny', properties: {}, context: {} });
  });
});
