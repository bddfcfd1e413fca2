import type { MerchandisingRule } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { draftOf, emptyRule, ruleOf } from './ruleDraft.ts';

const zone = 'Europe/Paris';

describe('a merchandising rule in the form', () => {
  it('comes out of the form as it went in', () => {
    const rule: MerchandisingRule = {
      name: 'Boots first',
      effect: { kind: 'boost', factor: 2 },
      match: { products: [], categories: ['Shoes > Boots'], brands: ['Alba'], newerThanDays: 30 },
      strategies: ['for_you'],
      site: 'Paris',
      from: '2026-10-24T22:00:00.000Z',
      to: '2026-11-30T23:00:00.000Z',
      enabled: false,
    };
    const draft = draftOf(rule, zone);
    expect([draft.from, draft.to]).toEqual(['2026-10-25', '2026-11-30']);
    expect(ruleOf(draft, zone)).toEqual({ rule });
  });

  it('names what is missing', () => {
    expect(ruleOf(emptyRule, zone)).toEqual({ problem: 'incomplete' });
    expect(ruleOf({ ...emptyRule, name: 'All', effect: 'bury' }, zone)).toEqual({ problem: 'needsMatch' });
    expect(ruleOf({ ...emptyRule, name: 'Back', pinned: ['a'], from: '2026-02-02', to: '2026-02-01' }, zone)).toEqual({
      problem: 'orderOfDays',
    });
    expect(ruleOf({ ...emptyRule, name: 'One', pinned: ['a'] }, zone)).toMatchObject({
      rule: { effect: { kind: 'pin', products: ['a'] }, match: { products: [], categories: [], brands: [] } },
    });
  });
});
