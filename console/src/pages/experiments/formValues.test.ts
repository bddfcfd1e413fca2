import { experimentRequestSchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { formFor, keyFrom, missingIn, newMetric, requestOf } from './formValues.ts';

const words = { control: 'As it is', variation: 'Variation B' };
const start = { ...formFor(undefined, words), name: 'Bannière d’été', key: 'banniere' };
const nameOf = (preset: string, event: string): string => `${preset} ${event}`.trim();

describe('the form of an experiment', () => {
  it('makes a request the server takes, and comes back the same', () => {
    const values = {
      ...start,
      group: 'Page d’accueil',
      groupShare: 40,
      holdout: 5,
      metrics: [
        ...start.metrics,
        { ...newMetric('guardrail'), preset: 'eventShare' as const, event: 'Order Refunded' },
      ],
    };
    const request = experimentRequestSchema.parse(requestOf(values, nameOf));
    expect(request).toMatchObject({ group: { name: 'page-d-accueil', share: 0.4 }, holdout: 0.05, coverage: 1 });
    expect(requestOf(formFor(request, words), nameOf)).toEqual(request);
  });

  it('leaves a metric it cannot show as it is', () => {
    const own = {
      key: 'per-view',
      name: 'Orders per view',
      type: 'ratio' as const,
      measure: { of: 'orders' as const },
      denominator: { of: 'event' as const, event: 'Product Viewed' },
    };
    const request = experimentRequestSchema.parse({
      ...requestOf(start, nameOf),
      metrics: [{ ...own, role: 'primary' }],
    });
    const form = formFor(request, words);
    expect(form.metrics[0]?.preset).toBe('own');
    expect(requestOf(form, nameOf)).toEqual(request);
  });

  it('says what is missing, the first of it', () => {
    expect(missingIn(start)).toBeNull();
    expect(missingIn({ ...start, name: ' ' })).toBe('name');
    expect(missingIn({ ...start, key: 'É' })).toBe('key');
    expect(missingIn({ ...start, variations: start.variations.slice(0, 1) })).toBe('weights');
    expect(missingIn({ ...start, variations: start.variations.map((each) => ({ ...each, key: 'a' })) })).toBe(
      'variations',
    );
    expect(missingIn({ ...start, metrics: [newMetric('secondary')] })).toBe('primary');
    expect(
      missingIn({ ...start, metrics: [newMetric('primary'), newMetric('secondary'), newMetric('secondary')] }),
    ).toBe('twice');
    expect(missingIn({ ...start, metrics: [{ ...newMetric('primary'), preset: 'eventMean' }] })).toBe('event');
  });

  it('makes keys for machines out of names', () => {
    expect(keyFrom('  Bannière d’été, 2ᵉ essai ')).toBe('banniere-d-ete-2-essai');
  });
});
