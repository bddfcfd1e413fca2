import { describe, expect, it } from 'vitest';
import { keepCookie } from './keepCookie.ts';

const page = { origin: 'https://www.shop.example', hostname: 'cdp.shop.example', site: 'same-site', secure: true };
const keep = { value: '3f2a.s4x2k1', domain: 'shop.example', seconds: 390 * 86_400 };

describe('the cookie of an anonymous id', () => {
  it('is set for the whole site of the page that asks', () => {
    expect(keepCookie(keep, page)).toBe(
      'vt_id=3f2a.s4x2k1; Path=/; Max-Age=33696000; SameSite=Lax; Domain=shop.example; Secure',
    );
  });

  it('is for this host alone where there is no domain', () => {
    const local = { origin: 'http://127.0.0.1:5001', hostname: '127.0.0.1', site: 'same-site', secure: false };
    expect(keepCookie({ ...keep, domain: '' }, local)).toBe(
      'vt_id=3f2a.s4x2k1; Path=/; Max-Age=33696000; SameSite=Lax',
    );
    expect(keepCookie({ ...keep, domain: '' }, page)).toBeNull();
  });

  it.each([
    ['a page of another site', keep, { ...page, origin: 'https://evil.example' }],
    ['a request that says it crosses sites', keep, { ...page, site: 'cross-site' }],
    ['a program without an origin', keep, { ...page, origin: undefined }],
    ['a domain that only ends alike', { ...keep, domain: 'hop.example' }, page],
    ['another header hidden in the domain', { ...keep, domain: 'shop.example; Path=/x' }, page],
    ['another header hidden in the value', { ...keep, value: 'a\r\nx: y' }, page],
    ['a life over thirteen months', { ...keep, seconds: 400 * 86_400 }, page],
    ['something else', 'vt_id', page],
  ])('is not set for %s', (_title, wanted, asking) => {
    expect(keepCookie(wanted, asking)).toBeNull();
  });
});
