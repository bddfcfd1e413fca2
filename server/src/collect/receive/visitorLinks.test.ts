import { describe, expect, it } from 'vitest';
import { createMovableClock } from '../../platform/index.ts';
import { createVisitorLinks } from './visitorLinks.ts';

const secret = Buffer.alloc(32, 3);
const clock = createMovableClock();
const links = createVisitorLinks(secret, clock);
const browser = { ip: '192.0.2.7', userAgent: 'Firefox' };
const visitor = { workspaceId: 1, anonymousId: 'é-1.2', to: 'checkout.example' };
const at = { workspaceId: 1, host: 'checkout.example' };

describe('a link to another domain of the shop', () => {
  it('says there who the visitor is, and hides it on the way', () => {
    const token = links.seal(visitor, browser);
    expect(token).toMatch(/^[\w-]+$/);
    expect(Buffer.from(token, 'base64url').includes(visitor.anonymousId)).toBe(false);
    expect(links.open(token, at, browser)).toBe('é-1.2');
  });

  it.each([
    ['another address', at, { ...browser, ip: '192.0.2.8' }],
    ['another browser', at, { ...browser, userAgent: 'Chrome' }],
    ['another domain', { ...at, host: 'evil.example' }, browser],
    ['another workspace', { ...at, workspaceId: 2 }, browser],
  ])('says nothing to %s', (_title, place, asking) => {
    expect(links.open(links.seal(visitor, browser), place, asking)).toBeNull();
  });

  it('says nothing after two minutes', () => {
    const token = links.seal(visitor, browser);
    clock.moveTo(new Date(clock.now().getTime() + 119_000));
    expect(links.open(token, at, browser)).toBe('é-1.2');
    clock.moveTo(new Date(clock.now().getTime() + 3_000));
    expect(links.open(token, at, browser)).toBeNull();
  });

  it('cannot be made up or changed', () => {
    const token = links.seal(visitor, browser);
    const changed = Buffer.from(token, 'base64url');
    changed[14] = (changed[14] ?? 0) ^ 1;
    for (const wrong of ['', 'x', visitor.anonymousId, 'A'.repeat(80), changed.toString('base64url')])
      expect(links.open(wrong, at, browser)).toBeNull();
  });
});
