import { afterEach, describe, expect, it } from 'vitest';
import { type OfferShop, openOfferShop, offerWish as wish } from '../../../test/offers.ts';
import { useStores } from '../../../test/stores.ts';
import { changeOffer, createOffer, getOffer } from './changeOffers.ts';
import { claimCode } from './claimOffer.ts';
import { createReadBenefits } from './readBenefits.ts';

const stores = useStores();
let shop: OfferShop;
afterEach(async () => {
  await shop.pipeline.stop();
});
const open = async (): Promise<void> => {
  shop = await openOfferShop(stores);
};

describe('an offer', () => {
  it('gives each customer their codes within its limits and its time', async () => {
    await open();
    const [zoe, leo] = [await shop.person('zoe'), await shop.person('leo')];
    const id = await shop.pool(5);
    const limits = { total: 2, perPerson: 1, codeDays: 7 };
    const offer = await createOffer(
      stores,
      shop.by(),
      wish({ endsAt: '2026-05-30T00:00:00.000Z', code: { kind: 'unique', pool: id }, limits }),
    );
    const first = await shop.claim(offer.id, zoe, 'run 1');
    expect(first.code).toMatch(/^S-/);
    expect(await shop.claim(offer.id, zoe, 'run 1')).toEqual(first);
    expect(await shop.claim(offer.id, zoe, 'run 2')).toEqual({ code: null, reason: 'limit' });
    expect((await shop.claim(offer.id, leo, 'run 3')).code).not.toBeNull();
    expect(await shop.claim(offer.id, await shop.person('max'), 'run 4')).toEqual({ code: null, reason: 'limit' });
    stores.clock.set('2026-06-01T00:00:00.000Z');
    expect(await shop.claim(offer.id, leo, 'run 5')).toEqual({ code: null, reason: 'not_running' });
    expect(await shop.claim(offer.id, zoe, 'run 1')).toEqual(first);
    expect((await getOffer(stores.pg, shop.id, offer.id)).claimed).toBe(2);
    const ask = { workspace: shop.id, profile: zoe, key: 'x', now: stores.clock.now() };
    expect(await claimCode(stores.pg, { ...ask, offer: '999999' })).toBeNull();
  });

  it('is refused with a key or a code that another one has', async () => {
    await open();
    const shared = { code: { kind: 'shared', code: ' noel10 ' } };
    const first = await createOffer(stores, shop.by(), wish(shared));
    expect(first.code).toEqual({ kind: 'shared', code: 'NOEL10' });
    await expect(createOffer(stores, shop.by(), wish())).rejects.toMatchObject({ code: 'communicate.offer_key_taken' });
    await expect(createOffer(stores, shop.by(), wish({ key: 'other', ...shared }))).rejects.toMatchObject({
      code: 'communicate.offer_code_taken',
    });
    await expect(
      createOffer(stores, shop.by(), wish({ key: 'other', code: { kind: 'unique', pool: 9 } })),
    ).rejects.toMatchObject({ code: 'communicate.no_such_pool' });
    const changed = await changeOffer(stores, shop.by(), first.id, wish({ name: 'New', ...shared }));
    expect(changed.name).toBe('New');
  });

  it('is told to templates with what the customer holds, only while it runs and only to its people', async () => {
    await open();
    const zoe = await shop.person('zoe');
    const id = await shop.pool(3);
    const offer = await createOffer(stores, shop.by(), wish({ code: { kind: 'unique', pool: id } }));
    await createOffer(stores, shop.by(), wish({ key: 'members', segments: ['999'] }));
    await createOffer(stores, shop.by(), wish({ key: 'past', endsAt: '2026-01-01T00:00:00.000Z' }));
    const { code } = await shop.claim(offer.id, zoe, 'run 1');
    const benefits = (await createReadBenefits(stores)(shop.id, [zoe])).get(zoe);
    expect(benefits).toMatchObject({
      points: { balance: 0, tier: null },
      offers: { summer: { title: 'Été', in: { en: { title: 'Summer' } } } },
      coupons: [{ code }],
    });
    expect(Object.keys(Object(benefits?.offers))).toEqual(['summer']);
  });
});

describe('limits', () => {
  /** Everybody asks at once, each in a transaction of their own. */
  const askAll = (offer: number, asks: readonly (readonly [profile: number, key: string])[]) =>
    Promise.all(asks.map(([profile, key]) => shop.claim(offer, profile, key)));
  const given = (answers: readonly { code: string | null }[]): string[] => answers.flatMap(({ code }) => code ?? []);

  it.each([
    { limits: { total: 5, perPerson: null }, most: 5, of: 'in all' },
    { limits: { total: null, perPerson: 2 }, most: 6, of: 'for each of three people' },
    { limits: { total: 4, perPerson: 2 }, most: 4, of: 'of both kinds' },
    { limits: { total: null, perPerson: null }, most: 24, of: 'that are none' },
  ])('$of hold however many ask at the same moment', async ({ limits, most }) => {
    await open();
    const people = [await shop.person('zoe'), await shop.person('leo'), await shop.person('max')];
    const pool = await shop.pool(100);
    const offer = await createOffer(
      stores,
      shop.by(),
      wish({ code: { kind: 'unique', pool }, limits: { codeDays: null, ...limits } }),
    );
    const asks = Array.from({ length: 24 }, (_, index) => [people[index % 3] ?? 0, `run ${index}`] as const);
    const answers = await askAll(offer.id, asks);
    expect(new Set(given(answers)).size).toBe(most);
    expect(answers.filter(({ code }) => code === null)).toHaveLength(24 - most);
    // Asked again they get the same, and nobody gets one more.
    expect(given(await askAll(offer.id, asks)).toSorted()).toEqual(given(answers).toSorted());
    expect((await shop.remaining(pool)).remaining).toBe(100 - most);
  });

  it('give one claim that is asked for twice at once one code', async () => {
    await open();
    const zoe = await shop.person('zoe');
    const pool = await shop.pool(10);
    const offer = await createOffer(stores, shop.by(), wish({ code: { kind: 'unique', pool } }));
    const answers = await askAll(
      offer.id,
      Array.from({ length: 6 }, () => [zoe, 'one key'] as const),
    );
    expect(new Set(answers.map(({ code }) => code)).size).toBe(1);
    expect((await shop.remaining(pool)).remaining).toBe(9);
  });
});
