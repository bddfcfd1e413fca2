import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { drainPending, Session } from 'chdb';
import { Fault } from '../../errors.ts';
import type { ChCall, ChEngine } from '../engine.ts';
import { analyticsUnavailable, chFault } from '../errors.ts';
import { type ChParam, chParamText, sqlString } from '../params.ts';
import { type ChSettings, insertSettings, laneSettings, valueSettings } from '../settings.ts';
import type { ChLane } from '../types.ts';
import { Lane } from './lane.ts';
import { openPipe } from './pipe.ts';

interface Folders {
  readonly tables: string;
  /** For the named pipes of `stream`. */
  readonly streams: string;
  readonly configFile: string;
  readonly connections: Readonly<Record<ChLane, number>>;
}

/**
 * chDB by its sessions and not by its connection for `@clickhouse/client`: that one runs all parameterised queries of
 * the process one after another, turns inserts into strings and holds whole results (ADR 0004).
 */
export class ChdbEngine implements ChEngine {
  readonly description: string;
  readonly partsTable = 'system.parts';
  readonly #lanes: Readonly<Record<ChLane, Lane<Session>>>;
  /** Never behind a query of a lane: it stops them. */
  readonly #control: Session;
  readonly #streams: string;
  readonly #reading = new Set<AbortController>();
  #closed = false;

  private constructor(
    lanes: Readonly<Record<ChLane, Lane<Session>>>,
    control: Session,
    streams: string,
    version: string,
  ) {
    this.#lanes = lanes;
    this.#control = control;
    this.#streams = streams;
    this.description = `embedded chDB ${version}`;
  }

  static async open({ tables, streams, configFile, connections }: Folders): Promise<ChdbEngine> {
    const sessions: Session[] = [];
    const connect = (): Session => {
      const session = new Session(tables, { connectionArgs: [`--config-file=${configFile}`] });
      sessions.push(session);
      return session;
    };
    const lane = async (name: ChLane): Promise<Lane<Session>> => {
      const own = Array.from({ length: connections[name] }, connect);
      for (const session of own) await session.queryAsync(baseSettings(name));
      return new Lane(own);
    };
    try {
      const lanes = { write: await lane('write'), interactive: await lane('interactive'), heavy: await lane('heavy') };
      const control = connect();
      const version = (await control.queryAsync('select version()', { format: 'TSV' })).text().trim();
      return new ChdbEngine(lanes, control, streams, version.split('.').slice(0, 2).join('.'));
    } catch (error) {
      for (const session of sessions) session.close();
      await drainPending();
      throw cannotOpen(error);
    }
  }

  adapt(statement: string): readonly string[] {
    return [statement];
  }

  async read(call: ChCall): Promise<string> {
    const reading = this.#begin(call.signal);
    try {
      const stoppable = { ...call, signal: reading.signal };
      return await this.#inLane(stoppable, (session) => this.#query(session, stoppable, call.text));
    } finally {
      reading.end();
    }
  }

  /**
   * Closing stops what only reads; statements and inserts are waited for. Not by `AbortSignal.any`: Node 20 keeps a
   * trace of every combined signal on one that lives as long as the store.
   */
  #begin(outer: AbortSignal | undefined): { signal: AbortSignal; abort(): void; end(): void } {
    const own = new AbortController();
    const onAbort = (): void => own.abort(outer?.reason);
    if (outer?.aborted) onAbort();
    outer?.addEventListener('abort', onAbort, { once: true });
    this.#reading.add(own);
    return {
      signal: own.signal,
      abort: () => own.abort(),
      end: () => {
        outer?.removeEventListener('abort', onAbort);
        this.#reading.delete(own);
      },
    };
  }

  async run(call: ChCall): Promise<void> {
    await this.#inLane(call, (session) => this.#query(session, call, call.text));
  }

  async insert(table: string, rows: Buffer, token: string): Promise<void> {
    await this.#inLane({ name: `insert into ${table}`, lane: 'write' }, (session) =>
      session.insert({ table, values: rows, format: 'JSONEachRow', settings: insertSettings(token) }),
    );
  }

  /**
   * chDB's own streaming makes every chunk a file of its own: 46 Parquet files, a CSV header per chunk. So the query
   * writes one file, which is a named pipe: memory stays bounded and a slow reader slows the query.
   */
  async *stream(call: ChCall, format: string): AsyncIterable<Uint8Array> {
    const pipe = await openPipe(this.#streams);
    const reading = this.#begin(call.signal);
    const { signal } = reading;
    const text = `insert into function file(${sqlString(pipe.path)}, ${sqlString(format)}) ${call.text}`;
    const written = this.#inLane({ ...call, signal }, (session) => this.#query(session, { ...call, signal }, text));
    // Whatever the end, the reader sees it; `written` is awaited below and says which end it was.
    const ended = written.then(pipe.end, pipe.end);
    try {
      yield* pipe.chunks.iterator({ destroyOnReturn: false });
      await written;
    } finally {
      reading.abort();
      // Until the query has stopped somebody must read: it could wait for room in the pipe forever.
      pipe.chunks.resume();
      await ended;
      reading.end();
      await pipe.remove();
    }
  }

  async #inLane<T>(
    { name, lane, signal }: Pick<ChCall, 'name' | 'lane' | 'signal'>,
    work: (session: Session) => Promise<T>,
  ): Promise<T> {
    if (this.#closed) throw analyticsUnavailable('it is closed');
    try {
      return await this.#lanes[lane].use(work, signal);
    } catch (error) {
      throw signal?.aborted ? signal.reason : translate(name, error);
    }
  }

  /** Settings stay on a connection: those of one call are taken back after it. Parameters are set anew by each call. */
  async #query(session: Session, { settings, params, lane, signal }: ChCall, text: string): Promise<string> {
    const tag = signal === undefined ? '' : randomUUID();
    const before = setStatement({ ...settings, log_comment: tag }, params);
    const work = session.queryAsync(`${before};\n${text}`, { format: 'JSONEachRow' });
    try {
      if (signal !== undefined) this.#killOnAbort(signal, tag, work);
      return (await work).text();
    } finally {
      const names = Object.keys(settings);
      if (names.length > 0) {
        const defaults = names.map((name) => `${name}=DEFAULT`).join(', ');
        await session.queryAsync(`set ${defaults};\n${baseSettings(lane)}`);
      }
    }
  }

  /** chDB has no call that stops a query; `KILL QUERY` by a tag does (measured: 40 ms), once the query has begun. */
  #killOnAbort(signal: AbortSignal, tag: string, work: Promise<unknown>): void {
    const isOver = work.then(
      () => true,
      () => true,
    );
    const kill = async (): Promise<void> => {
      do await this.#control.queryAsync(`kill query where Settings['log_comment'] = '${tag}' async`);
      while (!(await Promise.race([isOver, pause(100, false)])));
    };
    // The control connection fails only when the store closes, which ends the query as well.
    const onAbort = (): void => void kill().catch(() => undefined);
    signal.addEventListener('abort', onAbort, { once: true });
    isOver.then(() => signal.removeEventListener('abort', onAbort));
  }

  /** Every connection back in its lane: nothing runs any more. */
  async #idle(): Promise<void> {
    const taken = Object.values(this.#lanes).flatMap((lane) => lane.connections.map(() => lane.take()));
    await Promise.all(taken);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const reading of this.#reading) reading.abort(analyticsUnavailable('it is closed'));
    await this.#idle();
    for (const lane of Object.values(this.#lanes)) for (const session of lane.connections) session.close();
    this.#control.close();
    await drainPending();
  }
}

const baseSettings = (lane: ChLane): string => setStatement({ ...valueSettings, ...laneSettings[lane] });

function setStatement(settings: ChSettings, params: Readonly<Record<string, ChParam>> = {}): string {
  const pairs = [
    ...Object.entries(settings).map(
      ([name, value]) => `${name}=${typeof value === 'number' ? value : sqlString(value)}`,
    ),
    ...Object.entries(params).map(([name, value]) => `param_${name}=${sqlString(chParamText(value))}`),
  ];
  return `set ${pairs.join(', ')}`;
}

/** chDB writes the reason to standard error and says nothing of it in its error. */
const cannotOpen = (cause: unknown): Fault =>
  new Fault(
    'conflict',
    'platform.analytics_in_use',
    'The analytics folder cannot be opened: another process has it open, or it cannot be written. Stop the other one.',
    { cause },
  );

function translate(name: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if ('clickhouseCode' in error && typeof error.clickhouseCode === 'number') {
    return chFault(name, error.clickhouseCode, error.message);
  }
  const kind = 'code' in error ? error.code : undefined;
  return kind === 'CHDB_CLOSED' ? analyticsUnavailable('it is closed', error) : error;
}
