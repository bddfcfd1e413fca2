import { setTimeout as pause } from 'node:timers/promises';
import { eventListSchema, profileListSchema } from '@vitrail/contracts';
import { prepareLoad } from './load.ts';
import { percentile } from './percentile.ts';
import { type BenchServer, writeKey } from './server.ts';

/** One event sent, then asked for until the profile shows it. Milliseconds. */
async function probe(server: BenchServer, profile: string, number: number, run: string): Promise<number> {
  const messageId = `probe-${run}-${number}`;
  const began = performance.now();
  await server.collect({
    type: 'track',
    event: 'Probe',
    userId: `probe-${run}`,
    messageId,
    timestamp: new Date().toISOString(),
  });
  for (;;) {
    const { items } = await server.get(eventListSchema, `/api/v1/profiles/${profile}/events?limit=5`);
    if (items.some((item) => item.messageId === messageId)) return performance.now() - began;
    if (performance.now() - began > 30_000) throw new Error('an event did not show within 30 s');
    await pause(10);
  }
}

/** From sending an event until its profile shows it, while `pace` other events a second come in. */
export async function benchLatency(
  server: BenchServer,
  { pace, seconds, visitors }: { pace: number; seconds: number; visitors: number },
): Promise<{ p50: number; p95: number; probes: number }> {
  const { hostname, port } = new URL(server.url);
  const run = Math.random().toString(36).slice(2, 8);
  const order = { host: hostname, port: Number(port), writeKey, visitors, run, batch: 2, connections: 40 };
  const load = await prepareLoad({ ...order, events: pace * seconds, pace });
  await server.collect({ type: 'identify', userId: `probe-${run}`, messageId: `first-${run}` });
  let profile = '';
  while (profile === '') {
    const { items } = await server.get(profileListSchema, `/api/v1/profiles?identifier=user_id:probe-${run}`);
    profile = items[0]?.id ?? '';
    if (profile === '') await pause(50);
  }
  const sending = load.go();
  let over = false;
  void sending.then(() => {
    over = true;
  });
  const times: number[] = [];
  while (!over) times.push(await probe(server, profile, times.length, run));
  await sending;
  // The first second is the load's own start.
  const settled = times.slice(Math.min(5, times.length - 1));
  return { p50: percentile(settled, 0.5), p95: percentile(settled, 0.95), probes: settled.length };
}
