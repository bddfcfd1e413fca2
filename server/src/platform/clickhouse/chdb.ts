import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { drainPending, Session } from 'chdb';
import type { Log } from '../log.ts';
import { type ChCall, type ChEngine, ChStore } from './engine.ts';
import { analyticsUnavailable, chFault } from './errors.ts';
import { Lane } from './lane.ts';
import { type ChParam, chParamText, sqlString } from './params.ts';
import { type ChSettings, chdbConfig, insertSettings, valueSettings } from './settings.ts';
import type { Ch, ChLane } from './types.ts';

/** Each running query holds one thread of libuv's pool, so the process needs `UV_THREADPOOL_SIZE` above their sum. */
const defaultConnections: Readonly<Record<ChLane, number>> = { write: 2, interactive: 4, heavy: 2 };

export interface ChdbOptions {
  /** Holds the tables. One process at a time may open it. */
  dataDir: string;
  log: Log;
  connections?: Readonly<Record<ChLane, number>>;
}

/**
 * ClickHouse inside this process. Rests on chDB's sessions and not on its `@clickhouse/client` connection, which runs
 * all parameterised queries of the process one after another, copies inserts into strings and cannot stream (ADR 0004).
 */
export async function openChdb({ dataDir, log, connections = defaultConnections }: ChdbOptions): Promise<Ch> {
  const tables = join(resolve(dataDir), 'tables');
  const configFile = join(resolve(dataDir), 'chdb.xml');
  await mkdir(tables, { recursive: true, mode: 0o700 });
  await writeFile(configFile, chdbConfig, { mode: 0o600 });
  const engine = await ChdbEngine.open(tables, configFile, connections);
  log.info({ engine: engine.description }, 'analytics store opened');
  return new ChStore(engine);
}

class ChdbEngine implements ChEngine {
  readonly description: string;
  readonly #lanes: Readonly<Record<ChLane, Lane<Session>>>;
  /** Never behind a query of a lane: it stops them. */
  readonly #control: Session;
  #closed = false;

  private constructor(lanes: Readonly<Record<ChLane, Lane<Session>>>, control: Session, version: string) {
    this.#lanes = lanes;
    this.#control = control;
    this.description = `embedded chDB ${version}`;
  }

  static async open(path: string, configFile: string, counts: Readonly<Record<ChLane, number>>): Promise<ChdbEngine> {
    const sessions: Session[] = [];
    const connect = () => {
      const session = new Session(path, { connectionArgs: [`--config-file=${configFile}`] });
      sessions.push(session);
      return session;
    };
    const lane = (count: number) => new Lane(Array.from({ length: count }, connect));
    try {
      const lanes = { write: lane(counts.write), interactive: lane(counts.interactive), heavy: lane(counts.heavy) };
      const control = connect();
      for (const session of sessions) await session.queryAsync(setStatements(valueSettings));
      const version = (await control.queryAsync('select version()', { format: 'TSV' })).text().trim();
      return new ChdbEngine(lanes, control, version.split('.').slice(0, 2).join('.'));
    } catch (error) {
      for (const session of sessions) session.close();
      await drainPending();
      throw translate('opening the data directory', error);
    }
  }

  read(call: ChCall): Promise<string> {
    return this.#execute(call);
  }

  async run(call: ChCall): Promise<void> {
    await this.#execute(call);
  }

  async #execute(call: ChCall): Promise<string> {
    return await this.#inLane(
      call.lane,
      call.signal,
      (session) =>
        this.#cancellable(call.signal, async (tag) => {
          const before = setStatements({ ...call.settings, log_comment: tag }, call.params);
          const result = await session.queryAsync(`${before};${call.text}`, { format: 'JSONEachRow' });
          return result.text();
        }),
      call.name,
    );
  }

  async insert(table: string, rows: Buffer, token: string): Promise<void> {
    await this.#inLane(
      'write',
      undefined,
      (session) =>
        session.insert({ table, values: rows, format: 'JSONEachRow', settings: { ...insertSettings(token) } }),
      `insert into ${table}`,
    );
  }

  async *stream(call: ChCall, format: string): AsyncIterable<Uint8Array> {
    const { signal } = call;
    this.#assertOpen();
    const session = await this.#lanes[call.lane].take(signal);
    try {
      await session.queryAsync(setStatements(call.settings, call.params));
      for await (const chunk of session.queryStream(call.text, { format, ...(signal ? { signal } : {}) })) {
        yield chunk.raw();
      }
    } catch (error) {
      throw signal?.aborted ? signal.reason : translate(call.name, error);
    } finally {
      this.#lanes[call.lane].give(session);
    }
  }

  async #inLane<T>(
    lane: ChLane,
    signal: AbortSignal | undefined,
    work: (session: Session) => Promise<T>,
    name: string,
  ): Promise<T> {
    this.#assertOpen();
    try {
      return await this.#lanes[lane].use(work, signal);
    } catch (error) {
      throw signal?.aborted ? signal.reason : translate(name, error);
    }
  }

  /** chDB has no call to stop a query; `KILL QUERY` by a tag does it (measured: 40 ms). */
  async #cancellable<T>(signal: AbortSignal | undefined, work: (tag: string) => Promise<T>): Promise<T> {
    const tag = signal === undefined ? '' : randomUUID();
    const kill = () => {
      // A refusal means that the query is over already.
      this.#control.queryAsync(`kill query where Settings['log_comment'] = '${tag}' async`).catch(() => {});
    };
    signal?.addEventListener('abort', kill, { once: true });
    try {
      return await work(tag);
    } finally {
      signal?.removeEventListener('abort', kill);
    }
  }

  #assertOpen(): void {
    if (this.#closed) throw analyticsUnavailable('it is closed');
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const lane of Object.values(this.#lanes)) for (const session of lane.connections) session.close();
    this.#control.close();
    await drainPending();
  }
}

/** Settings and parameters stay on the connection, so every call sets all of its own. */
function setStatements(settings: ChSettings, params: Readonly<Record<string, ChParam>> = {}): string {
  const pairs = [
    ...Object.entries(settings).map(
      ([name, value]) => `${name}=${typeof value === 'number' ? value : sqlString(value)}`,
    ),
    ...Object.entries(params).map(([name, value]) => `param_${name}=${sqlString(chParamText(value))}`),
  ];
  return `set ${pairs.join(', ')}`;
}

function translate(name: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'clickhouseCode' in error && typeof error.clickhouseCode === 'number' ? error.clickhouseCode : undefined;
  if (code !== undefined) return chFault(name, code, error.message);
  const kind = 'code' in error ? error.code : undefined;
  return kind === 'CHDB_CLOSED' || kind === 'CHDB_CONNECTION' ? analyticsUnavailable('it is closed', error) : error;
}
