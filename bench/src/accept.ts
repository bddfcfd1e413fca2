import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Client, type ClientConfig } from 'pg';
import type { LoadOrder, LoadReport } from './acceptLoad.ts';

/** The collection door of a running server. */
export interface AcceptTarget {
  /** `http://127.0.0.1:4400` */
  readonly url: string;
  readonly writeKey: string;
  /** The PostgreSQL behind it, for the floor; a table of its own is made and dropped. */
  readonly postgres: ClientConfig;
  /** Resolves when the server has worked off what it accepted: each measurement starts from rest. */
  readonly settled: () => Promise<void>;
  /** Length of each measurement. Default 10. */
  readonly seconds?: number;
}

export interface AcceptResult {
  /** Batches of 100 events. */
  readonly batch: LoadReport;
  /** Single events over keep-alive. */
  readonly single: LoadReport;
  /** 1,000 single events a second: what a quiet shop feels. */
  readonly paced: LoadReport;
  /** The same bodies written by plain INSERT, each statement its own synced commit, without HTTP or checks. */
  readonly floor: { readonly batchEventsPerSecond: number; readonly singleEventsPerSecond: number };
}

async function runLoad(order: LoadOrder): Promise<LoadReport> {
  const child = fork(
    fileURLToPath(new URL(`./acceptLoad${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)),
  );
  try {
    return await new Promise<LoadReport>((resolve, reject) => {
      child.once('message', (message: { report?: LoadReport; error?: string }) =>
        message.report === undefined ? reject(new Error(message.error)) : resolve(message.report),
      );
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`the load generator ended with code ${code}`)));
      child.send(order);
    });
  } finally {
    child.kill();
  }
}

/** Plain INSERT of bodies as large as the load's, `rows` to a statement, `lanes` connections at once. */
async function measureFloor(
  postgres: ClientConfig,
  shape: { bytes: number; rows: number; lanes: number; seconds: number },
): Promise<number> {
  const clients = Array.from({ length: shape.lanes }, () => new Client(postgres));
  await Promise.all(clients.map((client) => client.connect()));
  const [first] = clients;
  try {
    await first?.query(
      'create table if not exists bench_floor (id bigint generated always as identity primary key, payload text not null)',
    );
    await first?.query('alter table bench_floor alter column payload set storage external');
    const body = JSON.stringify({ filler: 'x'.repeat(shape.bytes - 14) });
    const values = Array.from({ length: shape.rows }, () => body);
    const text = `insert into bench_floor (payload) values ${values.map((_, index) => `($${index + 1})`).join(', ')}`;
    const end = performance.now() + shape.seconds * 1_000;
    let rows = 0;
    await Promise.all(
      clients.map(async (client) => {
        while (performance.now() < end) {
          await client.query({ name: `floor ${shape.rows}`, text, values });
          rows += shape.rows;
        }
      }),
    );
    return rows / shape.seconds;
  } finally {
    await first?.query('drop table if exists bench_floor');
    await Promise.all(clients.map((client) => client.end()));
  }
}

/** How many events a second the door accepts durably, and how fast it answers. */
export async function benchAccept(target: AcceptTarget): Promise<AcceptResult> {
  const { hostname, port } = new URL(target.url);
  const seconds = target.seconds ?? 10;
  const base = { host: hostname, port: Number(port), writeKey: target.writeKey, seconds };
  const measure = async (order: Omit<LoadOrder, keyof typeof base>): Promise<LoadReport> => {
    const report = await runLoad({ ...base, ...order });
    await target.settled();
    return report;
  };
  // Prepared statements, caches and compiled code, as in a server that has been running for a while.
  await measure({ connections: 64, batch: 1, pace: null });
  const batch = await measure({ connections: 16, batch: 100, pace: null });
  const single = await measure({ connections: 64, batch: 1, pace: null });
  const paced = await measure({ connections: 50, batch: 1, pace: 1_000 });
  const floorSeconds = Math.min(5, seconds);
  const batchRows = await measureFloor(target.postgres, { bytes: 70_000, rows: 4, lanes: 2, seconds: floorSeconds });
  const singleRows = await measureFloor(target.postgres, { bytes: 700, rows: 64, lanes: 2, seconds: floorSeconds });
  return {
    batch,
    single,
    paced,
    floor: { batchEventsPerSecond: batchRows * 100, singleEventsPerSecond: singleRows },
  };
}
