import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { recommendationReportSchema } from '@vitrail/contracts';
import { encodeProfileId } from 'vitrail/dist/collect/profileId.js';
import { z } from 'zod';
import { benchDecideWithProducts } from '../decide.ts';
import { prepareLoad } from '../load.ts';
import { percentile } from '../percentile.ts';
import { readCpu } from '../processTree.ts';
import { type Figure, figure } from '../results.ts';
import { type BenchServer, startServer, writeKey } from '../server.ts';
import { makeShop, type ServedShop, type ShopSize } from './shop.ts';

export interface ServingOptions extends ShopSize {
  /** Of each measurement; more than a minute sees a refresh. */
  readonly seconds: number;
  readonly profileDir: string | undefined;
}

/** Events that come in meanwhile. */
const eventsPerSecond = 500;
/** Who sends them, and asks for decisions. */
const visitors = 5_000;
const asks = ['', '&mySize=true', '&brandCap=2&maxPrice=200', '&strategy=trending', '&notBoughtDays=365&newFirst=true'];
const answerSchema = z.object({ items: z.array(z.unknown()) });

/** Answers with filters while events flow: at 50 requests a second, and at 500. The shop is made for it. */
export async function benchServing(work: string, load: number, options: ServingOptions): Promise<Figure[]> {
  const shop = await makeShop(options, work);
  try {
    const server = await startServer({ dataDir: shop.dataDir, profileDir: options.profileDir });
    try {
      const built = await buildAll(server);
      await ask(server, shop, { perSecond: 50, seconds: 10 });
      const usual = await whileEventsFlow(server, options.seconds, () =>
        ask(server, shop, { perSecond: 50, seconds: options.seconds }),
      );
      const many = await whileEventsFlow(server, 20, () => ask(server, shop, { perSecond: 500, seconds: 20 }));
      const pages = await benchDecideWithProducts(server, { perSecond: 500, seconds: 20, visitors });
      const size = `${options.people.toLocaleString('en')} people, ${options.products.toLocaleString('en')} products`;
      return [
        figure(load, `Recommendations built, ${size}`, built, 's', 'less', null),
        figure(load, `Recommendation with filters, 50 a second, ${size}: p95`, usual.p95, 'ms', 'less', 30),
        figure(load, 'Recommendation with filters, 50 a second: p50', usual.p50, 'ms', 'less', null),
        figure(load, 'Recommendation with filters, 50 a second: CPU of an answer', usual.cpu, 'ms', 'less', null),
        figure(load, 'Recommendation with filters, 500 a second: p99', many.p99, 'ms', 'less', 60),
        figure(load, 'Recommendation with filters, 500 a second: p50', many.p50, 'ms', 'less', null),
        figure(load, 'Recommendation with filters: empty answers', usual.empty + many.empty, 'answers', 'less', 0),
        figure(load, 'Recommendation with filters: no answer', usual.failed + many.failed, 'answers', 'less', 0),
        figure(load, 'Decide with recommendations, 500 a second, 500 events/s: p99', pages.p99, 'ms', 'less', 60),
        figure(load, 'Decide with recommendations, 500 a second: p50', pages.p50, 'ms', 'less', null),
        figure(
          load,
          'Decide with recommendations: answers with products',
          (pages.withProducts * 100) / (500 * 20),
          '%',
          'more',
          null,
        ),
        figure(load, 'Decide with recommendations: no answer', pages.failed, 'answers', 'less', 0),
      ];
    } finally {
      await server.stop();
    }
  } finally {
    await rm(shop.dataDir, { recursive: true, force: true });
  }
}

/** Seconds until everything is built and serves. */
async function buildAll(server: BenchServer): Promise<number> {
  const began = performance.now();
  // A server that has products builds by itself, if it was not told to before.
  const status = await server.send('POST', '/api/v1/recommendations/build', {});
  if (status !== 202 && status !== 409) throw new Error(`the build was answered ${status}`);
  for (;;) {
    const report = await server.get(recommendationReportSchema, '/api/v1/recommendations/report');
    if (report.builtAt !== null && report.running === null) return (performance.now() - began) / 1_000;
    if (performance.now() - began > 600_000) throw new Error('recommendations were not built within ten minutes');
    await pause(500);
  }
}

async function whileEventsFlow<T>(server: BenchServer, seconds: number, work: () => Promise<T>): Promise<T> {
  const { hostname, port } = new URL(server.url);
  const load = await prepareLoad({
    host: hostname,
    port: Number(port),
    writeKey,
    events: eventsPerSecond * seconds,
    visitors,
    run: `serving-${seconds}`,
    batch: 10,
    connections: 8,
    pace: eventsPerSecond,
  });
  const sent = load.go();
  const result = await work();
  await sent;
  return result;
}

interface Asked {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly empty: number;
  readonly failed: number;
  /** Milliseconds of all processes for one answer, with the events that come in meanwhile. */
  readonly cpu: number;
}

async function ask(
  server: BenchServer,
  { first, last }: ServedShop,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<Asked> {
  const times: number[] = [];
  const under: Promise<void>[] = [];
  let [empty, failed] = [0, 0];
  const before = readCpu(server.pid);
  const began = performance.now();
  const count = perSecond * seconds;
  for (let n = 0; n < count; n += 1) {
    await pause(Math.max(0, (n * 1_000) / perSecond - (performance.now() - began)));
    const profile = encodeProfileId(first + ((n * 7_919) % (last - first + 1)));
    const path = `/api/v1/recommendations?profile=${profile}${asks[n % asks.length]}`;
    const sent = performance.now();
    under.push(
      server.get(answerSchema, path).then(
        ({ items }) => {
          times.push(performance.now() - sent);
          if (items.length === 0) empty += 1;
        },
        () => {
          failed += 1;
        },
      ),
    );
  }
  await Promise.all(under);
  const after = readCpu(server.pid);
  const cpu = ((after.node - before.node + after.postgres - before.postgres) * 1_000) / count;
  return {
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    p99: percentile(times, 0.99),
    empty,
    failed,
    cpu,
  };
}
