import { describe, expect, it } from 'vitest';
import { makeFormat } from '../../ui/format/format.ts';
import { addressText, traitLabel } from './traitWords.ts';

const format = makeFormat({ locale: 'fr-FR', timeZone: 'Europe/Paris', currency: 'EUR' });

describe('a trait', () => {
  it('has a name in the language of the reader when it is one of ours', () => {
    expect(traitLabel('firstName', 'fr')).toBe('Prénom');
    expect(traitLabel('postalCode', 'en')).toBe('Postal code');
    expect(traitLabel('favouriteShop', 'fr')).toBe('Favourite shop');
  });

  it('that is an address reads like one', () => {
    const address = { city: 'Angers', street: '114 rue de Bretagne', country: 'FR', postalCode: '49100' };
    expect(addressText(address, format)).toBe('114 rue de Bretagne, 49100 Angers, France');
    expect(addressText({ country: 'Narnia' }, format)).toBe('Narnia');
    expect(addressText('somewhere', format)).toBeNull();
    expect(addressText({ planet: 'B612' }, format)).toBeNull();
  });
});
