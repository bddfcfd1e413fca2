import { type ExperienceRequest, experienceRequestSchema, type LiveCondition } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { couldShow } from './crowd.ts';

const one = (key: string, when: LiveCondition[], group: string | null = null): { definition: ExperienceRequest } => ({
  definition: experienceRequestSchema.parse({
    key,
    name: key,
    when,
    group,
    variants: [{ key: 'a', name: 'A', weight: 1, content: { kind: 'redirect', to: '/' } }],
  }),
});
const page = { url: 'https://shop.example/sale/shoes', path: '/sale/Shoes' };
const shown = (...all: ReturnType<typeof one>[]) => couldShow(all, page).map(({ definition }) => definition.key);

describe('what could show on a page at once', () => {
  it('is told by conditions on the page alone', () => {
    expect(
      shown(
        one('path', [{ field: 'page.path', op: 'starts', values: ['/SALE'] }]),
        one('elsewhere', [{ field: 'page.path', op: 'is', values: ['/'] }]),
        one('not-there', [{ field: 'page.url', op: 'not_contains', values: ['checkout'] }]),
        one('cart', [{ field: 'cart.value', op: 'at_least', value: 1_000 }]),
      ),
    ).toEqual(['path', 'not-there', 'cart']);
  });

  it('is one of a group', () => {
    expect(shown(one('a', [], 'bars'), one('b', [], 'bars'), one('c', []))).toEqual(['a', 'c']);
  });
});
