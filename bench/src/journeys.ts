import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { z } from 'zod';
import { benchIdle } from './idle.ts';
import { percentile } from './percentile.ts';
import { findPostgres } from './postgres.ts';
import type { BenchServer } from './server.ts';

export interface JourneyReport {
  /** Steps a second while `due` runs were due at once. */
  readonly stepsPerSecond: number;
  /** Milliseconds a step began after its moment, while 1,000 a second were due: the 95th percentile. */
  readonly late: number;
  /** Milliseconds from an event to its transactional message handed over: the 95th percentile. */
  readonly message: number;
  /** What the whole process tree uses while all wait, in percent of a core. */
  readonly idle: number;
}

const idSchema = z.object({ id: z.string() });
const stateSchema = z.object({ state: z.string() });

/** Two steps for everyone who is due: on from the wait, through a split by what the run knows, to the end. */
const waiting = {
  trigger: { kind: 'api' },
  entry: { key: 'properties.n' },
  start: 'wait',
  nodes: {
    wait: { kind: 'wait', until: { kind: 'duration', n: 30, unit: 'day' }, next: 'value' },
    value: {
      kind: 'split',
      split: {
        by: 'run',
        branches: [{ name: 'High', where: [{ path: 'event.properties.value', op: 'gte', value: 50 }], next: 'end' }],
        otherwise: 'low',
      },
    },
    end: { kind: 'exit' },
    low: { kind: 'exit' },
  },
};
const stepsOfARun = 3;

async function begin(server: BenchServer, name: string, definition: object): Promise<number> {
  const { id } = await server.post(idSchema, '/api/v1/journeys', { name, definition });
  await server.post(stateSchema, `/api/v1/journeys/${id}/start`, {});
  return Number(id);
}

/** Puts runs into the wait as if everyone had come days ago, many to a person. */
async function fill(client: Client, journey: number, runs: number): Promise<void> {
  await client.query(
    `insert into communicate.journey_run
       (workspace_id, journey_id, version, profile_id, entry_key, state, node, waiting, due_at, entered_at, context, steps)
     select 1, $1, 1, people.first + n % people.count, n::text, 'active', 'wait', true, now() + interval '20 days', now(),
       jsonb_build_object('event', jsonb_build_object('name', 'api', 'at', now(),
         'properties', jsonb_build_object('n', n, 'value', n % 100))), 2
     from generate_series(1, $2) as n
     cross join (select min(id) as first, count(*) as count from unify.profile where workspace_id = 1) as people`,
    [journey, runs],
  );
  await client.query('analyze communicate.journey_run');
}

const countDone = async (client: Client, journey: number): Promise<number> => {
  const { rows } = await client.query<{ n: string }>(
    `select count(*) as n from communicate.journey_run where journey_id = $1 and state = 'done'`,
    [journey],
  );
  return Number(rows[0]?.n ?? 0);
};

/** All of `due` at once, from the first to the last. */
async function benchDue(client: Client, journey: number, due: number): Promise<number> {
  await client.query(
    `update communicate.journey_run set due_at = now() where journey_id = $1 and entry_key::int <= $2`,
    [journey, due],
  );
  const began = performance.now();
  while ((await countDone(client, journey)) < due) await pause(100);
  return (due * stepsOfARun) / ((performance.now() - began) / 1_000);
}

/** So many a second, each at its own moment, and how late each step began. */
async function benchLate(client: Client, journey: number, from: number, seconds: number): Promise<number> {
  const perSecond = Math.ceil(1_000 / stepsOfARun);
  const runs = perSecond * seconds;
  const { rows } = await client.query<{ at: Date }>(`select now() + interval '3 seconds' as at`);
  const start = rows[0]?.at ?? new Date();
  await client.query(
    `update communicate.journey_run set due_at = $3::timestamptz + make_interval(secs => (entry_key::int - $2) / $4::float8)
     where journey_id = $1 and entry_key::int between $2 + 1 and $2 + $5`,
    [journey, from, start, perSecond, runs],
  );
  const wanted = from + runs;
  while ((await countDone(client, journey)) < wanted) await pause(250);
  const measured = await client.query<{ late: number }>(
    `select extract(epoch from run.ended_at - ($3::timestamptz + make_interval(secs => (entry_key::int - $2) / $4::float8)))::float8 * 1000 as late
     from communicate.journey_run as run where journey_id = $1 and entry_key::int between $2 + 1 and $2 + $5`,
    [journey, from, start, perSecond, runs],
  );
  return percentile(
    measured.rows.map(({ late }) => late),
    0.95,
  );
}

/** From an event through the door to the message in the hands of its provider, ten a second. */
async function benchMessages(server: BenchServer, client: Client, seconds: number): Promise<number> {
  const template = await server.post(idSchema, '/api/v1/templates/ready/post_purchase', {});
  const journey = await begin(server, 'Confirmations', {
    trigger: { kind: 'event', event: 'Bench Ordered' },
    entry: { key: 'properties.n' },
    start: 'confirm',
    nodes: {
      confirm: { kind: 'message', channel: 'email', template: template.id, transactional: true, next: 'end' },
      end: { kind: 'exit' },
    },
  });
  const sent = seconds * 10;
  for (let n = 0; n < sent; n += 1) {
    await server.collect({
      type: 'track',
      event: 'Bench Ordered',
      userId: `bench-${n}`,
      timestamp: new Date().toISOString(),
      properties: { n, at: Date.now() },
      context: { traits: { email: `bench-${n}@example.org` } },
    });
    await pause(100);
  }
  for (let tries = 0; tries < 200; tries += 1) {
    const { rows } = await client.query<{ ms: number }>(
      `select extract(epoch from sent_at)::float8 * 1000 - (variables->'event'->'properties'->>'at')::float8 as ms
       from communicate.message where origin = 'journey' and origin_id = $1 and state in ('sent', 'delivered')`,
      [String(journey)],
    );
    if (rows.length >= sent)
      return percentile(
        rows.map(({ ms }) => ms),
        0.95,
      );
    await pause(100);
  }
  throw new Error('messages of the journey were not handed over within 20 s');
}

/** Half a million wait; what moving some of them takes, and what waiting costs. */
export async function benchJourneys(
  server: BenchServer,
  sizes: { readonly runs: number; readonly due: number; readonly seconds: number; readonly idleSeconds: number },
): Promise<JourneyReport> {
  const client = new Client(findPostgres(server.dataDir));
  await client.connect();
  try {
    const journey = await begin(server, 'Waiting', waiting);
    await fill(client, journey, sizes.runs);
    // The database tidies up after half a million rows: that is not waiting.
    await pause(20_000);
    const idle = await benchIdle(server, sizes.idleSeconds);
    const stepsPerSecond = await benchDue(client, journey, sizes.due);
    const late = await benchLate(client, journey, sizes.due, sizes.seconds);
    const message = await benchMessages(server, client, sizes.seconds);
    return { stepsPerSecond, late, message, idle };
  } finally {
    await client.end();
  }
}
