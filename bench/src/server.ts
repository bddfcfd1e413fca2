import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export const writeKey = 'wk_bench';
const secretKey = 'sk_bench_0123456789abcdef';

export interface ServerOptions {
  /** Kept when given, else a throwaway one. */
  readonly dataDir?: string;
  /** Where a CPU profile of the server goes when it stops. */
  readonly profileDir?: string | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/** A zod schema, seen from here. */
interface Reads<T> {
  parse(json: unknown): T;
}

/** A Vitrail started as people start it, in a process of its own. */
export interface BenchServer {
  readonly url: string;
  readonly pid: number;
  readonly dataDir: string;
  /** From the command to the first good answer of `/health/ready`. */
  readonly readyMs: number;
  /** The answer as `schema` reads it. */
  get<T>(schema: Reads<T>, path: string): Promise<T>;
  /** Creates or does something; the answer as `schema` reads it. */
  post<T>(schema: Reads<T>, path: string, body: object): Promise<T>;
  /** The answer's status; the body is read to its end. */
  send(method: string, path: string, body: unknown): Promise<number>;
  /** One call through the collection door; resolves once it is accepted. */
  collect(call: object): Promise<void>;
  stop(): Promise<void>;
}

const bin = join(dirname(createRequire(import.meta.url).resolve('vitrail/package.json')), 'bin/vitrail.cjs');

/** What the command's own first line and `npm start` give Node. */
const asInstalled = ['--max-semi-space-size=32'];

/** A port that nobody listens on now. */
function findPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** Environment of a server (or a command) that uses this data directory. */
export const environmentOf = (dataDir: string, port = 0): NodeJS.ProcessEnv => ({
  ...process.env,
  VITRAIL_DATA_DIR: dataDir,
  VITRAIL_PORT: String(port),
  VITRAIL_WRITE_KEY: writeKey,
  VITRAIL_SECRET_KEY: secretKey,
  VITRAIL_ADMIN_EMAIL: 'bench@example.com',
  VITRAIL_ADMIN_PASSWORD: 'a-password-for-the-bench',
  VITRAIL_LOG_LEVEL: 'warn',
});

/** Open to PostgreSQL's own account, so that a bench by root keeps the database inside and can remove it. */
export async function makeDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrail-bench-'));
  await chmod(folder, 0o755);
  return folder;
}
export { bin as vitrailCommand };

export async function startServer(options: ServerOptions = {}): Promise<BenchServer> {
  const dataDir = options.dataDir ?? (await makeDataDir());
  const port = await findPort();
  const url = `http://127.0.0.1:${port}`;
  const profiling = options.profileDir === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', options.profileDir];
  const began = performance.now();
  const child = spawn(process.execPath, [...asInstalled, ...profiling, bin, 'start'], {
    env: { ...environmentOf(dataDir, port), ...options.environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let gone = false;
  void ended.then(() => {
    gone = true;
  });
  // A bench that is interrupted leaves no server behind.
  const onExit = (): void => void child.kill('SIGTERM');
  process.once('exit', onExit);
  for (let ready = false; !ready; ) {
    if (gone) throw new Error('the server ended before it was ready; its reason is above');
    ready = await fetch(`${url}/health/ready`).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.ok;
      },
      () => false,
    );
    if (!ready) await pause(5);
  }
  const readyMs = performance.now() - began;
  const headers = { authorization: `Bearer ${secretKey}` };
  return {
    url,
    pid: child.pid ?? 0,
    dataDir,
    readyMs,
    async get<T>(schema: Reads<T>, path: string): Promise<T> {
      const answer = await fetch(url + path, { headers });
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
      return schema.parse(await answer.json());
    },
    async post<T>(schema: Reads<T>, path: string, body: object): Promise<T> {
      const answer = await fetch(url + path, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
      return schema.parse(await answer.json());
    },
    async send(method, path, body) {
      const answer = await fetch(url + path, {
        method,
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      await answer.arrayBuffer();
      return answer.status;
    },
    async collect(call) {
      const answer = await fetch(`${url}/v1/batch`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` },
        body: JSON.stringify({ batch: [call] }),
      });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`the collection door answered ${answer.status}`);
    },
    async stop() {
      process.off('exit', onExit);
      child.kill('SIGTERM');
      await ended;
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
