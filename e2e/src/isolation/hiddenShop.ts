import {
  importPreviewSchema,
  keyPageSchema,
  mergeListSchema,
  sitePageSchema,
  sourcePageSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { poll } from '../../../server/test/poll.ts';
import { type TestServer, writeKey } from '../harness/startServer.ts';
import { basic } from '../hostile/send.ts';
import { fillExperiences } from './hiddenExperiences.ts';
import { fillMessages } from './hiddenMessages.ts';

/** Stands in everything of the attacked workspace. */
export const mark = 'Verborgen';

export interface HiddenShop {
  readonly ids: Readonly<Record<string, string | number>>;
  readonly idOf: Readonly<Record<string, string | number>>;
}

/** Erases somebody by the door for many; returns the id of that erasure. */
async function eraseOne({ api }: TestServer, collect: (calls: readonly object[]) => Promise<void>): Promise<number> {
  await collect([{ type: 'identify', userId: 'gone', traits: { plan: 'none' } }]);
  const id = await api.findProfile('user_id', 'gone');
  const answer = await api.post('/api/v1/erasures', { people: { ids: [id] }, expect: 1 });
  return z.object({ id: z.number() }).parse(answer).id;
}

/** Fills the first workspace of a server with one of everything and tells what an attacker might learn of it. */
export async function fillHiddenShop(
  server: TestServer,
  { colleagueId, viewId }: { colleagueId: string; viewId: number },
): Promise<HiddenShop> {
  const { api } = server;
  const collect = async (calls: readonly object[]): Promise<void> => {
    const headers = { authorization: basic(writeKey) };
    const response = await fetch(`${server.url}/v1/batch`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ batch: calls }),
    });
    if (!response.ok) throw new Error(`the door answered ${response.status}`);
    await api.waitSettled();
  };
  const email = `jeanne@${mark}.example`.toLowerCase();
  const products = [{ product_id: `${mark}-lamp`, price: 20, quantity: 2 }];
  await collect([
    { type: 'identify', userId: `${mark}-1`, traits: { email, lastName: mark, city: mark } },
    { type: 'identify', anonymousId: `${mark}-device`, traits: { phone: '+33612345678' } },
    {
      type: 'track',
      event: `${mark} Seen`,
      userId: `${mark}-1`,
      messageId: `${mark}-message`,
      properties: { note: mark },
    },
    {
      type: 'track',
      event: 'Order Completed',
      userId: `${mark}-1`,
      properties: { order_id: `${mark}-order`, total: 40, coupon: mark, products },
    },
    { type: 'group', userId: `${mark}-1`, groupId: `${mark}-company`, traits: { name: mark } },
  ]);
  await collect([
    { type: 'identify', userId: `${mark}-1`, anonymousId: `${mark}-device`, traits: { phone: '+33612345678' } },
  ]);

  const schema = { type: 'object', properties: { note: { const: `not ${mark}` } } };
  // The attacker knows the name and may use it at home: it is no mark.
  const event = 'Secret Sale';
  await api.put(`/api/v1/tracking-plan/${encodeURIComponent(event)}`, { description: mark, mode: 'block', schema });
  // A plan counts within a second of its change.
  await poll('a drop by the tracking plan', async () => {
    await collect([{ type: 'track', event, userId: `${mark}-1`, properties: { note: mark } }]);
    return (await api.pipeline()).dropped.plan !== undefined;
  });

  const file = { name: `${mark}.csv`, content: `product_id,title,price\n${mark}-lamp,${mark} lamp,20.00 EUR\n` };
  const imported = await api.importFile({ as: 'products', ...file });
  const rejects = { name: `${mark}-2.csv`, content: `order_id,date,total,email\n${mark}-2,never,5,${email}\n` };
  const rejected = await api.importFile({ as: 'orders', ...rejects });
  if (imported.accepted !== 1 || rejected.rejected !== 1) throw new Error('the imports of the hidden shop went wrong');
  const form = new FormData();
  form.set('as', 'orders');
  form.set('file', new Blob([rejects.content]), rejects.name);
  const preview = await api.request('/api/v1/imports/preview', { method: 'POST', body: form });
  const { upload } = importPreviewSchema.parse(await preview.json());

  const profile = await api.findProfile('email', email);
  const decided = await fillDecided(server, profile ?? '');
  const erasure = await eraseOne(server, collect);
  const merges = await api.get('/api/v1/merges', mergeListSchema);
  const [site] = (await api.get('/api/v1/sites', sitePageSchema)).items;
  const [source] = (await api.get('/api/v1/sources', sourcePageSchema)).items;
  const [key] = (await api.get('/api/v1/keys', keyPageSchema)).items;
  const drops = await api.get('/api/v1/drops', z.object({ items: z.array(z.object({ id: z.string() })) }));
  const known = {
    merge: merges.items[0]?.id,
    drop: drops.items[0]?.id,
    profile,
    site: site?.id,
    source: source?.id,
    key: key?.id,
  };
  const ids = z
    .object({
      merge: z.number(),
      drop: z.string(),
      profile: z.string(),
      site: z.number(),
      source: z.number(),
      key: z.number(),
    })
    .parse(known);
  return {
    ids: {
      event,
      upload,
      source: ids.source,
      sourceId: ids.source,
      siteId: ids.site,
      site: 'My shop',
      identifier: `email:${email}`,
      q: mark.toLowerCase(),
      actor: colleagueId,
      category: mark,
      brand: mark,
      profile: ids.profile,
      segment: decided.segment,
      score: decided.score,
    },
    idOf: {
      '/api/v1/erasures/': erasure,
      '/api/v1/sites/': ids.site,
      '/api/v1/users/': colleagueId,
      '/api/v1/keys/': ids.key,
      '/api/v1/sources/': ids.source,
      '/api/v1/products/': `${mark}-lamp`,
      '/v1/picture/': `${mark}-lamp`,
      '/api/v1/profiles/': ids.profile,
      '/api/v1/merges/': ids.merge,
      '/api/v1/imports/': rejected.id,
      '/api/v1/drops/': ids.drop,
      '/api/v1/segments/lists/': decided.list,
      '/api/v1/segments/': decided.segment,
      '/api/v1/scores/': decided.score,
      '/api/v1/lookalikes/': decided.lookalike,
      '/api/v1/outside-audiences/': decided.partner,
      '/api/v1/recommendations/rules/': decided.rule,
      '/api/v1/reports/saved/': decided.report,
      '/api/v1/views/': viewId,
      '/api/v1/matching/runs/': await tryMatching(server),
      ...(await fillMessages(server, { mark, profile: ids.profile, segment: String(decided.segment), site: ids.site })),
      ...(await fillExperiences(server, { mark })),
      // Numbered from 1 in each workspace: who asks for one gets their own.
      '/api/v1/matching/models/': 1,
      // Questions are numbered for all workspaces together: nobody of this server has asked the millionth.
      '/api/v1/reviews/': 1_000_000,
    },
  };
}

const identified = z.object({ id: z.union([z.string(), z.number()]) });

/** A segment, a list, a score, a lookalike audience, a rule of merchandising and a saved report. */
async function fillDecided(server: TestServer, profile: string) {
  const create = async (path: string, body: object): Promise<string | number> =>
    identified.parse(await server.api.post(`/api/v1/${path}`, body)).id;
  const seen = { kind: 'event', match: { events: [`${mark} Seen`] }, test: { op: 'gte', value: 1 } };
  const signals = [{ kind: 'event', name: mark, points: 5, match: seen.match }];
  const decided = {
    segment: await create('segments', { name: mark, description: mark, definition: seen }),
    list: await create('segments/lists', { name: `${mark} list`, profiles: [profile] }),
    rule: await create('recommendations/rules', { name: mark, effect: { kind: 'pin', products: [mark] } }),
    score: await create('scores', { name: mark, definition: { signals } }),
    report: await create('reports/saved', {
      name: mark,
      shared: true,
      definition: { kind: 'retention', request: { from: '2026-01-01', to: '2026-01-31' } },
    }),
  };
  const lookalike = await create('lookalikes', { segment: String(decided.list), name: mark });
  await poll('the hidden segment is live', async () => {
    const { state } = z
      .object({ state: z.string() })
      .parse(await server.api.get(`/api/v1/segments/${decided.segment}`, z.unknown()));
    return state === 'live';
  });
  const partner = z
    .object({ key: z.string() })
    .parse(await server.api.post('/api/v1/outside-audiences', { key: 'verborgen', name: mark, basis: 'consent' })).key;
  return { ...decided, lookalike, partner };
}

/** A dry run of matching. */
async function tryMatching(server: TestServer): Promise<string | number> {
  const { id } = identified.parse(await server.api.post('/api/v1/matching/runs', { dryRun: true }));
  await poll('the dry run is over', async () => {
    const { state } = z
      .object({ state: z.string() })
      .parse(await server.api.get(`/api/v1/matching/runs/${id}`, z.unknown()));
    return state === 'done' || state === 'failed';
  });
  return id;
}
