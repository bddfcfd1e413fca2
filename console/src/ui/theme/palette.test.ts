import { describe, expect, it } from 'vitest';
import { families, type Scheme, surfaces, tones } from './palette.ts';

/** WCAG 2.2 relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const schemes: readonly Scheme[] = ['light', 'dark'];

describe.each(schemes)('the %s palette', (scheme) => {
  const surface = surfaces[scheme];

  it('gives text of every kind 4.5:1 on every ground it stands on', () => {
    for (const text of [surface.text, surface.dim, surface.link, surface.good, surface.warn, surface.bad])
      for (const ground of [surface.page, surface.raised, surface.rail, surface.hover])
        expect(contrast(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  });

  it('gives badges 4.5:1 on their soft ground', () => {
    for (const family of families) {
      const tone = tones[scheme][family];
      expect(contrast(tone.ink, tone.soft), family).toBeGreaterThanOrEqual(4.5);
      expect(contrast(tone.ink, surface.page), family).toBeGreaterThanOrEqual(4.5);
    }
    for (const [ink, ground] of [
      [surface.good, surface.goodSoft],
      [surface.warn, surface.warnSoft],
      [surface.bad, surface.badSoft],
    ] as const)
      expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it('gives control borders and focus rings 3:1', () => {
    expect(contrast(surface.lineStrong, surface.page)).toBeGreaterThanOrEqual(3);
    expect(contrast(surface.focus, surface.page)).toBeGreaterThanOrEqual(3);
  });
});
