import { setTimeout as pause } from 'node:timers/promises';
import { profileListSchema, profileSegmentsSchema, segmentListSchema, segmentSchema } from '@vitrail/contracts';
import { chQuery, createLog, openChdb, openDataDir, systemClock } from 'vitrail/dist/platform/index.js';
import { prepareLoad } from './load.ts';
import { percentile } from './percentile.ts';
import { hundredDefinitions, sequence, threeConditions, towns } from './segmentDefinitions.ts';
import { type BenchServer, writeKey } from './server.ts';

const path = '/api/v1/segments';
const asked = 30;

/** Milliseconds of each answer, once code is compiled and caches are filled. Each time another definition. */
async function timed(work: (index: number) => Promise<unknown>, times = asked): Promise<number[]> {
  const found: number[] = [];
  for (let index = -3; index < times; index++) {
    const began = performance.now();
    await work(index + 3);
    if (index >= 0) found.push(performance.now() - began);
  }
  return found;
}

async function insist(server: BenchServer, method: string, address: string, body: object): Promise<void> {
  const status = await server.send(method, address, body);
  if (status >= 300) throw new Error(`${method} ${address} answered ${status}`);
}

export interface CountTimes {
  readonly p50: number;
  readonly p95: number;
  readonly sequence: number;
}

/** Exact counts as the builder asks for them: with the numbers of each condition, and a sample. */
export async function benchCounts(server: BenchServer): Promise<CountTimes> {
  const ask = (definition: object): Promise<void> => insist(server, 'POST', `${path}/preview`, { definition });
  const counts = await timed((index) => ask(threeConditions(index)));
  const sequences = await timed((index) => ask(sequence(index)), 20);
  return { p50: percentile(counts, 0.5), p95: percentile(counts, 0.95), sequence: percentile(sequences, 0.95) };
}

/** The people of `threeConditions` as somebody who knows the tables would count them by hand. */
const countByHand = chQuery({
  name: 'bench.countSegment',
  params: { town: 'String', viewed: 'Int64', ordered: 'Int64' },
  row: { people: 'UInt64' },
  text: `
    select count() as people from customers final
    where workspace_id = 1 and not removed and lowerUTF8(traits['address.city']) = {town:String}
      and profile_id in (
        select person from (
          select dictGetOrDefault('profile_root_dict', 'root_id', (workspace_id, profile_id), profile_id) as person, seen
          from (
            select workspace_id, profile_id, count() as seen from events
            where workspace_id = 1 and not bot and type = 'track' and event = 'Product Viewed'
              and timestamp > fromUnixTimestamp64Milli({viewed:Int64})
            group by workspace_id, profile_id
          )
        )
        group by person having sum(seen) >= 2
      )
      and profile_id in (
        select dictGetOrDefault('profile_root_dict', 'root_id', (workspace_id, profile_id), profile_id)
        from customer_orders final
        where workspace_id = 1 and status not in ('cancelled', '') and ordered_at > fromUnixTimestamp64Milli({ordered:Int64})
      )`,
});

/** Milliseconds of the hand-written count on the data of a stopped server, median. */
export async function benchCountByHand(dataDir: string): Promise<number> {
  const folder = await openDataDir({ path: dataDir, address: 'http://127.0.0.1:1', clock: systemClock });
  try {
    const ch = await openChdb({ dataDir: folder.analyticsDir, log: createLog('warn') });
    try {
      const day = 86_400_000;
      const times = await timed(async (index) => {
        const [viewed, ordered] = [Date.now() - (60 + index) * day, Date.now() - 365 * day];
        const town = (towns[index % towns.length] ?? '').toLowerCase();
        const [row] = await ch.rows(countByHand, { town, viewed, ordered });
        if (row === undefined || row.people === 0) throw new Error('the hand-written count found nobody');
      });
      return percentile(times, 0.5);
    } finally {
      await ch.close();
    }
  } finally {
    folder.release();
  }
}

/** Until all segments there are have been applied to everyone. */
async function untilLive(server: BenchServer, segments: number): Promise<void> {
  for (const end = performance.now() + 600_000; performance.now() < end; await pause(100)) {
    const { items } = await server.get(segmentListSchema, `${path}?limit=200`);
    const stale = items.find(({ state }) => state === 'stale');
    if (stale !== undefined) throw new Error(`segment ${stale.id} was set aside`);
    if (items.length >= segments && items.every(({ state }) => state === 'live')) return;
  }
  throw new Error('the segments were not applied within ten minutes');
}

/** A hundred live segments of all kinds. Seconds until the last is live. */
export async function createHundred(server: BenchServer): Promise<number> {
  const began = performance.now();
  const definitions = hundredDefinitions();
  for (const [index, definition] of definitions.entries())
    await insist(server, 'POST', path, { name: `Segment ${index}`, definition });
  await untilLive(server, definitions.length);
  return (performance.now() - began) / 1_000;
}

/** Seconds from an edit by which `share` per cent of everyone enter, until all are members. */
export async function benchChurn(server: BenchServer, percent: number): Promise<{ seconds: number; people: number }> {
  const nobody = { kind: 'sample', percent: 0.0001, seed: 'bench' };
  await insist(server, 'POST', path, { name: 'Churn', definition: nobody });
  await untilLive(server, 1);
  const { items } = await server.get(segmentListSchema, `${path}?q=Churn`);
  const id = items[0]?.id ?? '';
  const began = performance.now();
  await insist(server, 'PUT', `${path}/${id}`, { name: 'Churn', definition: { ...nobody, percent } });
  for (;;) {
    const { state, size } = await server.get(segmentSchema, `${path}/${id}`);
    const { items: listed } = await server.get(membersCountSchema, `${path}/${id}/members?limit=1`);
    if (state === 'live' && size > 10 && listed.length > 0)
      return { seconds: (performance.now() - began) / 1_000, people: size };
    await pause(20);
  }
}

/** As much of a page of members as is looked at here. */
const membersCountSchema = {
  parse: (json: unknown): { items: readonly unknown[] } => {
    const items = typeof json === 'object' && json !== null && 'items' in json ? json.items : null;
    if (!Array.isArray(items)) throw new Error('the members are no list');
    return { items };
  },
};

/** From sending a call until the segments of its person have changed, while `pace` other events a second come in. */
export async function benchMoves(
  server: BenchServer,
  { pace, seconds, visitors }: { pace: number; seconds: number; visitors: number },
): Promise<{ p50: number; p95: number; moves: number }> {
  const run = Math.random().toString(36).slice(2, 8);
  const say = (state: string, number: number): Promise<void> =>
    server.collect({
      type: 'identify',
      userId: `probe-${run}`,
      messageId: `probe-${run}-${number}`,
      traits: { probe: state },
    });
  await insist(server, 'POST', path, {
    name: `Probe ${run}`,
    definition: { kind: 'trait', trait: 'probe', test: { type: 'text', op: 'is', value: 'in' } },
  });
  await untilLive(server, 1);
  const { items } = await server.get(segmentListSchema, `${path}?q=Probe%20${run}`);
  const segment = items[0]?.id ?? '';
  await say('out', 0);
  let profile = '';
  while (profile === '') {
    const found = await server.get(profileListSchema, `/api/v1/profiles?identifier=user_id:probe-${run}`);
    profile = found.items[0]?.id ?? '';
    if (profile === '') await pause(50);
  }
  const { hostname, port } = new URL(server.url);
  const order = { host: hostname, port: Number(port), writeKey, visitors, run, batch: 2, connections: 40 };
  const load = await prepareLoad({ ...order, events: pace * seconds, pace });
  let over = false;
  const sending = load.go().finally(() => {
    over = true;
  });
  const times: number[] = [];
  for (let number = 1; !over; number++) {
    const wanted = number % 2 === 1;
    const began = performance.now();
    await say(wanted ? 'in' : 'out', number);
    for (;;) {
      const now = await server.get(profileSegmentsSchema, `/api/v1/profiles/${profile}/segments`);
      if (now.some(({ id }) => id === segment) === wanted) break;
      if (performance.now() - began > 60_000) throw new Error('a membership did not change within a minute');
      await pause(10);
    }
    times.push(performance.now() - began);
  }
  await sending;
  // The first ones are the load's own start.
  const settled = times.slice(Math.min(5, times.length - 1));
  return { p50: percentile(settled, 0.5), p95: percentile(settled, 0.95), moves: settled.length };
}
