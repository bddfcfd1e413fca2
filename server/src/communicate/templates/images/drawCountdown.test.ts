import { describe, expect, it } from 'vitest';
import { createSigner } from '../../consent/signTokens.ts';
import { createCountdownLinks } from './countdownLink.ts';
import { drawCountdown, leftUntil } from './drawCountdown.ts';

const until = new Date('2026-06-30T22:00:00Z');

describe('a countdown', () => {
  it('says what is left in whole minutes, and nothing once it is over', () => {
    expect(leftUntil(until, new Date('2026-06-28T20:58:30Z'))).toEqual([2, 1, 1]);
    expect(leftUntil(until, new Date('2026-06-30T21:59:59Z'))).toEqual([0, 0, 0]);
    expect(leftUntil(until, until)).toBeNull();
  });

  it('is a picture that differs with the time left, drawn without any fonts', () => {
    const draw = (now: string, language = 'fr'): string =>
      drawCountdown({ until, now: new Date(now), language }).toString('base64');
    const pictures = [
      draw('2026-06-28T20:58:30Z'),
      draw('2026-06-28T20:57:30Z'),
      draw('2026-06-28T20:58:30Z', 'en'),
      draw('2026-07-01T00:00:00Z'),
    ];
    expect(new Set(pictures).size).toBe(4);
    expect(draw('2026-06-28T20:58:30Z')).toBe(pictures[0]);
  });

  it('has an address that only we can make', () => {
    const links = createCountdownLinks(createSigner(Buffer.alloc(32, 1)), 'https://news.example/');
    const token = links.link(until.getTime(), 'fr').replace(/^.*\/|\.png$/g, '');
    expect(links.read(token)).toEqual({ until, language: 'fr' });
    expect(createCountdownLinks(createSigner(Buffer.alloc(32, 2)), 'https://news.example').read(token)).toBeNull();
  });
});
