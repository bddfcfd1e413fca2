import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { candidateDomains, readCookie } from './cookies.ts';
import { isListed, takeToken } from './domainLinks.ts';
import { plainPage, plainProperties } from './pageContext.ts';
import { createStorage } from './storage.ts';
import { version } from './version.ts';
import { readDatedId, writeDatedId } from './visitor.ts';

const day = 86_400;
const now = 1_800_000_000;

describe('what is kept on a device', () => {
  it('is an id that ends 390 days after it was given', () => {
    const text = writeDatedId({ id: 'né.1', since: now });
    expect(text).toMatch(/^[\w.%-]+$/);
    expect(readDatedId(text, now + 389 * day)).toEqual({ id: 'né.1', since: now });
    expect(readDatedId(text, now + 391 * day)).toBeNull();
    expect(readDatedId(text, now - 2 * day)).toBeNull();
    for (const odd of [null, '', 'x', '.abc', 'x.']) expect(readDatedId(odd, now)).toBeNull();
  });

  it('tries cookies on the widest domain first, and none on addresses', () => {
    expect(candidateDomains('www.boutique.shop.co.uk')).toEqual([
      'co.uk',
      'shop.co.uk',
      'boutique.shop.co.uk',
      'www.boutique.shop.co.uk',
    ]);
    for (const host of ['localhost', '127.0.0.1', '[::1]']) expect(candidateDomains(host)).toEqual([]);
    expect(readCookie('a=1; vt_id=x=y; vt_identity=2', 'vt_id')).toBe('x=y');
    expect(readCookie('vt_identity=2', 'vt_id')).toBeNull();
  });

  it('stays in the page where the browser refuses, without an error', () => {
    const full = new Proxy(Object.create(null), {
      get: () => () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    });
    const storage = createStorage(full);
    expect(storage.set('vt_a', '1')).toBe(false);
    expect(storage.get('vt_a')).toBe('1');
    expect(storage.keys('vt_')).toEqual(['vt_a']);
    storage.set('vt_a', null);
    expect(storage.get('vt_a')).toBeNull();
  });
});

describe('what is told of a page', () => {
  it('for audience measurement has no addresses, ids or parameters but campaigns', () => {
    const page = {
      path: '/compte',
      search: '?email=a@b.example&utm_source=letter',
      title: 'Compte',
      url: 'https://shop.example/compte?email=a@b.example&utm_source=letter',
      referrer: 'https://mail.example/read?id=7',
    };
    expect(plainPage(page)).toEqual({
      path: '/compte',
      search: '?utm_source=letter',
      title: 'Compte',
      url: 'https://shop.example/compte?utm_source=letter',
      referrer: 'https://mail.example/read',
    });
    expect(plainProperties({ order_id: 'O-1', email: 'a@b.example', total: 10 })).toEqual({ total: 10 });
  });

  it('leaves the visitor out of the address', () => {
    expect(takeToken('https://outlet.example/?a=1&vt_link=T#top')).toEqual({
      href: 'https://outlet.example/?a=1#top',
      token: 'T',
    });
    expect(takeToken('https://outlet.example/?a=1').token).toBeNull();
    expect(isListed('www.outlet.example', ['outlet.example'])).toBe(true);
    expect(isListed('evil-outlet.example', ['outlet.example'])).toBe(false);
  });
});

it('the version that events name is the package’s', () => {
  const file = new URL('../package.json', import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8')).version).toBe(version);
});
