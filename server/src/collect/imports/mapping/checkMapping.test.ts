import { describe, expect, it } from 'vitest';
import { checkMapping, missingFields, requireFields } from './checkMapping.ts';

describe('a mapping a person gave', () => {
  it('finds columns whatever their case and spaces', () => {
    expect(
      checkMapping(
        { ' e-MAIL ': 'email', Ville: 'trait.town', x: 'ignore' },
        'people',
        ['E-mail', 'Ville', 'x'],
        false,
      ),
    ).toEqual({
      'E-mail': 'email',
      Ville: 'trait.town',
      x: 'ignore',
    });
  });

  it('is refused when it names a column or a field that does not exist', () => {
    expect(() => checkMapping({ mial: 'email' }, 'people', ['mail'], false)).toThrow('no column “mial”. It has: mail');
    expect(() => checkMapping({ mail: 'emial' }, 'people', ['mail'], false)).toThrow('“emial” is nothing');
    expect(() => checkMapping({ mail: 'total' }, 'people', ['mail'], false)).toThrow('“total” is nothing');
    expect(checkMapping({ later: 'email' }, 'people', ['mail'], true)).toEqual({ later: 'email' });
  });

  it('must give what every row needs', () => {
    expect(missingFields({ a: 'order_id', b: 'ordered_at' }, 'orders')).toEqual(['total']);
    expect(missingFields({ a: 'order_id', b: 'ordered_at', c: 'line_total' }, 'order-lines')).toEqual([]);
    expect(missingFields({ a: 'first_name' }, 'people')).toEqual(['user_id']);
    expect(missingFields({ a: 'crm_id' }, 'people')).toEqual([]);
    expect(() => requireFields({ a: 'order_id' }, 'orders', ['a', 'b'])).toThrow('No column gives ordered_at, total');
  });
});
