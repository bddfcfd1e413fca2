import { recommendationQuerySchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { withQuery } from '../../api/client.ts';
import { askedSchema } from './asked.ts';
import { questionOf } from './questionOf.ts';

const readBack = (search: object) => {
  const url = withQuery('/x', questionOf(askedSchema.parse(search), 'fr', 'EUR'));
  return recommendationQuerySchema.parse(Object.fromEntries(new URL(url, 'http://shop.example').searchParams));
};

describe('what the page asks the server', () => {
  it('is read back as it was meant', () => {
    expect(
      readBack({ profile: 'p1', strategy: 'for_you', minPrice: 20, maxPrice: '80', mySize: true, brandCap: '2' }),
    ).toMatchObject({
      profile: 'p1',
      strategy: 'for_you',
      minPrice: 20,
      maxPrice: 80,
      currency: 'EUR',
      mySize: true,
      brandCap: 2,
      lang: 'fr',
    });
  });

  it('leaves out what is no number, and a size of nobody', () => {
    const asked = readBack({ minPrice: 'cheap', mySize: 'true', brandCap: '0', strategy: 'magic' });
    expect(asked.minPrice).toBeUndefined();
    expect(asked.currency).toBeUndefined();
    expect(asked.mySize).toBeUndefined();
    expect(asked.brandCap).toBeUndefined();
    expect(asked.strategy).toBeUndefined();
  });
});
