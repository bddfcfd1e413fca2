import { Readable } from 'node:stream';
import {
  type ClickHouseClient,
  type ClickHouseClientConfigOptions,
  ClickHouseError,
  ClickHouseLogLevel,
  createClient,
} from '@clickhouse/client';
import { Fault } from '../../errors.ts';
import type { ChCall, ChEngine } from '../engine.ts';
import { analyticsUnavailable, chFault } from '../errors.ts';
import { type ChSettings, insertSettings, laneSettings, valueSettings } from '../settings.ts';
import type { ChLane } from '../types.ts';
import { type ChCluster, clusterSql } from './clusterSql.ts';
import { parseServerUrl, type ServerAddress } from './parseServerUrl.ts';

/** Sockets a lane may use; the server itself decides what runs beside what. */
const sockets: Readonly<Record<ChLane, number>> = { write: 8, interactive: 24, heavy: 4 };

/** What a server needs beyond the embedded engine to keep the same promises. */
const readSettings: ChSettings = {
  cancel_http_readonly_queries_on_client_close: 1,
  // Subqueries over distributed tables see all shards, and a query for one customer asks one shard.
  distributed_product_mode: 'global',
  optimize_skip_unused_shards: 1,
};
/** The answer comes after the last shard and replica have it, with the status that tells. */
const writeSettings: ChSettings = { wait_end_of_query: 1, distributed_foreground_insert: 1 };

export class ServerEngine implements ChEngine {
  readonly description: string;
  readonly partsTable: string;
  readonly #clients: Readonly<Record<ChLane, ClickHouseClient>>;
  readonly #address: ServerAddress;
  readonly #cluster: ChCluster | null;
  #closed = false;

  private constructor(
    clients: Readonly<Record<ChLane, ClickHouseClient>>,
    address: ServerAddress,
    cluster: ChCluster | null,
    version: string,
  ) {
    this.#clients = clients;
    this.#address = address;
    this.#cluster = cluster;
    this.description = `ClickHouse ${version} at ${address.host}`;
    this.partsTable = cluster === null ? 'system.parts' : `cluster('${cluster.name}', system.parts)`;
  }

  static async open(url: string, clusterName: string | undefined): Promise<ServerEngine> {
    const address = parseServerUrl(url);
    const cluster = clusterName === undefined ? null : { name: checkedName(clusterName), database: address.database };
    const client = (lane: ChLane): ClickHouseClient => createClient(clientOptions(address, lane));
    const clients = { write: client('write'), interactive: client('interactive'), heavy: client('heavy') };
    try {
      const answer = await clients.interactive.query({ query: 'select version()', format: 'TabSeparated' });
      const version = (await answer.text()).trim().split('.').slice(0, 2).join('.');
      return new ServerEngine(clients, address, cluster, version);
    } catch (error) {
      for (const opened of Object.values(clients)) await opened.close();
      throw translate('the first question', error);
    }
  }

  adapt(statement: string): readonly string[] {
    const statements = this.#cluster === null ? [statement] : clusterSql(statement, this.#cluster);
    return statements.map((each) => withSourceUser(each, this.#address));
  }

  read(call: ChCall): Promise<string> {
    return this.#translated(call, async () => {
      const result = await this.#clients[call.lane].query({ ...request(call, readSettings), format: 'JSONEachRow' });
      return await result.text();
    });
  }

  async *stream(call: ChCall, format: string): AsyncIterable<Uint8Array> {
    const { stream } = await this.#translated(call, () => {
      const { query, ...rest } = request(call, readSettings);
      return this.#clients[call.lane].exec({ ...rest, query: `${query}\nformat ${format}` });
    });
    try {
      for await (const chunk of stream) yield chunk;
    } catch (error) {
      throw call.signal?.aborted ? call.signal.reason : translate(call.name, error);
    } finally {
      stream.destroy();
    }
  }

  async run(call: ChCall): Promise<void> {
    await this.#translated(call, () => this.#clients[call.lane].command(request(call, writeSettings)));
  }

  async insert(table: string, rows: Buffer, token: string): Promise<void> {
    await this.#translated({ name: `insert into ${table}` }, async () => {
      const { stream } = await this.#clients.write.exec({
        query: `insert into ${table} format JSONEachRow`,
        values: Readable.from([rows], { objectMode: false }),
        clickhouse_settings: { ...insertSettings(token), ...writeSettings },
      });
      stream.resume();
    });
  }

  async #translated<T>({ name, signal }: Pick<ChCall, 'name' | 'signal'>, work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw analyticsUnavailable('it is closed');
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      throw signal?.aborted ? signal.reason : translate(name, error);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const client of Object.values(this.#clients)) await client.close();
  }
}

function clientOptions(address: ServerAddress, lane: ChLane): ClickHouseClientConfigOptions {
  const { max_execution_time: seconds } = laneSettings[lane];
  return {
    url: address.origin,
    pathname: '',
    database: address.database,
    username: address.user,
    password: address.password,
    application: 'vitrail',
    request_timeout: Number(seconds) * 1000 + 5000,
    max_open_connections: sockets[lane],
    // Large lists of ids do not fit into an address.
    use_multipart_params_auto: true,
    compression: { request: true, response: lane !== 'interactive' },
    clickhouse_settings: { ...valueSettings, ...laneSettings[lane] },
    // Its own log would print queries and settings.
    log: { level: ClickHouseLogLevel.OFF },
  };
}

const request = ({ text, params, settings, signal }: ChCall, more: ChSettings) => ({
  query: text,
  query_params: { ...params },
  clickhouse_settings: { ...more, ...settings },
  ...(signal === undefined ? {} : { abort_signal: signal }),
});

/** A dictionary reads its table by logging in to its own server; embedded there is nobody to log in as. */
function withSourceUser(statement: string, { user, password }: ServerAddress): string {
  if (!/^create\s+dictionary/i.test(statement)) return statement;
  const text = (value: string): string => `'${value.replace(/[\\']/g, '\\$&')}'`;
  return statement.replace(
    /source\(clickhouse\(/i,
    (start) => `${start}user ${text(user)} password ${text(password)} `,
  );
}

function checkedName(cluster: string): string {
  if (/^[\w.-]+$/.test(cluster)) return cluster;
  throw new Fault(
    'invalid',
    'platform.cluster_name',
    'A cluster name is letters, digits, dots, dashes and underscores.',
  );
}

const loginCodes = new Set(['192', '193', '194', '516']);

/** Every failure that is not the server's own answer is one of the network. */
function translate(name: string, error: unknown): unknown {
  if (error instanceof ClickHouseError) {
    return loginCodes.has(error.code)
      ? analyticsUnavailable(
          'it refuses the user or the password of its address',
          chFault(name, Number(error.code), ''),
        )
      : chFault(name, Number(error.code), `${error.message} (${error.type ?? 'UNKNOWN'})`);
  }
  if (!(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.message;
  return analyticsUnavailable(`its server cannot be reached (${code.slice(0, 80)})`);
}
