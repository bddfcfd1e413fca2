import { describe, expect, it } from 'vitest';
import { colorOf, summaryOf } from './chartData.ts';

describe('a chart in words', () => {
  it('names the sum and the highest point of each series', () => {
    const data = {
      labels: ['Mon', 'Tue', 'Wed'],
      series: [
        { name: 'Orders', values: [1, 5, null], color: 'lead', kind: 'bar' },
        { name: 'Empty', values: [null, null, null], color: 'web', kind: 'line' },
      ],
    } as const;
    expect(summaryOf(data, String)).toBe('Orders: Σ 6, max 5 (Tue); Empty');
  });

  it('takes its colours from the palette of the scheme', () => {
    expect(colorOf('web', 'light')).not.toBe(colorOf('web', 'dark'));
    expect(colorOf('lead', 'dark')).toBe('#e7e9f0');
  });
});
