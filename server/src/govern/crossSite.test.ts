import { expect, test } from 'vitest';
import { assertOwnPage, type RequestOrigin, refuseForeign } from './crossSite.ts';

const own = 'https://cdp.shop.example';
const request = (overrides: Partial<RequestOrigin> = {}): RequestOrigin => ({
  method: 'POST',
  fetchSite: 'same-origin',
  origin: own,
  sessionRequest: 'console',
  ownOrigin: own,
  ...overrides,
});

test('our own page may change things', () => {
  expect(() => assertOwnPage(request())).not.toThrow();
  expect(() => assertOwnPage(request({ fetchSite: null }))).not.toThrow();
});

test.each([
  ['another site', { fetchSite: 'cross-site', origin: 'https://evil.example' }],
  ['a sibling host of the same site', { fetchSite: 'same-site', origin: 'https://blog.shop.example' }],
  ['a link or address bar', { fetchSite: 'none', origin: null }],
  ['an old browser on another site', { fetchSite: null, origin: 'https://evil.example' }],
  ['a sandboxed frame', { fetchSite: null, origin: 'null' }],
  ['a client that says nothing', { fetchSite: null, origin: null }],
  ['the same host on another port', { fetchSite: null, origin: `${own}:8443` }],
])('a cookie is not enough for %s', (_, overrides) => {
  expect(() => assertOwnPage(request(overrides))).toThrow(expect.objectContaining({ code: 'govern.cross_site' }));
});

test('a form cannot add the header, so a request without it is refused', () => {
  for (const sessionRequest of [null, '', 'other'])
    expect(() => assertOwnPage(request({ sessionRequest }))).toThrow(
      expect.objectContaining({ code: 'govern.header_missing' }),
    );
});

test('reading is allowed from anywhere: the answer stays with the browser', () => {
  for (const method of ['GET', 'HEAD'])
    expect(() => assertOwnPage(request({ method, fetchSite: 'cross-site', sessionRequest: null }))).not.toThrow();
});

test('a public request that changes something may come from a tool, not from a foreign page', () => {
  expect(() => refuseForeign(request({ fetchSite: null, origin: null, sessionRequest: null }))).not.toThrow();
  expect(() => refuseForeign(request({ sessionRequest: null }))).not.toThrow();
  expect(() => refuseForeign(request({ fetchSite: 'cross-site' }))).toThrow(
    expect.objectContaining({ code: 'govern.cross_site' }),
  );
  expect(() => refuseForeign(request({ fetchSite: null, origin: 'https://evil.example' }))).toThrow();
});
