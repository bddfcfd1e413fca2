import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Lookalike,
  lookalikeSchema,
  type PredictionReport,
  predictionReportSchema,
  predictionSummarySchema,
  profilePredictionsSchema,
  type RecommendationReport,
  recommendationReportSchema,
  recommendationsSchema,
  segmentSavedSchema,
} from '@vitrail/contracts';
import { expect, it, onTestFinished } from 'vitest';
import type { ApiClient } from './harness/apiClient.ts';
import { prepareServer } from './harness/startServer.ts';
import { untilThere } from './harness/untilThere.ts';
import { createRandom, type Random } from './load/random.ts';
import { seed } from './load/seed.ts';

const kills = 5;
const [buyers, products] = [900, 120];
const waitMs = 120_000;
const day = 86_400_000;

/**
 * Two years of orders of two products; everybody prefers one kind, and who prefers the first two comes back more often: a
 * pattern to learn whatever the seed.
 */
function writeOrders(random: Random): string {
  const lines = ['order_number,order_date,customer_id,product_id,quantity,unit_price,currency'];
  for (let buyer = 0; buyer < buyers; buyer += 1) {
    const pause = random.int(15, 200);
    for (let ago = random.int(5, 650), n = 0; ago > 0 && n < 12; ago -= random.int(1, 2 * pause), n += 1) {
      const at = new Date(Date.now() - ago * day).toISOString();
      for (let line = 0; line < 2; line += 1) {
        const kind = random.chance(0.8) ? buyer % 4 : random.int(0, 3);
        lines.push(`N${buyer}-${n},${at},C${buyer},p${random.int(0, products / 4 - 1) * 4 + kind},1,${10 + kind},EUR`);
      }
      if (random.chance(buyer % 4 < 2 ? 0.15 : 0.6)) break;
    }
  }
  return lines.join('\n');
}

const writeProducts = (): string =>
  [
    'product_id,title,category,price,availability',
    ...Array.from({ length: products }, (_, n) => `p${n},Product ${n},Kind ${n % 4},${10 + (n % 4)} EUR,in stock`),
  ].join('\n');

interface Served {
  readonly predictions: PredictionReport;
  readonly recommendations: RecommendationReport;
  readonly lookalike: Lookalike;
}

async function readServed(api: ApiClient, lookalike: string): Promise<Served> {
  return {
    predictions: await api.get('/api/v1/predictions/report', predictionReportSchema),
    recommendations: await api.get('/api/v1/recommendations/report', recommendationReportSchema),
    lookalike: await api.get(`/api/v1/lookalikes/${lookalike}`, lookalikeSchema),
  };
}

const isBusy = ({ predictions, recommendations, lookalike }: Served): boolean =>
  predictions.running !== null || recommendations.running !== null || !['ready', 'refused'].includes(lookalike.state);

const settled = (api: ApiClient, lookalike: string): Promise<Served> =>
  untilThere('the end of all runs', waitMs, async () => {
    const served = await readServed(api, lookalike);
    return isBusy(served) ? null : served;
  });

/** Begins all three; what is under way already goes on. */
async function beginAll(api: ApiClient, lookalike: string): Promise<void> {
  for (const path of ['predictions/run', 'recommendations/build', `lookalikes/${lookalike}/refresh`]) {
    const headers = { 'content-type': 'application/json' };
    const answer = await api.request(`/api/v1/${path}`, { method: 'POST', headers, body: '{}' });
    await answer.arrayBuffer();
    expect([200, 202, 409], path).toContain(answer.status);
  }
}

it(`killed ${kills} times while it foresees, recommends and looks for alikes, keeps the last good result (seed ${seed})`, async () => {
  const random = createRandom(seed);
  const server = await prepareServer();
  onTestFinished(() => server.dispose());
  server.launch();
  await server.ready();
  const { api } = server;
  await api.importFile({ as: 'products', name: 'products.csv', content: writeProducts() });
  const imported = await api.importFile({ as: 'order-lines', name: 'lines.csv', content: writeOrders(random) });
  expect(imported.state).toBe('done');
  const definition = { kind: 'order', test: { op: 'gte', value: 3 } };
  const { id: segment } = segmentSavedSchema.parse(await api.post('/api/v1/segments', { name: 'Often', definition }));
  const { id: lookalike } = lookalikeSchema.parse(await api.post('/api/v1/lookalikes', { segment, reach: 0.2 }));
  await beginAll(api, lookalike);
  const first = await settled(api, lookalike);
  const run = first.predictions.scopes[0]?.run ?? null;
  expect(first.predictions.scopes[0]?.reasons).not.toContain('too_few_buyers');
  expect(run).not.toBeNull();
  expect(first.recommendations.builtAt).not.toBeNull();
  expect(first.lookalike).toMatchObject({ state: 'ready', reason: null });
  expect(first.lookalike.people).toBeGreaterThan(0);
  const buyer = (await api.findProfile('user_id', 'C1')) ?? '';

  for (let kill = 0; kill < kills; kill += 1) {
    await beginAll(api, lookalike);
    await sleep(random.int(20, 2_000));
    await server.kill9(random.chance(0.5) ? 'everything' : 'program');
    server.launch();
    await server.ready();
    // Whatever was cut off: what was good before is still there, or the next is already.
    const foreseen = await api.get(`/api/v1/profiles/${buyer}/predictions`, profilePredictionsSchema);
    expect(Number(foreseen.run), `predictions after kill ${kill}`).toBeGreaterThanOrEqual(Number(run));
    expect(foreseen.order90).not.toBeNull();
    for (const query of [`profile=${buyer}`, 'product=p4', 'strategy=popular', 'strategy=bought_together&product=p5']) {
      const { items } = await api.get(`/api/v1/recommendations?limit=8&${query}`, recommendationsSchema);
      const shown = items.map(({ product }) => product.productId);
      expect(new Set(shown).size, `${query} after kill ${kill}`).toBe(8);
    }
    const { people, at } = await api.get(`/api/v1/lookalikes/${lookalike}`, lookalikeSchema);
    expect(at, `lookalike after kill ${kill}`).not.toBeNull();
    expect(people).toBeGreaterThan(0);
  }

  await settled(api, lookalike);
  await beginAll(api, lookalike);
  const last = await settled(api, lookalike);
  const [scope] = last.predictions.scopes;
  expect(Number(scope?.run)).toBeGreaterThan(Number(run));
  expect(scope?.people).toBe(first.predictions.scopes[0]?.people);
  const { tiers } = await api.get('/api/v1/predictions/summary', predictionSummarySchema);
  expect(tiers.reduce((sum, { customers }) => sum + customers, 0)).toBe(scope?.people);
  const { builtAt, ...built } = last.recommendations;
  expect(Date.parse(builtAt ?? '')).toBeGreaterThan(Date.parse(first.recommendations.builtAt ?? ''));
  expect(built.items).toBe(products);
  // A year ends a little later now.
  expect(built.people).toBeGreaterThan(0.95 * first.recommendations.people);
  expect(last.lookalike).toMatchObject({
    state: 'ready',
    seeds: first.lookalike.seeds,
    candidates: first.lookalike.candidates,
    people: first.lookalike.people,
  });
  expect(await server.stop()).toEqual({ code: 0, signal: null });
}, 600_000);
