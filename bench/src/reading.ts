import { eventListSchema, profileListSchema, profileSchema } from '@vitrail/contracts';
import { encodeProfileId } from 'vitrail/dist/collect/profileId.js';
import { personAt } from './people.ts';
import { percentile } from './percentile.ts';
import type { BenchServer } from './server.ts';

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Positions spread over the people, the same each time. */
const spread = (count: number, people: number): number[] =>
  Array.from({ length: count }, (_, index) => Math.floor((((index + 1) * 0.618_033_988_75) % 1) * people));

/** 95th percentiles in milliseconds of what the customer page asks, one after another, over random customers. */
export async function benchProfiles(server: BenchServer, people: number, first: number, count = 400) {
  const profiles: number[] = [];
  const timelines: number[] = [];
  for (const position of spread(count, people)) {
    const path = `/api/v1/profiles/${encodeProfileId(first + position)}`;
    profiles.push(await timed(() => server.get(profileSchema, path)));
    timelines.push(await timed(() => server.get(eventListSchema, `${path}/events?limit=50`)));
  }
  // The first ones compile code and fill caches.
  const settled = (times: readonly number[]): number => percentile(times.slice(20), 0.95);
  return { profile: settled(profiles), timeline: settled(timelines) };
}

/** What people type into the search of customers. */
const searches: Readonly<Record<string, (person: ReturnType<typeof personAt>, position: number) => string>> = {
  surname: ({ lastName }) => lastName,
  'frequent first name': ({ firstName }) => firstName,
  'first name and surname': ({ firstName, lastName }) => `${firstName} ${lastName}`,
  'beginning of a surname': ({ lastName }) => lastName.slice(0, 3),
  'two letters': ({ lastName }) => lastName.slice(0, 2),
  'e-mail': ({ email }) => email,
  'beginning of an e-mail': ({ email }) => email.slice(0, 9),
  phone: ({ phone }) => phone.replace('+33', '0'),
  'customer number': ({ customerId }) => customerId,
  'first name and town': ({ firstName, town }) => `${firstName} ${town}`,
  'a name nobody has': ({ lastName }, position) => `xq${position}${lastName}`,
};

/** 95th percentile of the search for each kind of text, and over all. */
export async function benchSearch(server: BenchServer, people: number, count = 30) {
  const all: number[] = [];
  const kinds: { kind: string; p95: number }[] = [];
  for (const [kind, textOf] of Object.entries(searches)) {
    const times: number[] = [];
    for (const position of spread(count, people)) {
      const q = encodeURIComponent(textOf(personAt(position), position));
      times.push(await timed(() => server.get(profileListSchema, `/api/v1/profiles?q=${q}&limit=25`)));
    }
    all.push(...times);
    kinds.push({ kind, p95: percentile(times, 0.95) });
  }
  const whole = await Promise.all([timed(() => server.get(profileListSchema, '/api/v1/profiles?limit=25'))]);
  kinds.push({ kind: 'the newest, without a text', p95: percentile(whole, 0.95) });
  for (const sort of ['name', 'revenue', 'lastSeen'])
    kinds.push({ kind: `five pages by ${sort}`, p95: await benchSorted(server, `known=true&sort=${sort}`, count) });
  const frequent = encodeURIComponent(personAt(0).firstName);
  kinds.push({
    kind: 'frequent first name, by revenue',
    p95: await benchSorted(server, `q=${frequent}&sort=revenue`, count),
  });
  return { p95: percentile(all, 0.95), kinds };
}

/** 95th percentile of a page of a sorted list, over its first five pages. */
async function benchSorted(server: BenchServer, query: string, count: number): Promise<number> {
  const times: number[] = [];
  let after = '';
  while (times.length < count) {
    const from = performance.now();
    const page = await server.get(profileListSchema, `/api/v1/profiles?${query}&limit=50${after}`);
    times.push(performance.now() - from);
    after = page.next === null || times.length % 5 === 0 ? '' : `&after=${page.next}`;
  }
  return percentile(times, 0.95);
}
