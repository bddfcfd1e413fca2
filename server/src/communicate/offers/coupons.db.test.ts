import { afterEach, describe, expect, it } from 'vitest';
import { type OfferShop, openOfferShop } from '../../../test/offers.ts';
import { useStores } from '../../../test/stores.ts';
import { claimCodes, importCodes, randomCode } from './coupons.ts';

const stores = useStores();
let shop: OfferShop;
afterEach(async () => {
  await shop.pipeline.stop();
});
const open = async (): Promise<void> => {
  shop = await openOfferShop(stores);
};

describe('a pool of codes', () => {
  it('never gives a code twice, whoever asks at the same time', async () => {
    await open();
    const id = await shop.pool(400);
    const askers = Array.from({ length: 8 }, (_, asker) =>
      Array.from({ length: 60 }, (_, index) => `asker ${asker}/${index}`),
    );
    const answers = await Promise.all(askers.map((keys) => shop.claims(id, keys)));
    const given = answers.flatMap((answer) => [...answer.values()]).filter((code) => code !== null);
    expect(given).toHaveLength(400);
    expect(new Set(given).size).toBe(400);
    expect(await shop.remaining(id)).toEqual({ codes: 400, remaining: 0, redeemed: 0 });
  });

  it('gives the same claim the same code for ever', async () => {
    await open();
    const id = await shop.pool(10);
    const first = await shop.claims(id, ['a', 'b', 'a']);
    const again = await shop.claims(id, ['b', 'c', 'a']);
    expect([again.get('a'), again.get('b')]).toEqual([first.get('a'), first.get('b')]);
    expect(new Set(again.values()).size).toBe(3);
    expect((await shop.remaining(id)).remaining).toBe(7);
  });

  it('gives back what a transaction took that came to nothing', async () => {
    await open();
    const id = await shop.pool(1);
    const attempt = stores.pg.transaction(async (tx) => {
      const taken = await claimCodes(tx, {
        workspace: shop.id,
        pool: id,
        offer: null,
        now: stores.clock.now(),
        expiresAt: null,
        claims: [{ key: 'a', profile: 1 }],
      });
      expect(taken.get('a')).not.toBeNull();
      throw new Error('the run failed');
    });
    await expect(attempt).rejects.toThrow('the run failed');
    expect((await shop.claims(id, ['b'])).get('b')).toMatch(/^S-/);
  });

  it('takes codes of the shop once, in any spelling, and none that another pool has', async () => {
    await open();
    const [id, other] = [await shop.pool(), await shop.pool()];
    const file = 'code;note\n noel-10 ;x\nNOEL-10\n"PAQUES"\n?\n';
    expect(await importCodes(stores.pg, shop.id, id, file)).toEqual({ added: 2, known: 1, rejected: 1 });
    expect(await importCodes(stores.pg, shop.id, other, 'paques\nete')).toEqual({ added: 1, known: 1, rejected: 0 });
  });

  it('makes codes that nobody misreads and that look evenly drawn', () => {
    const codes = Array.from({ length: 3_000 }, () => randomCode('X-', 10));
    expect(new Set(codes).size).toBe(3_000);
    const counts = new Map<string, number>();
    for (const code of codes) {
      expect(code).toMatch(/^X-[A-HJKMNP-Z2-9]{10}$/);
      for (const letter of code.slice(2)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    const expected = 30_000 / 31;
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(counts.size).toBe(31);
    // 30 degrees of freedom: 67.6 is passed by chance once in ten thousand runs.
    expect(chiSquare).toBeLessThan(67.6);
  });
});
