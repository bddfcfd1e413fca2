import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { benchAccept } from './accept.ts';
import { benchCampaign, benchWebhooks, openSink } from './campaign.ts';
import { benchDecide } from './decide.ts';
import { benchExperiments } from './experiments.ts';
import { measureEventFloor, measureOrderFloor } from './floor.ts';
import { writeHistory } from './history.ts';
import { benchIdle } from './idle.ts';
import { benchFirstImport, benchOrderImport, importOrders, importPeople } from './imports.ts';
import { benchJourneys } from './journeys.ts';
import { benchLatency } from './latency.ts';
import { benchThroughput, planEvents, untilVisible } from './pipeline.ts';
import { findPostgres, readProfileIds } from './postgres.ts';
import { readMemory } from './processTree.ts';
import { benchProfiles, benchSearch } from './reading.ts';
import { benchByHand, benchReports } from './reports.ts';
import { type Figure, figure } from './results.ts';
import { benchSweep, benchTouch } from './segmentEngine.ts';
import { benchChurn, benchCountByHand, benchCounts, benchMoves, createHundred } from './segments.ts';
import { type BenchServer, makeDataDir, startServer, writeKey } from './server.ts';

export interface Options {
  readonly events: number;
  readonly seconds: number;
  readonly rows: number;
  readonly people: number;
  readonly history: number;
  readonly idleSeconds: number;
  /** Mails of the campaign that are waited for. */
  readonly mails: number;
  readonly profileDir: string | undefined;
}

const visitors = 20_000;
const campaignListSchema = z.object({ items: z.array(z.object({ id: z.string() })) });

/** Runs `work` on a server of its own, which is stopped whatever happens. */
async function withServer<T>(
  { profileDir }: Pick<Options, 'profileDir'>,
  work: (server: BenchServer) => Promise<T>,
  dataDir?: string,
  environment?: Readonly<Record<string, string>>,
): Promise<T> {
  const server = await startServer({ profileDir, environment, ...(dataDir !== undefined && { dataDir }) });
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

/** Compiled code, prepared statements, caches: as in a server that has been running for a while. */
async function warmUp(server: BenchServer): Promise<void> {
  await planEvents(server);
  await benchThroughput(server, { events: 20_000, visitors });
}

async function accept(options: Options, load: number): Promise<Figure[]> {
  return withServer(options, async (server) => {
    const result = await benchAccept({
      url: server.url,
      writeKey,
      postgres: findPostgres(server.dataDir),
      settled: () => untilVisible(server, 0),
      seconds: options.seconds,
    });
    const { batch, single, paced, floor } = result;
    return [
      figure(
        load,
        'Accept, batches of 100',
        batch.events / batch.seconds,
        'events/s',
        'more',
        30_000,
        floor.batchEventsPerSecond,
      ),
      figure(
        load,
        'Accept, single events',
        single.events / single.seconds,
        'events/s',
        'more',
        6_000,
        floor.singleEventsPerSecond,
      ),
      figure(load, 'Accept at 1,000 events/s, p99', paced.latencyMs.p99, 'ms', 'less', 20),
    ];
  });
}

async function pipeline(options: Options, load: number): Promise<Figure[]> {
  const { events, seconds } = options;
  const measured = await withServer(options, async (server) => {
    await warmUp(server);
    const throughput = await benchThroughput(server, { events, visitors });
    const latency = await benchLatency(server, { pace: 1_000, seconds: seconds * 2, visitors });
    return { throughput, latency };
  });
  const floor = await measureEventFloor(Math.min(events, 100_000), visitors);
  const { throughput, latency } = measured;
  const microseconds = ((throughput.cpu.node + throughput.cpu.postgres) / events) * 1e6;
  return [
    figure(load, 'Accepted and visible, sustained', throughput.visiblePerSecond, 'events/s', 'more', 15_000, floor),
    figure(load, 'CPU for an event, all processes', microseconds, 'µs', 'less', null),
    figure(load, 'Sent to visible at 1,000 events/s, p95', latency.p95, 'ms', 'less', 500),
    figure(load, 'Sent to visible at 1,000 events/s, p50', latency.p50, 'ms', 'less', null),
  ];
}

async function imports(options: Options, load: number): Promise<Figure[]> {
  const first = await withServer(options, (server) => benchFirstImport(server, 5_000, 15_000));
  const rate = await withServer(options, (server) => benchOrderImport(server, options.rows, 100_000));
  const floor = await measureOrderFloor(Math.min(options.rows, 200_000));
  return [
    figure(load, 'Import of 5,000 contacts and 15,000 orders', first, 's', 'less', 5),
    figure(load, `Import of ${options.rows.toLocaleString('en')} order rows`, rate, 'rows/s', 'more', 20_000, floor),
  ];
}

async function profile(options: Options, load: number): Promise<Figure[]> {
  const { people, history } = options;
  const dataDir = await makeDataDir();
  const size = `${people.toLocaleString('en')} profiles, ${(history / 1e6).toLocaleString('en')} M events`;
  try {
    const ids = await withServer(
      options,
      async (server) => {
        await importPeople(server, people);
        await importOrders(server, Math.floor(people / 2), people);
        return readProfileIds(server.dataDir);
      },
      dataDir,
    );
    await writeHistory(dataDir, history, people, ids.last);
    return await withServer(
      options,
      async (server) => {
        const reading = await benchProfiles(server, people, ids.first);
        const search = await benchSearch(server, people);
        const memory = readMemory(server.pid) / 1e9;
        const idle = await benchIdle(server, options.idleSeconds);
        return [
          figure(load, `Start to ready, ${size}`, server.readyMs / 1_000, 's', 'less', 10),
          figure(load, `Profile API, p95, ${size}`, reading.profile, 'ms', 'less', 40),
          figure(load, `Timeline of a profile, p95, ${size}`, reading.timeline, 'ms', 'less', 40),
          figure(load, `Customer search, p95, ${size}`, search.p95, 'ms', 'less', 150),
          ...search.kinds.map(({ kind, p95 }) => figure(load, `Search: ${kind}, p95`, p95, 'ms', 'less', 150)),
          figure(load, `Memory of all processes, ${size}`, memory, 'GB', 'less', 2.5),
          figure(load, `CPU when idle, ${size}`, idle, '% of a core', 'less', 2),
        ];
      },
      dataDir,
    );
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function reports(options: Options, load: number): Promise<Figure[]> {
  const { people, history } = options;
  const dataDir = await makeDataDir();
  const size = `${people.toLocaleString('en')} profiles, ${(history / 1e6).toLocaleString('en')} M events`;
  try {
    const ids = await withServer(
      options,
      async (server) => {
        await importPeople(server, people);
        await importOrders(server, people, people);
        return readProfileIds(server.dataDir);
      },
      dataDir,
    );
    await writeHistory(dataDir, history, people, ids.last);
    const asked = await withServer(options, (server) => benchReports(server), dataDir);
    const byHand = await benchByHand(dataDir);
    return [
      figure(load, `Dashboard, ${size}`, asked.dashboard, 'ms', 'less', 1_500, byHand.dashboard),
      figure(load, `Funnel of 3 steps, 30 days, ${size}`, asked.funnel, 'ms', 'less', 1_000, byHand.funnel),
      figure(load, `Retention, 12 months, ${size}`, asked.retention, 'ms', 'less', 2_000, byHand.retention),
    ];
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Counting, sweeping and churn on the large data set. */
async function segments(options: Options, load: number): Promise<Figure[]> {
  const { people, history } = options;
  const dataDir = await makeDataDir();
  const size = `${people.toLocaleString('en')} profiles, ${(history / 1e6).toLocaleString('en')} M events`;
  try {
    const ids = await withServer(
      options,
      async (server) => {
        await importPeople(server, people);
        await importOrders(server, people, people);
        return readProfileIds(server.dataDir);
      },
      dataDir,
    );
    await writeHistory(dataDir, history, people, ids.last);
    const byHand = await benchCountByHand(dataDir);
    const sweep = await benchSweep(dataDir);
    const { counts, churn } = await withServer(
      options,
      async (server) => ({
        counts: await benchCounts(server),
        churn: await benchChurn(server, Math.min(100, 10_000_000 / people)),
      }),
      dataDir,
    );
    return [
      figure(load, `Count of 3 conditions, p50, ${size}`, counts.p50, 'ms', 'less', 300, byHand),
      figure(load, `Count of 3 conditions, p95, ${size}`, counts.p95, 'ms', 'less', 1_000),
      figure(load, `Count of a sequence, p95, ${size}`, counts.sequence, 'ms', 'less', 2_000),
      figure(load, `Sweep of 100 segments, ${size}`, sweep, 's', 'less', 15),
      figure(load, `About 100,000 people enter at once, ${size}`, churn.seconds, 's', 'less', 10),
      figure(load, `People who entered in it, ${size}`, churn.people, 'people', 'more', null),
    ];
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** What asking after a batch costs, with ever more customers. */
async function segmentTouch(options: Options, load: number): Promise<Figure[]> {
  const sizes = [options.people / 10, options.people, options.people * 10].map(Math.floor);
  const times: number[] = [];
  for (const profiles of sizes) times.push(await benchTouch(profiles));
  const figures = sizes.map((profiles, index) =>
    figure(
      load,
      `100 segments asked of 200 people, ${profiles.toLocaleString('en')} profiles`,
      times[index] ?? 0,
      'ms',
      'less',
      null,
    ),
  );
  const growth = (times.at(-1) ?? 0) / (times[0] ?? 1);
  return [...figures, figure(load, 'The same, a hundred times the profiles', growth, '×', 'less', 1.5)];
}

/** A hundred live segments under load. */
async function segmentLive(options: Options, load: number): Promise<Figure[]> {
  return withServer(options, async (server) => {
    await warmUp(server);
    const applied = await createHundred(server);
    const moves = await benchMoves(server, { pace: 1_000, seconds: options.seconds * 2, visitors });
    const { visiblePerSecond } = await benchThroughput(server, { events: options.events, visitors });
    return [
      figure(load, 'Create and apply 100 segments', applied, 's', 'less', null),
      figure(load, 'Sent to membership changed at 1,000 events/s, 100 segments, p95', moves.p95, 'ms', 'less', 1_000),
      figure(load, 'Sent to membership changed at 1,000 events/s, 100 segments, p50', moves.p50, 'ms', 'less', null),
      figure(load, 'Accepted and reacted, sustained, 100 segments', visiblePerSecond, 'events/s', 'more', 8_000),
    ];
  });
}

/** A campaign to everybody by a mail server of this machine, and one by webhook. */
async function campaign(options: Options, load: number): Promise<Figure[]> {
  const { people, mails } = options;
  const dataDir = await makeDataDir();
  const [mail, hook] = [await openSink('mail'), await openSink('hook')];
  try {
    await withServer(options, (server) => importPeople(server, people, true), dataDir);
    const settings = { VITRAIL_SMTP_URL: mail.url, VITRAIL_PRIVATE_WEBHOOKS: 'true' };
    const { report, posts } = await withServer(
      options,
      async (server) => {
        const found = await benchCampaign(server, mail, mails);
        const campaigns = await server.get(campaignListSchema, '/api/v1/campaigns');
        for (const { id } of campaigns.items) await server.send('POST', `/api/v1/campaigns/${id}/cancel`, {});
        return { report: found, posts: await benchWebhooks(server, hook, Math.min(mails, people)) };
      },
      dataDir,
      settings,
    );
    const size = `${people.toLocaleString('en')} people`;
    return [
      figure(load, `Campaign: audience frozen, ${size}`, report.frozenSeconds, 's', 'less', 15),
      figure(load, 'Campaign: written with 3 products and handed over', report.mailsPerSecond, 'mails/s', 'more', 800),
      figure(load, 'Campaign: memory of all processes', report.memory / 1e9, 'GB', 'less', 1.5),
      figure(load, 'Gate: decisions in batches', report.people / report.foreseenSeconds, 'decisions/s', 'more', 10_000),
      figure(load, 'Campaign by webhook', posts, 'posts/s', 'more', 2_000),
    ];
  } finally {
    mail.close();
    hook.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Half a million people in the wait of a journey, a hundred thousand of them due at once. */
async function journeys(options: Options, load: number): Promise<Figure[]> {
  return withServer(options, async (server) => {
    await importPeople(server, Math.min(options.people, 50_000));
    const [runs, due] = [500_000, 100_000];
    const report = await benchJourneys(server, {
      runs,
      due,
      seconds: options.seconds,
      idleSeconds: options.idleSeconds,
    });
    return [
      figure(load, 'Journeys: 100,000 of 500,000 waiting due at once', report.stepsPerSecond, 'steps/s', 'more', 3_000),
      figure(load, 'Journeys: step late at 1,000 steps/s, p95', report.late, 'ms', 'less', 2_000),
      figure(load, 'Journeys: event to transactional message handed over, p95', report.message, 'ms', 'less', 1_500),
      figure(load, 'Journeys: CPU while 500,000 wait', report.idle, '% of a core', 'less', 2),
    ];
  });
}

/** What pages ask: 500 times a second, with 50 experiences. */
async function decide(options: Options, load: number): Promise<Figure[]> {
  return withServer(options, async (server) => {
    await warmUp(server);
    const report = await benchDecide(server, { perSecond: 500, seconds: options.seconds * 2, visitors });
    return [
      figure(load, 'Decide, 500 a second, 50 experiences, 500 events/s: p50', report.p50, 'ms', 'less', 5),
      figure(load, 'Decide, 500 a second, 50 experiences, 500 events/s: p99', report.p99, 'ms', 'less', 25),
      figure(load, 'Decide: no answer', report.failed, 'answers', 'less', 0),
    ];
  });
}

async function idle(options: Options, load: number): Promise<Figure[]> {
  return withServer(options, async (server) => [
    figure(load, 'CPU when idle, no data', await benchIdle(server, options.idleSeconds), '% of a core', 'less', 2),
    figure(load, 'Memory of all processes, no data', readMemory(server.pid) / 1e9, 'GB', 'less', 2.5),
  ]);
}

async function start(options: Options, load: number): Promise<Figure[]> {
  const dataDir = await makeDataDir();
  try {
    const first = await withServer(options, async (server) => server.readyMs, dataDir);
    const again = await withServer(options, async (server) => server.readyMs, dataDir);
    return [
      figure(load, 'Start to ready, the very first', first / 1_000, 's', 'less', 10),
      figure(load, 'Start to ready, again', again / 1_000, 's', 'less', 10),
    ];
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** How often the code that decides about experiments would be wrong. */
async function experiments(options: Options, load: number): Promise<Figure[]> {
  return withServer(options, async (server) => {
    const { nothing, uneven, something } = await benchExperiments(server);
    const share = (count: number, { experiments: of }: { experiments: number }): number => (count / of) * 100;
    const of = '1,000 experiments without effect, looked at daily';
    return [
      figure(load, `${of}: called by the always-valid test`, share(nothing.sequential, nothing), '%', 'less', 5),
      figure(load, `${of}: called by an ordinary test`, share(nothing.repeated, nothing), '%', 'less', null),
      figure(load, `${of}: alarms for the division of people`, share(nothing.sampleRatio, nothing), '%', 'less', null),
      // The chance at one look is 99.08 %, reckoned exactly in a test; a thousand experiments tell it to 0.3.
      figure(
        load,
        'People divided 52/48, 20,000 of them, looked at daily: alarms',
        share(uneven.sampleRatio, uneven),
        '%',
        'more',
        99,
      ),
      figure(load, 'The same, looked at once', share(uneven.sampleRatioOnce, uneven), '%', 'more', null),
      figure(
        load,
        'A tenth more of 5 %, 56,000 people an arm: found',
        share(something.sequential, something),
        '%',
        'more',
        null,
      ),
      figure(load, 'A thousand simulated experiments of 28 looks', nothing.ms / 1_000, 's', 'less', null),
    ];
  });
}

export const parts = {
  start,
  accept,
  pipeline,
  import: imports,
  profile,
  idle,
  reports,
  segments,
  'segment-touch': segmentTouch,
  'segment-live': segmentLive,
  campaign,
  journeys,
  decide,
  experiments,
} as const;
export type Part = keyof typeof parts;
