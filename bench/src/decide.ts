import { setTimeout as pause } from 'node:timers/promises';
import { type DecideAnswer, decideAnswerSchema, experienceSchema, segmentSchema } from '@vitrail/contracts';
import { z } from 'zod';
import { prepareLoad } from './load.ts';
import { percentile } from './percentile.ts';
import { type BenchServer, writeKey } from './server.ts';

export interface DecideReport {
  /** Milliseconds from the question to the whole answer, as the one who asks sees it. */
  readonly p50: number;
  readonly p99: number;
  readonly shown: number;
  /** Answers with recommended products in them. */
  readonly withProducts: number;
  readonly failed: number;
}

export interface DecideLoad {
  readonly perSecond: number;
  readonly seconds: number;
  readonly visitors: number;
}

const eventsPerSecond = 500;
const identified = z.object({ id: z.string() });

/** Fifty that run: by segments, by what the page says, with variants, control groups and caps. */
async function makeExperiences(server: BenchServer): Promise<void> {
  const segments: string[] = [];
  for (let n = 0; n < 10; n += 1) {
    const { id } = await server.post(identified, '/api/v1/segments', {
      name: `Seen ${n + 1} times`,
      definition: { kind: 'event', match: {}, test: { op: 'gte', value: n + 1 } },
    });
    segments.push(id);
  }
  for (const id of segments)
    while ((await server.get(segmentSchema, `/api/v1/segments/${id}`)).state !== 'live') await pause(100);
  const content = { kind: 'bar', texts: { en: { title: 'Free delivery', button: 'See' } }, link: '/delivery' };
  for (let n = 0; n < 50; n += 1) {
    const { id } = await server.post(experienceSchema, '/api/v1/experiences', {
      key: `bench-${n}`,
      name: `Bench ${n}`,
      audience: { segments: n % 2 === 0 ? [segments[n % 10]] : [], visitors: n % 5 === 0 ? 'anonymous' : 'all' },
      when: n % 3 === 0 ? [{ field: 'page.path', op: 'starts', values: [`/c/${n}`, '/shoes'] }] : [],
      caps: { perPerson: 100, afterClose: { days: 7 } },
      control: 0.1,
      priority: n,
      group: n % 10 < 8 ? `group ${n % 8}` : null,
      variants: [
        { key: 'a', name: 'A', weight: 0.5, content },
        { key: 'b', name: 'B', weight: 0.5, content },
      ],
    });
    await server.post(experienceSchema, `/api/v1/experiences/${id}/start`, {});
  }
}

/** Decisions for visitors with a profile, at a steady pace, while their events come in. */
export async function benchDecide(
  server: BenchServer,
  { perSecond, seconds, visitors }: DecideLoad,
): Promise<DecideReport> {
  await makeExperiences(server);
  return measure(server, { perSecond, seconds, visitors });
}

/**
 * The same with four products for each visitor, chosen from what they looked at, beside the fifty. The server has a
 * catalogue, recommendations that were built, and visitors whose looks came in before.
 */
export async function benchDecideWithProducts(server: BenchServer, load: DecideLoad): Promise<DecideReport> {
  await makeExperiences(server);
  const { id } = await server.post(experienceSchema, '/api/v1/experiences', {
    key: 'bench-products',
    name: 'Bench products',
    priority: 100,
    variants: [
      {
        key: 'a',
        name: 'A',
        weight: 1,
        content: {
          kind: 'bar',
          texts: { en: { title: 'For you' } },
          blocks: [{ type: 'recommendations', strategy: 'for_you', count: 4 }],
        },
      },
    ],
  });
  await server.post(experienceSchema, `/api/v1/experiences/${id}/start`, {});
  return measure(server, load);
}

async function measure(server: BenchServer, { perSecond, seconds, visitors }: DecideLoad): Promise<DecideReport> {
  await ask(server, { perSecond: 100, seconds: 5, visitors });
  const { hostname, port } = new URL(server.url);
  const load = await prepareLoad({
    host: hostname,
    port: Number(port),
    writeKey,
    events: eventsPerSecond * seconds,
    visitors,
    run: 'decide',
    batch: 10,
    connections: 8,
    pace: eventsPerSecond,
  });
  const sent = load.go();
  const report = await ask(server, { perSecond, seconds, visitors });
  await sent;
  return report;
}

async function ask(server: BenchServer, { perSecond, seconds, visitors }: DecideLoad): Promise<DecideReport> {
  const times: number[] = [];
  const under: Promise<void>[] = [];
  let [shown, withProducts, failed] = [0, 0, 0];
  const began = performance.now();
  for (let n = 0; n < perSecond * seconds; n += 1) {
    await pause(Math.max(0, (n * 1_000) / perSecond - (performance.now() - began)));
    const visitor = (n * 7_919) % visitors;
    const sent = performance.now();
    const question = {
      writeKey,
      anonymousId: `a7f3c0de-${String(visitor).padStart(12, '0')}`,
      page: { path: n % 2 === 0 ? '/shoes/boots' : '/' },
      context: { consent: { personalisation: true }, cart: { value: n % 100 } },
    };
    under.push(
      server.post(decideAnswerSchema, '/v1/decide', question).then(
        ({ decisions }) => {
          times.push(performance.now() - sent);
          if (decisions.length > 0) shown += 1;
          if (decisions.some(hasProducts)) withProducts += 1;
        },
        () => {
          failed += 1;
        },
      ),
    );
  }
  await Promise.all(under);
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), shown, withProducts, failed };
}

const hasProducts = ({ payload }: DecideAnswer['decisions'][number]): boolean =>
  payload !== null && 'blocks' in payload && payload.blocks.some(({ type }) => type === 'recommendations');
