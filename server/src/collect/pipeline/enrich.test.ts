import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../platform/index.ts';
import { enrich } from './enrich.ts';
import { readEvent } from './readEvent.ts';

const receivedAt = new Date('2026-05-04T10:00:00.000Z');
const enriched = (context: JsonObject, userAgent = '') => {
  const event = readEvent(
    { event: { type: 'page', messageId: 'm', anonymousId: 'a', context }, receivedAt, keep: false, userAgent },
    1,
  );
  if ('reason' in event) throw new Error(event.detail);
  return enrich(event);
};
const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

describe('enrich', () => {
  it('takes campaign parameters from the page address when the client sends no campaign', () => {
    expect(
      enriched({ page: { url: 'https://shop.example/?utm_source=google&utm_campaign=%C3%A9t%C3%A9' } }),
    ).toMatchObject({
      campaignSource: 'google',
      campaignName: 'été',
    });
    expect(enriched({ campaign: { source: 'mail' }, page: { search: '?utm_source=google' } }).campaignSource).toBe(
      'mail',
    );
  });

  it('names the device, and prefers what the context says to the request header', () => {
    expect(enriched({}, chrome)).toMatchObject({ deviceType: 'desktop', os: 'Windows', browser: 'Chrome', bot: false });
    expect(enriched({ userAgent: iphone }, chrome)).toMatchObject({ deviceType: 'mobile', os: 'iOS' });
  });

  it('flags robots', () => {
    expect(enriched({}, 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)').bot).toBe(true);
    expect(enriched({ bot: true }, chrome).bot).toBe(true);
    expect(enriched({ bot: 'true' }, chrome).bot).toBe(false);
  });

  it('survives contexts of the wrong shape', () => {
    expect(enriched({ page: 'x', campaign: [], location: 7, sessionId: 1_700_000_000 })).toMatchObject({
      url: '',
      sessionId: '1700000000',
    });
  });
});
