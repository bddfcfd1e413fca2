import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { poll } from '../../../server/test/poll.ts';
import { ApiClient } from './apiClient.ts';
import { findEngineProcesses, findPostmaster, signal } from './engine.ts';
import { findFreePort } from './findFreePort.ts';
import { type Ending, spawnVitrail, type VitrailProcess } from './spawnVitrail.ts';

export const writeKey = 'wk_e2e_0123456789abcdef';
export const secretKey = 'sk_e2e_0123456789abcdef0123456789';

export interface ServerOptions {
  /** Added to, or instead of, the usual variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** A data directory of the caller's, who removes it. By default a fresh one that `dispose` removes. */
  readonly dataDir?: string;
}

/** A built Vitrail in a process of its own, on a port and a data directory that it keeps across restarts. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly api: ApiClient;
  /** The current, or last, process. */
  process(): VitrailProcess;
  /** Starts it without waiting. */
  launch(): VitrailProcess;
  /** Resolves when it answers; throws with its last words when it ends instead. */
  ready(): Promise<void>;
  /**
   * `kill -9`: the program alone (its PostgreSQL is stopped by its watcher), or with the engine and everything below it
   * as the end of a container does.
   */
  kill9(what?: 'program' | 'everything'): Promise<void>;
  /** SIGTERM; how it ended. */
  stop(): Promise<Ending>;
  /** SIGTERM, then a new process that answers. */
  restart(): Promise<void>;
  /** Ends it however it can be ended and removes its data. */
  dispose(): Promise<void>;
}

const startLimitMs = 120_000;

/** Starts a server and waits until it answers. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const server = await prepareServer(options);
  server.launch();
  try {
    await server.ready();
  } catch (error) {
    await server.dispose();
    throw error;
  }
  return server;
}

/** A server with everything it needs, not started yet. */
export async function prepareServer(options: ServerOptions = {}): Promise<TestServer> {
  const own = options.dataDir === undefined ? mkdtempSync(join(tmpdir(), 'vitrail-e2e-')) : null;
  // When root runs the tests, PostgreSQL runs as another user, who must be able to pass.
  if (own !== null) chmodSync(own, 0o711);
  const dataDir = options.dataDir ?? join(own ?? '', 'data');
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    VITRAIL_PORT: String(port),
    VITRAIL_DATA_DIR: dataDir,
    VITRAIL_WRITE_KEY: writeKey,
    VITRAIL_SECRET_KEY: secretKey,
    VITRAIL_LOG_LEVEL: 'warn',
    ...options.env,
  };
  const api = new ApiClient(url, env.VITRAIL_SECRET_KEY);
  let current: VitrailProcess | null = null;
  const running = (): VitrailProcess => {
    if (current === null) throw new Error('the server was never started');
    return current;
  };

  const server: TestServer = {
    url,
    port,
    dataDir,
    api,
    process: running,
    launch() {
      if (current !== null && current.ending() === null) throw new Error('the server runs already');
      current = spawnVitrail(['start'], env);
      return current;
    },
    async ready() {
      const child = running();
      for (const end = Date.now() + startLimitMs; ; await sleep(50)) {
        if (child.ending() !== null) throw new Error(`the server ended before it was ready:\n${child.output()}`);
        if (Date.now() > end) throw new Error(`the server is not ready after ${startLimitMs} ms:\n${child.output()}`);
        if (await answers(url)) return;
      }
    },
    async kill9(what = 'program') {
      const child = running();
      const engine = what === 'everything' ? findEngineProcesses(child.pid) : [];
      child.kill('SIGKILL');
      for (const pid of engine) signal(pid, 'SIGKILL');
      await child.ended;
    },
    async stop() {
      running().kill('SIGTERM');
      return running().ended;
    },
    async restart() {
      await server.stop();
      server.launch();
      await server.ready();
    },
    async dispose() {
      if (current !== null && current.ending() === null) {
        const late = setTimeout(() => current?.kill('SIGKILL'), 30_000);
        await server.stop();
        clearTimeout(late);
      }
      await stopEngine(dataDir);
      if (own !== null) rmSync(own, { recursive: true, force: true });
    },
  };
  return server;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** After a `kill -9` the engine is stopped by its own watcher; nothing of ours may outlive a test all the same. */
async function stopEngine(dataDir: string): Promise<void> {
  const pid = findPostmaster(dataDir);
  if (pid === null) return;
  signal(pid, 'SIGCONT');
  signal(pid, 'SIGINT');
  await poll('the end of the embedded PostgreSQL', () => findPostmaster(dataDir) === null, { timeoutMs: 20_000 });
}
