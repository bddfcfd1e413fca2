import { afterEach, expect, it } from 'vitest';
import { openShop, type Shop } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { listProfiles } from './listProfiles.ts';

const stores = useStores();
let shop: Shop;
afterEach(async () => {
  await shop.pipeline.stop();
});

it('finds people by parts of names, beginnings of words, contacts and numbers, whatever the accents', async () => {
  shop = await openShop(stores);
  const person = (userId: string, firstName: string, lastName: string, email: string, phone: string) => ({
    type: 'identify',
    userId,
    traits: { firstName, lastName, email, phone },
  });
  await shop.send(
    person('K-100', 'Zoé', 'Dubois', 'zoe@shop.example', '06 12 34 56 78'),
    person('K-200', 'Élodie', 'Martin', 'elodie@shop.example', '06 22 34 56 78'),
    person('L-300', 'Paul', 'Delmas', 'paul.d@mail.example', '07 12 34 56 78'),
  );
  const find = async (q: string): Promise<string[]> => {
    const { items } = await listProfiles(stores.pg, shop.id, { q, limit: 10 });
    return items.map(({ name }) => name ?? '').toSorted();
  };
  expect(await find('zoe')).toEqual(['Zoé Dubois']);
  expect(await find('ELOD')).toEqual(['Élodie Martin']);
  expect(await find('bois')).toEqual(['Zoé Dubois']);
  // Two letters: beginnings of words only, the first word of the text as well.
  expect(await find('de')).toEqual(['Paul Delmas']);
  expect(await find('el')).toEqual(['Élodie Martin']);
  expect(await find('ma zo')).toEqual([]);
  expect(await find('ma él')).toEqual(['Élodie Martin']);
  expect(await find('paul.d@')).toEqual(['Paul Delmas']);
  expect(await find('K-')).toEqual(['Zoé Dubois', 'Élodie Martin'].toSorted());
  expect(await find('06 12 34 56 78')).toEqual(['Zoé Dubois']);
  expect(await find('nobody at all')).toEqual([]);
  // The plan for any value, which PostgreSQL tries after five runs, must find the same.
  for (let run = 0; run < 8; run++) expect(await find('dubois')).toEqual(['Zoé Dubois']);
});
