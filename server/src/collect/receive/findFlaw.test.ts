import { eventSchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../platform/index.ts';
import { findFlaw } from './findFlaw.ts';

const sound: readonly Json[] = [
  { type: 'identify', userId: 'u1' },
  { type: 'identify', anonymousId: 'a1', userId: null, traits: { email: 'a@b.fr' }, context: {} },
  { type: 'track', event: 'Product Viewed', userId: 7, properties: null, timestamp: 1_700_000_000_000 },
  { type: 'page', anonymousId: 'a1', name: 'Home', timestamp: '2026-11-21T10:00:00Z' },
  { type: 'screen', anonymousId: 'a1', messageId: 12 },
  { type: 'group', userId: 'u1', groupId: 'g1' },
  { type: 'alias', userId: 'u1', previousId: 'a1' },
];
const unsound: readonly (readonly [event: Json, field: string])[] = [
  [null, ''],
  ['track', ''],
  [[], ''],
  [{}, '/type'],
  [{ type: 'purchase', userId: 'u1' }, '/type'],
  [{ type: 1, userId: 'u1' }, '/type'],
  [{ type: 'toString', userId: 'u1' }, '/type'],
  [{ type: 'identify' }, '/userId'],
  [{ type: 'identify', userId: '' }, '/userId'],
  [{ type: 'page', userId: '  ', anonymousId: null }, '/userId'],
  [{ type: 'track', userId: 'u1' }, '/event'],
  [{ type: 'track', userId: 'u1', event: ' ' }, '/event'],
  [{ type: 'track', userId: 'u1', event: 3 }, '/event'],
  [{ type: 'page', userId: {} }, '/userId'],
  [{ type: 'page', userId: true }, '/userId'],
  [{ type: 'page', userId: 'u1', anonymousId: ['a'] }, '/anonymousId'],
  [{ type: 'page', userId: 'u1', messageId: {} }, '/messageId'],
  [{ type: 'page', userId: 'u1', properties: 'none' }, '/properties'],
  [{ type: 'page', userId: 'u1', properties: [] }, '/properties'],
  [{ type: 'identify', userId: 'u1', traits: 3 }, '/traits'],
  [{ type: 'page', userId: 'u1', context: true }, '/context'],
  [{ type: 'page', userId: 'u1', timestamp: {} }, '/timestamp'],
  [{ type: 'group', userId: 'u1' }, '/groupId'],
  [{ type: 'alias', userId: 'u1' }, '/previousId'],
];

describe('findFlaw', () => {
  it.each(sound)('finds nothing wrong with %j, as the contract does', (event) => {
    expect(findFlaw(event, null)).toBeNull();
    expect(eventSchema.safeParse(event).success).toBe(true);
  });

  it.each(unsound)('refuses %j at %s', (event, field) => {
    expect(findFlaw(event, null)?.field).toBe(field);
  });

  it('takes the type from the path only when the call leaves it out', () => {
    expect(findFlaw({ userId: 'u1' }, 'page')).toBeNull();
    expect(findFlaw({ userId: 'u1' }, 'track')?.field).toBe('/event');
    expect(findFlaw({ type: 'page', userId: 'u1' }, 'track')).toBeNull();
  });

  it('reads own fields only', () => {
    const event: Json = JSON.parse('{"__proto__":{"type":"page","userId":"u1"},"constructor":"x"}');
    expect(findFlaw(event, null)?.field).toBe('/type');
    expect(findFlaw(JSON.parse('{"type":"page","userId":"u1","__proto__":{"polluted":true}}'), null)).toBeNull();
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});
