import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { percentile } from '../percentile.ts';
import { type Figure, figure } from '../results.ts';

const peopleSchema = z.object({ items: z.array(z.object({ id: z.string() })) });
const perSecond = 50;
const forSeconds = 30;
const asks = ['', '&mySize=true', '&brandCap=2&maxPrice=200', '&strategy=trending', '&notBoughtDays=365&newFirst=true'];

/** Answers with filters at 50 requests a second, of a server that runs: `--url` and `--key` of a workspace with a catalogue. */
export async function benchServing(load: number, url: string, key: string): Promise<Figure[]> {
  const headers = { authorization: `Bearer ${key}` };
  const get = async (path: string): Promise<unknown> => {
    const answer = await fetch(`${url}/api/v1/${path}`, { headers });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return answer.json();
  };
  const people = peopleSchema.parse(await get('rfm/people?limit=200')).items;
  if (people.length === 0) throw new Error('nobody bought anything in this workspace');
  await get('recommendations');
  const times: number[] = [];
  const under: Promise<void>[] = [];
  let empty = 0;
  const began = performance.now();
  for (let n = 0; n < perSecond * forSeconds; n += 1) {
    await pause(Math.max(0, (n * 1_000) / perSecond - (performance.now() - began)));
    const profile = people[n % people.length]?.id ?? '';
    const sent = performance.now();
    under.push(
      get(`recommendations?profile=${profile}${asks[n % asks.length]}`).then((answer) => {
        times.push(performance.now() - sent);
        if (z.object({ items: z.array(z.unknown()) }).parse(answer).items.length === 0) empty += 1;
      }),
    );
  }
  await Promise.all(under);
  return [
    figure(load, 'Recommendation with filters, 50 a second: p95', percentile(times, 0.95), 'ms', 'less', 30),
    figure(load, 'Recommendation with filters: empty answers', empty, 'answers', 'less', 0),
  ];
}
