import { describe, expect, it } from 'vitest';
import { searchOf } from './customers.ts';

describe('the search field', () => {
  it('asks for one identifier when it is named, else for words', () => {
    expect(searchOf(' email:zoe@example.fr ')).toEqual({ identifier: 'email:zoe@example.fr' });
    expect(searchOf('loyalty_card:2501 2345')).toEqual({ identifier: 'loyalty_card:2501 2345' });
    expect(searchOf('Zoé Martin')).toEqual({ q: 'Zoé Martin' });
    expect(searchOf('10:30')).toEqual({ q: '10:30' });
    expect(searchOf('   ')).toEqual({});
  });
});
