import type { DecideAnswer, DecisionsAnswer, ShownBlock } from '@vitrail/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestCaptures } from '../../../../test/captures.ts';
import { listExposures, runExperiment } from '../../../../test/experiments.ts';
import { openTestApp, type TestApp } from '../../../../test/httpApp.ts';
import { type OfferShop, offerWish, openOfferShop } from '../../../../test/offers.ts';
import { poll } from '../../../../test/poll.ts';
import { addProducts } from '../../../../test/recommendShop.ts';
import { useStores } from '../../../../test/stores.ts';
import { createReadAllowances } from '../../../communicate/consent/readAllowances.ts';
import { changeOffer, createOffer } from '../../../communicate/offers/changeOffers.ts';
import { createShopBenefits } from '../../../communicate/offers/shopBenefits.ts';
import { createRecommendDeps } from '../../../decide/index.ts';
import { createKeys } from '../../../govern/keys/findKeys.ts';
import { type JsonObject, pgQuery } from '../../../platform/index.ts';
import { createAssigner } from '../../assigner/createAssigner.ts';
import { createExperiences } from '../../createExperiences.ts';
import { registerExperienceRoom } from '../../routes.ts';

const noteBack = pgQuery({
  name: 'test.noteBackInStock',
  params: { workspace: 'int4', product: 'text', at: 'timestamptz' },
  row: {},
  text: `with noted as (
      insert into collect.product_change (workspace_id, product_id, kind, at) values (:workspace, :product, 'back_in_stock', :at))
    update collect.product set updated_at = :at + interval '1 second' where workspace_id = :workspace and product_id = :product`,
});
const readGiven = pgQuery({
  name: 'test.blocks.readGiven',
  params: { workspace: 'int4' },
  row: { profile_id: 'int8', variation: 'text', exposed: 'bool' },
  text: `select profile_id, variation, exposed_at is not null as exposed from experience.assigned
    where workspace_id = :workspace order by profile_id`,
});
const stores = useStores();
let shop: OfferShop;
let web: TestApp;

beforeEach(async () => {
  shop = await openOfferShop(stores, { scopes: ['experience.read', 'experience.write', 'profiles.read'] });
  await addProducts(
    stores,
    shop.id,
    Array.from({ length: 12 }, (_, index) => `p${index}`),
    () => 'Shirts',
  );
  const experiences = createExperiences(stores, {
    readAllowances: createReadAllowances(stores),
    captures: createTestCaptures(stores),
    benefits: createShopBenefits(stores),
    recommending: createRecommendDeps(stores),
    assigner: createAssigner(stores),
  });
  web = await openTestApp(stores, {
    rooms: (app) => registerExperienceRoom(app, { ...stores, keys: createKeys(stores) }, experiences),
  });
});
afterEach(async () => {
  await web.close();
  await shop.pipeline.stop();
});

const panel = (blocks: readonly object[], more: object = {}) => ({
  kind: 'bar',
  texts: { fr: { title: 'Pour vous' }, de: { title: 'Für Sie' } },
  blocks,
  ...more,
});
const post = (url: string, payload: object) =>
  web.app.inject({ method: 'POST', url, headers: { authorization: `Bearer ${shop.secretKey}` }, payload });
let keys = 0;
async function start(content: object, fields: object = {}): Promise<string> {
  keys += 1;
  const key = `block${keys}`;
  const variants = [{ key: 'a', name: 'A', weight: 1, content }];
  const made = await post('/api/v1/experiences', { key, name: key, variants, ...fields });
  expect(made.statusCode, made.body).toBe(201);
  const { id } = made.json<{ id: string }>();
  expect((await post(`/api/v1/experiences/${id}/start`, {})).statusCode).toBe(200);
  return key;
}
async function decisions(context: object = {}, anonymousId = 'd1'): Promise<DecideAnswer> {
  const answer = await web.app.inject({
    method: 'POST',
    url: '/v1/decide',
    payload: { writeKey: shop.writeKey, anonymousId, context: { consent: { personalisation: true }, ...context } },
  });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<DecideAnswer>();
}
async function blocks(context: object = {}, anonymousId = 'd1'): Promise<ShownBlock[]> {
  const [first] = (await decisions(context, anonymousId)).decisions;
  return first?.payload != null && 'blocks' in first.payload ? first.payload.blocks : [];
}
/** Asks until the blocks are so: the first question of a kind may take longer than a page waits. */
const blocksAre = (expected: unknown, context: object, anonymousId?: string) =>
  expect.poll(() => blocks(context, anonymousId), { timeout: 20_000, interval: 50 }).toEqual(expected);
/** The first block, once there is one, as blocksAre asks. */
const firstBlock = async (context: object = {}): Promise<ShownBlock | undefined> => {
  let shown: ShownBlock[] = [];
  const ask = async (): Promise<ShownBlock[]> => {
    shown = await blocks(context);
    return shown;
  };
  await expect.poll(ask, { timeout: 20_000, interval: 50 }).not.toEqual([]);
  return shown[0];
};
const did = (event: string, person: string, product: string, more: JsonObject = {}) =>
  shop.send({
    type: 'track',
    event,
    anonymousId: person,
    timestamp: stores.clock.now().toISOString(),
    properties: { product_id: product },
    ...more,
  });

describe('recommended products', () => {
  it('come with name, price and picture, and are never the product in view nor one in the cart', async () => {
    const key = await start(panel([{ type: 'recommendations', strategy: 'similar', count: 8 }]));
    const context = { product: { id: 'p3' }, cart: { products: ['p4', 'p5'] } };
    const list = await firstBlock(context);
    if (list?.type !== 'recommendations') throw new Error('products are due');
    expect(list).toMatchObject({ list: `${key}/a`, arm: 'recommended' });
    expect(list.items).toHaveLength(8);
    const ids = list.items.map(({ id }) => id);
    for (const left of ['p3', 'p4', 'p5']) expect(ids).not.toContain(left);
    expect(list.items[0]).toMatchObject({
      title: `Product ${ids[0]}`,
      price: 10 + Number(ids[0]?.slice(1)),
      currency: 'EUR',
      strategy: 'similar',
      reason: expect.stringMatching(/./),
    });
  });

  it('of words are none without words, or what the fallback finds', async () => {
    await start(panel([{ type: 'recommendations', strategy: 'search' }]));
    expect(await blocks()).toEqual([]);
    await start(panel([{ type: 'recommendations', strategy: 'search', fallback: 'popular' }]), { priority: 5 });
    await firstBlock();
    const list = await firstBlock({ search: { query: 'product p7' } });
    expect(list).toMatchObject({ items: [{ id: 'p7', strategy: 'search' }, {}, {}, {}] });
  });
});

describe('an experiment on recommendations', () => {
  const given = () => stores.pg.rows(readGiven, { workspace: shop.id });
  const agreed = { consent: { personalisation: true } };
  /** Visitors who looked at a product. */
  async function viewersOf(product: string): Promise<string[]> {
    const people = Array.from({ length: 16 }, (_, index) => `visitor ${index}`);
    const timestamp = stores.clock.now().toISOString();
    const properties = { product_id: product };
    await shop.send(
      ...people.map((anonymousId) => ({ type: 'track', event: 'Product Viewed', anonymousId, timestamp, properties })),
    );
    return people;
  }
  /** Where the first product of each visitor comes from. A block that takes long is left out, and there the next time. */
  async function firstSources(people: readonly string[], context: object = agreed): Promise<string[]> {
    const found: string[] = [];
    for (const person of people) {
      const first = await poll('the products of a visitor', async () => {
        const [list] = await blocks(context, person);
        return list?.type === 'recommendations' ? list.items[0]?.strategy : undefined;
      });
      found.push(first);
    }
    return found;
  }

  it('decides what a block shows, by its slot or the experience; who is shown it counts once', async () => {
    const people = await viewersOf('p3');
    const key = await start(panel([{ type: 'recommendations', strategy: 'popular', fallback: 'most_viewed' }]));
    const variations = ['recently_viewed', 'popular'].map((name) => ({ key: name, name, weight: 0.5 }));
    const tried = { key: 'list', kind: 'recommendation', target: key, variations };
    await runExperiment(stores, shop, tried);
    // Whoever did not agree is nobody, and in no experiment.
    await firstSources(people.slice(0, 2), { consent: { personalisation: false } });
    expect(await given()).toEqual([]);
    const shown = await firstSources(people);
    const kept = await given();
    expect(kept).toHaveLength(people.length);
    expect(kept.every(({ exposed }) => exposed)).toBe(true);
    const viewed = kept.filter(({ variation }) => variation === 'recently_viewed').length;
    expect(viewed).toBeGreaterThan(0);
    expect(viewed).toBeLessThan(people.length);
    expect(shown.filter((source) => source === 'recently_viewed')).toHaveLength(viewed);
    expect(await firstSources(people.slice(0, 3))).toEqual(shown.slice(0, 3));
    shop.pipeline.ring();
    const told = async () => [...(await stores.ch.rows(listExposures, { workspace: shop.id, experiment: 'list' }))];
    await expect.poll(async () => (await told()).length, { timeout: 20_000 }).toBe(people.length);
    expect(await told()).toEqual(kept.map(({ profile_id, variation }) => ({ profile_id, variation })));
    // A slot of its own is another place.
    await start(panel([{ type: 'recommendations', slot: 'cart', strategy: 'popular' }]), { priority: 5 });
    await runExperiment(stores, shop, { ...tried, key: 'cart-list', target: 'cart' });
    const others = async () => {
      await blocks(agreed, people[0]);
      return (await given()).length;
    };
    await expect.poll(others, { timeout: 20_000 }).toBe(people.length + 1);
  }, 90_000);

  it('keeps nothing of those who only compare', async () => {
    const block = panel([{ type: 'recommendations', strategy: 'popular' }]);
    const key = await start(block, { control: 0.5 });
    const variations = ['trending', 'popular'].map((name) => ({ key: name, name, weight: 0.5 }));
    await runExperiment(stores, shop, { key: 'list', kind: 'recommendation', target: key, variations });
    const people = await viewersOf('p3');
    const shown = async () => {
      const answers = await Promise.all(people.map((person) => decisions(agreed, person)));
      return answers.flatMap(({ decisions: [first] }) => (first === undefined ? [] : [first.variant]));
    };
    await expect.poll(async () => (await shown()).length, { timeout: 20_000 }).toBe(people.length);
    const seen = (await shown()).filter((variant) => variant === 'a').length;
    expect(seen).toBeGreaterThan(0);
    expect(seen).toBeLessThan(people.length);
    await expect.poll(async () => (await given()).length, { timeout: 20_000 }).toBe(seen);
  });
});

describe('what is said of a product', () => {
  it('is what its reviews say, where a feed carries them', async () => {
    await start(panel([{ type: 'stars' }]));
    await blocksAre([{ type: 'stars', average: 4.5, reviews: 12 }], { product: { id: 'p1' } });
    expect(await blocks({ product: { id: 'nothing' } })).toEqual([]);
    expect(await blocks()).toEqual([]);
  });

  it('is how many people did it within the window, each once, robots out; from the minimum on', async () => {
    await start(panel([{ type: 'social_proof', act: 'viewed', hours: 24, minimum: 3 }]));
    for (const person of ['a', 'b', 'b']) await did('Product Viewed', person, 'p1');
    for (const person of ['a', 'b', 'c']) await did('Product Viewed', person, 'p2');
    await did('Product Viewed', 'robot', 'p1', { context: { userAgent: 'Googlebot/2.1' } });
    stores.clock.advance(25 * 3_600_000);
    for (const person of ['a', 'b', 'c', 'd']) await did('Product Viewed', person, 'p3');
    const proof = { type: 'social_proof', act: 'viewed', product: 'p3', people: 4, hours: 24, minimum: 3 };
    await blocksAre([proof], { product: { id: 'p3' } });
    expect(await blocks({ product: { id: 'p1' } })).toEqual([]);
    // That was yesterday.
    expect(await blocks({ product: { id: 'p2' } })).toEqual([]);
  });

  it('is how many bought it: of orders that stand', async () => {
    await start(panel([{ type: 'social_proof', act: 'bought', hours: 48, minimum: 2 }]));
    const products = [{ product_id: 'p6', price: 20, quantity: 1 }];
    for (const name of ['zoe', 'leo', 'max']) await shop.order(name, `order ${name}`, { products });
    await shop.order('max', 'order max', { products }, 'Order Cancelled');
    const proof = { type: 'social_proof', act: 'bought', product: 'p6', people: 2, hours: 48, minimum: 2 };
    await blocksAre([proof], { product: { id: 'p6' } });
  });

  it('is nothing, and then the part of the page is not there: not for those who only compare either', async () => {
    const place = { kind: 'block', selector: 'main', place: 'inside' };
    await start(panel([{ type: 'social_proof', act: 'carted', minimum: 2 }], place), { control: 0.5 });
    const context = { product: { id: 'p1' }, consent: { personalisation: true } };
    for (let person = 0; person < 6; person += 1) {
      await did('Home Viewed', `visitor ${person}`, 'p9');
      const identifier = `anonymous_id:visitor ${person}`;
      const answer = (await post('/api/v1/decisions', { identifier, context })).json<DecisionsAnswer>();
      expect(answer).toMatchObject({ decisions: [], leftOut: [{ reason: 'nothing_to_show' }] });
    }
  });
});

describe('a block that is needed', () => {
  it('keeps all of it away while it has nothing to say: no “back in your size” when nothing is back', async () => {
    const modal = { kind: 'modal', texts: { fr: { title: 'De retour' } } };
    const back = { type: 'recommendations', strategy: 'back_in_stock', fallback: 'none', required: true };
    await start({ ...modal, blocks: [back] });
    expect((await decisions()).decisions).toEqual([]);
    await stores.pg.run(noteBack, { workspace: shop.id, product: 'p4', at: stores.clock.now() });
    await did('Product Viewed', 'd1', 'p4');
    await expect.poll(() => blocks(), { timeout: 20_000 }).toMatchObject([{ items: [{ id: 'p4' }] }]);
  });
});

describe('a countdown to the end of an offer', () => {
  it('follows the offer, and is gone when the offer is over', async () => {
    const wish = (endsAt: string) => offerWish({ key: 'sale', endsAt });
    const offer = await createOffer(stores, shop.by(), wish('2026-05-04T10:00:30.000Z'));
    await start(panel([{ type: 'countdown', offer: 'sale' }]));
    await blocksAre([{ type: 'countdown', until: '2026-05-04T10:00:30.000Z' }], {});
    // The answer holds no longer than what it counts to.
    expect((await decisions()).ttl).toBe(30);
    await changeOffer(stores, shop.by(), offer.id, wish('2026-05-05T10:00:00.000Z'));
    await blocksAre([{ type: 'countdown', until: '2026-05-05T10:00:00.000Z' }], {});
    stores.clock.advance(25 * 3_600_000);
    await blocksAre([], {});
  });

  it('needs an end or an offer, not both and not none', async () => {
    for (const block of [
      { type: 'countdown' },
      { type: 'countdown', offer: 'sale', until: '2026-05-05T10:00:00.000Z' },
    ]) {
      const variants = [{ key: 'a', name: 'A', weight: 1, content: panel([block]) }];
      const answer = await post('/api/v1/experiences', { key: 'wrong', name: 'Wrong', variants });
      expect(answer.statusCode).toBe(400);
    }
  });
});

describe('points', () => {
  it('are told to a known person who agreed, and to nobody else', async () => {
    await shop.programme();
    await shop.send({ type: 'identify', userId: 'zoe', anonymousId: 'zoe-phone', traits: { email: 'zoe@example.fr' } });
    await did('Product Viewed', 'stranger', 'p1');
    await shop.order('zoe', 'o1');
    await start(panel([{ type: 'loyalty' }]));
    const points = { type: 'loyalty', points: 40, tier: 'Silver', next: { name: 'Gold', missing: 60 } };
    await blocksAre([points], {}, 'zoe-phone');
    expect(await blocks({}, 'stranger')).toEqual([]);
    expect(await blocks({ consent: { personalisation: false } }, 'zoe-phone')).toEqual([]);
    expect(await blocks({ consent: {} }, 'zoe-phone')).toEqual([]);
  });
});

describe('the clock of a visitor', () => {
  it('is known by its zone, or by how far it is from UTC', async () => {
    // In the shop it is noon.
    await start(panel([]), { when: [{ field: 'local.hour', op: 'equals', value: 19 }] });
    const shown = async (context: object) => (await decisions(context)).decisions.length;
    expect(await shown({})).toBe(0);
    expect(await shown({ utcOffset: 540 })).toBe(1);
    expect(await shown({ timeZone: 'Asia/Tokyo' })).toBe(1);
    expect(await shown({ timeZone: 'Europe/Paris', utcOffset: 540 })).toBe(0);
  });
});

describe('words', () => {
  it('are those of the visitor’s language, else of the shop’s first, and only these are sent', async () => {
    await start(panel([{ type: 'recently_viewed', heading: { fr: 'Déjà vus', en: 'Seen' } }]));
    const said = async (language: string) => (await decisions({ language })).decisions[0]?.payload;
    expect(await said('de-AT')).toMatchObject({
      texts: { de: { title: 'Für Sie' } },
      blocks: [{ heading: { fr: 'Déjà vus' } }],
    });
    const italian = await said('it');
    expect(italian).toMatchObject({ texts: { fr: { title: 'Pour vous' } } });
    expect(Object.keys(Object(Object(italian).texts))).toEqual(['fr']);
    expect(Object.keys(Object(Object((await decisions()).decisions[0]?.payload).texts)).sort()).toEqual(['de', 'fr']);
  });
});
