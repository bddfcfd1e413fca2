import { describe, expect, it } from 'vitest';
import { detailOf } from './describeEvent.ts';
import { type Channel, channels, reachOf } from './reachability.ts';

const event = (over: object) => ({
  type: 'track',
  event: 'Product Viewed',
  properties: {},
  url: '',
  traits: {},
  ...over,
});

describe('what an event is about', () => {
  it('is the product, the order, the search or the page', () => {
    expect(detailOf(event({ properties: { name: 'Lamp', product_id: 'p1' } }))).toBe('Lamp');
    expect(detailOf(event({ properties: { order_id: 'W-1', total: 12 } }))).toBe('W-1');
    expect(detailOf(event({ properties: { query: 'blue' } }))).toBe('blue');
    expect(detailOf(event({ type: 'page', url: 'https://shop.example/lamps?x=1' }))).toBe('/lamps');
  });

  it('is the names of the traits for an identify, and nothing when nothing is told', () => {
    expect(detailOf(event({ type: 'identify', traits: { email: 'x', city: 'y' } }))).toBe('email, city');
    expect(detailOf(event({ url: 'not a url' }))).toBeNull();
  });
});

describe('whether a person can be reached', () => {
  const person = {
    email: 'zoe@example.fr',
    phone: null,
    traits: {},
    consents: {
      newsletter: { granted: true, at: '2026-01-01T00:00:00Z', source: 1 },
      email: { granted: false, at: '2026-05-01T00:00:00Z', source: 2 },
    },
  };
  const reach = (channel: Channel, over: object = {}) => reachOf({ ...profile, ...person, ...over }, channel);
  const profile = {
    id: 'p',
    name: null,
    city: null,
    fragments: [],
    parts: 1,
    firstSeenAt: '',
    lastSeenAt: '',
    identifiers: [],
    totals: {
      orders: 0,
      revenue: 0,
      currency: 'EUR',
      averageOrder: null,
      firstOrderAt: null,
      lastOrderAt: null,
      refunded: 0,
      byCurrency: [],
      withoutRate: 0,
    },
    devices: [],
    companies: [],
    eventCount: 0,
    createdAt: '',
  };

  it('follows the newest answer of the channel', () => {
    expect(reach('email')).toBe('refused');
    expect(reach('email', { consents: { email: { granted: true, at: '2026-06-01T00:00:00Z', source: 2 } } })).toBe(
      'agreed',
    );
  });

  it('names the missing address before the missing consent', () => {
    expect(channels.map((channel) => reach(channel))).toEqual(['refused', 'noAddress', 'noAddress', 'noAddress']);
    expect(reach('sms', { phone: '+33612345678' })).toBe('unasked');
  });
});
