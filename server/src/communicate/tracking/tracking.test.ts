import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSigner } from '../consent/signTokens.ts';
import { isMachineClick, isMachineOpen } from './machines.ts';
import { createTrackingLinks } from './trackingLinks.ts';

const links = createTrackingLinks(createSigner(Buffer.alloc(32, 2)), 'https://shop.example');
const message = { workspace: 7, message: 42 };
const tokenOf = (link: string): string => link.slice(link.lastIndexOf('/') + 1);

describe('tracked links', () => {
  it('bring back the address they were made of, however it looks', () => {
    for (const url of [
      'https://shop.example/p/1?a=1.2&b=é#x',
      `https://shop.example/?q=${'x'.repeat(2_000)}`,
      'http://a.b/c.d',
    ])
      expect(links.readClick(tokenOf(links.click(message, url, 3)))).toEqual({ ...message, index: 3, url });
    expect(links.readPixel(tokenOf(links.pixel(message)))).toEqual(message);
  });

  it('leave alone what cannot be followed to the web', () => {
    for (const url of [
      'mailto:a@b.example',
      'tel:+33',
      'javascript:alert(1)',
      '#top',
      `https://a.example/${'x'.repeat(3_000)}`,
    ])
      expect(links.click(message, url, 0)).toBe(url);
  });

  it('lead nowhere when guessed, changed, or made by another installation or for another use', () => {
    const token = tokenOf(links.click(message, 'https://shop.example/', 0));
    const other = createTrackingLinks(createSigner(Buffer.alloc(32, 3)), 'https://other.example');
    expect(other.readClick(token)).toBeNull();
    expect(links.readPixel(token)).toBeNull();
    expect(links.readClick(tokenOf(links.pixel(message)))).toBeNull();
    expect(links.readClick(`${token.slice(0, -2)}AA`)).toBeNull();
    for (let guess = 0; guess < 500; guess++) expect(links.readClick(randomBytes(60).toString('base64url'))).toBeNull();
    expect(links.readClick('https://evil.example/')).toBeNull();
  });
});

const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';
const visitor = (userAgent: string, method = 'GET', purpose = '') => ({ method, userAgent, purpose });

describe('machines', () => {
  it('are told apart from people', () => {
    expect(isMachineClick(visitor(phone))).toBe(false);
    expect(isMachineOpen(visitor(phone))).toBe(false);
    for (const machine of [
      visitor(phone, 'HEAD'),
      visitor(phone, 'GET', 'prefetch'),
      visitor(''),
      visitor('Mozilla/5.0 (compatible; Googlebot/2.1)'),
      visitor('Slackbot-LinkExpanding 1.0'),
      visitor('python-requests/2.32'),
      visitor('Mozilla/5.0 (compatible; Proofpoint URL Defense)'),
    ]) {
      expect(isMachineClick(machine)).toBe(true);
      expect(isMachineOpen(machine)).toBe(true);
    }
  });
  it('that only fetch pictures ahead say nothing of an open', () => {
    for (const proxy of [
      'Mozilla/5.0',
      'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
      'YahooMailProxy; https://help.yahoo.com',
    ])
      expect(isMachineOpen(visitor(proxy))).toBe(true);
  });
});
