import { setTimeout as sleep } from 'node:timers/promises';
import {
  membersSchema,
  type ProfileEvent,
  segmentSavedSchema,
  segmentSchema,
  segmentTrendSchema,
} from '@vitrail/contracts';
import { expect, it, onTestFinished } from 'vitest';
import type { z } from 'zod';
import type { ApiClient } from './harness/apiClient.ts';
import { prepareServer, writeKey } from './harness/startServer.ts';
import { untilThere } from './harness/untilThere.ts';
import { createRandom, type Random } from './load/random.ts';
import { seed } from './load/seed.ts';

const rounds = 9;
const senders = 6;
const peopleEach = 8;

type Deed = 'Product Viewed' | 'Product Added' | 'Order Completed';
/** How often each person did what: counted when the door has answered, so that it must be there once. */
type Ledger = Map<string, Record<Deed, number>>;

const did = (events: readonly string[], test: object, more: object = {}): object => ({
  kind: 'event',
  match: { events },
  test,
  ...more,
});
/** Entered for good, entered and left by events, left by time, the opposite of another, of orders. */
const definitions = (other: string): readonly object[] => [
  did(['Product Viewed'], { op: 'gte', value: 5 }),
  did(['Product Viewed'], { op: 'between', from: 3, to: 8 }),
  did(['Product Added'], { op: 'gte', value: 1 }, { window: { kind: 'last', n: 1, unit: 'minute' } }),
  { kind: 'segment', segment: other, member: false },
  { kind: 'order', test: { op: 'eq', value: 1 } },
  {
    kind: 'sequence',
    steps: [
      { match: { events: ['Product Added'] } },
      { match: { events: ['Order Completed'] }, not: true, within: { n: 1, unit: 'minute' } },
    ],
    window: { kind: 'last', n: 2, unit: 'minute' },
  },
];
/** What the ledger alone can tell. */
const expected: readonly ((deeds: Record<Deed, number>) => boolean)[] = [
  (deeds) => deeds['Product Viewed'] >= 5,
  (deeds) => deeds['Product Viewed'] >= 3 && deeds['Product Viewed'] <= 8,
];

async function deliver(url: string, body: string): Promise<boolean> {
  try {
    const headers = { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` };
    const answer = await fetch(`${url}/v1/batch`, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(20_000),
    });
    await answer.arrayBuffer().catch(() => undefined);
    return answer.status === 200;
  } catch {
    return false;
  }
}

/** Sends until told to stop, the same bytes again until they are accepted. */
async function sendUntil(stop: AbortSignal, url: string, people: readonly string[], random: Random, ledger: Ledger) {
  for (let sent = 0; !stop.aborted; ) {
    const batch = Array.from({ length: random.int(1, 6) }, () => {
      const event: Deed = random.chance(0.6)
        ? 'Product Viewed'
        : random.chance(0.8)
          ? 'Product Added'
          : 'Order Completed';
      sent += 1;
      const messageId = `${people[0]}-${sent}`;
      const properties = event === 'Order Completed' ? { order_id: messageId, total: 10, currency: 'EUR' } : {};
      return { type: 'track', event, userId: random.pick(people), messageId, properties };
    });
    const body = JSON.stringify({ batch });
    while (!(await deliver(url, body))) await sleep(random.int(20, 200));
    for (const { userId, event } of batch) {
      const deeds = ledger.get(userId) ?? { 'Product Viewed': 0, 'Product Added': 0, 'Order Completed': 0 };
      deeds[event] += 1;
      ledger.set(userId, deeds);
    }
    await sleep(random.int(150, 600));
  }
}

async function membersOf(api: ApiClient, id: string): Promise<string[]> {
  const all: string[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const query: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
    const page: z.output<typeof membersSchema> = await api.get(
      `/api/v1/segments/${id}/members?limit=1000${query}`,
      membersSchema,
    );
    all.push(...page.items.map((item) => item.id));
    after = page.next;
  }
  return all.toSorted();
}

async function create(api: ApiClient, definition: object): Promise<string> {
  const { id } = segmentSavedSchema.parse(await api.post('/api/v1/segments', { name: 'Killed', definition }));
  await untilThere(`segment ${id} applied`, 60_000, async () => {
    const { state } = await api.get(`/api/v1/segments/${id}`, segmentSchema);
    return state === 'live' ? state : null;
  });
  return id;
}

/** What is wrong with a person's entries and exits, oldest first: they must alternate, beginning with an entry. */
function findBreaks(events: readonly ProfileEvent[], who: string): string[] {
  const told = events.filter(({ type }) => type === 'segment').toReversed();
  const messages = new Set(told.map(({ messageId }) => messageId));
  const bySegment = new Map<unknown, string[]>();
  for (const { properties, event } of told) {
    const key = properties.segment_id;
    bySegment.set(key, [...(bySegment.get(key) ?? []), event]);
  }
  const breaks = [...bySegment].filter(([, names]) =>
    names.some((name, index) => name !== (index % 2 === 0 ? 'Segment Entered' : 'Segment Exited')),
  );
  return [
    ...(messages.size === told.length ? [] : [`${who} was told something twice`]),
    ...breaks.map(([key, names]) => `${who} in segment ${String(key)}: ${names.join(', ')}`),
  ];
}

it(`killed ${rounds} times under load, has everyone in the right segments and told of each move once (seed ${seed})`, async () => {
  const random = createRandom(seed);
  const server = await prepareServer();
  onTestFinished(() => server.dispose());
  server.launch();
  await server.ready();
  const { api } = server;
  const first = await create(api, definitions('')[0] ?? {});
  const live = [first];
  for (const definition of definitions(first).slice(1)) live.push(await create(api, definition));

  const ledger: Ledger = new Map();
  const stop = new AbortController();
  const sending = Array.from({ length: senders }, (_, number) => {
    const people = Array.from({ length: peopleEach }, (__, index) => `u-${number}-${index}`);
    return sendUntil(stop.signal, server.url, people, random.fork(number + 1), ledger);
  });
  for (let round = 0; round < rounds; round++) {
    if (round > 0) {
      server.launch();
      // Every third life ends somewhere in the start itself.
      if (round % 3 !== 0) await server.ready();
    }
    await sleep(random.int(200, 4_000));
    const { ending, output } = server.process();
    expect(ending(), `in round ${round} it had ended by itself: ${output()}`).toBeNull();
    await server.kill9(random.chance(0.4) ? 'everything' : 'program');
  }
  server.launch();
  await server.ready();
  await sleep(2_000);
  stop.abort();
  await Promise.all(sending);
  await api.waitSettled();

  // The same definitions, asked of everyone at once, are the answer of SQL to what the running ones have become.
  for (const [index, definition] of definitions(first).entries()) {
    const running = live[index] ?? '';
    const asked = await create(api, definition);
    await untilThere(`the members of segment ${index}`, 30_000, async () => {
      const [a, b] = [await membersOf(api, running), await membersOf(api, asked)];
      return JSON.stringify(a) === JSON.stringify(b) ? true : null;
    });
    const { size } = await api.get(`/api/v1/segments/${running}`, segmentSchema);
    expect(await membersOf(api, running), `size of segment ${index}`).toHaveLength(size);
  }
  const profiles = new Map<string, string>();
  for (const user of ledger.keys()) profiles.set(user, (await api.findProfile('user_id', user)) ?? user);
  for (const [index, passes] of expected.entries()) {
    const wanted = [...ledger].filter(([, deeds]) => passes(deeds)).map(([user]) => profiles.get(user) ?? user);
    expect(await membersOf(api, live[index] ?? ''), `segment ${index}`).toEqual(wanted.toSorted());
  }

  const told = new Map<unknown, { entered: number; exited: number }>();
  const breaks: string[] = [];
  for (const [user, profile] of profiles) {
    const events = await api.events(profile);
    breaks.push(...findBreaks(events, user));
    for (const { type, event, properties } of events) {
      if (type !== 'segment') continue;
      const sums = told.get(properties.segment_id) ?? { entered: 0, exited: 0 };
      sums[event === 'Segment Entered' ? 'entered' : 'exited'] += 1;
      told.set(properties.segment_id, sums);
    }
  }
  expect(breaks).toEqual([]);
  // The list of changes says the same as the timelines, but for what moved since.
  const [steady = ''] = live;
  for (const id of [steady, live[1] ?? '', live[4] ?? '']) {
    const { days } = await api.get(`/api/v1/segments/${id}/trend?days=2`, segmentTrendSchema);
    const sum = (of: 'entered' | 'exited'): number => days.reduce((total, day) => total + day[of], 0);
    expect({ entered: sum('entered'), exited: sum('exited') }, `changes of segment ${id}`).toEqual(told.get(id));
  }
  // Without these the test would have proved little.
  expect(told.get(steady)?.entered).toBeGreaterThan(20);
  expect([...told.values()].reduce((total, { exited }) => total + exited, 0)).toBeGreaterThan(20);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
}, 420_000);
