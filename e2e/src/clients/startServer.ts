import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { poll } from '../../../server/test/poll.ts';

/** One call as it stands in a customer's timeline. */
export interface DeliveredCall {
  readonly type: string;
  readonly event: string;
  readonly messageId: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly traits: Readonly<Record<string, unknown>>;
  readonly context: Readonly<Record<string, unknown>>;
}

/** A whole Vitrail in a process of its own, seen from outside only. */
export interface TestServer {
  readonly url: string;
  readonly writeKey: string;
  /** Waits until the customer with this identifier has this many calls, and returns all, in the order they happened. */
  calls(namespace: string, value: string, count: number): Promise<DeliveredCall[]>;
  /** What the public API answers, as JSON. */
  get(path: string): Promise<unknown>;
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL('./serve.ts', import.meta.url));
const loader = new URL('../../../server/test/tsLoader.mjs', import.meta.url).href;
const writeKey = 'wk_e2e_clients';
const secretKey = 'sk_e2e_clients_0123456789abcdef';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function itemsOf(answer: unknown): Record<string, unknown>[] {
  if (!isRecord(answer) || !Array.isArray(answer.items)) throw new Error(`not a list: ${JSON.stringify(answer)}`);
  return answer.items.filter(isRecord);
}
const recordOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});
const callOf = (item: Record<string, unknown>): DeliveredCall => ({
  type: String(item.type),
  event: String(item.event ?? ''),
  messageId: String(item.messageId),
  properties: recordOf(item.properties),
  traits: recordOf(item.traits),
  context: recordOf(item.context),
});

/** Starts from the sources, on a free port, with a data directory that is removed at the end. */
export async function startServer(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrail-clients-'));
  // When root runs the tests, PostgreSQL runs as another user, who must be able to pass.
  chmodSync(folder, 0o711);
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['--import', loader, program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH,
      HOME,
      UV_THREADPOOL_SIZE: '16',
      VITRAIL_PORT: '0',
      VITRAIL_DATA_DIR: join(folder, 'data'),
      VITRAIL_WRITE_KEY: writeKey,
      VITRAIL_SECRET_KEY: secretKey,
      VITRAIL_LOG_LEVEL: 'error',
    },
  });
  const exited = once(child, 'exit');
  let url = '';
  for await (const line of createInterface({ input: child.stdout })) {
    url = /https?:\/\/[^\s/]+/.exec(line)?.[0] ?? '';
    if (url !== '') break;
  }
  child.stdout.resume();
  if (url === '') throw new Error('the server ended before it was ready');

  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(url + path, { headers: { authorization: `Bearer ${secretKey}` } });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  return {
    url,
    writeKey,
    get,
    calls: (namespace, value, count) =>
      poll(
        `${count} calls of ${namespace}:${value}`,
        async () => {
          const query = new URLSearchParams({ identifier: `${namespace}:${value}` });
          const [profile] = itemsOf(await get(`/api/v1/profiles?${query}`));
          if (profile === undefined) return null;
          const items = itemsOf(await get(`/api/v1/profiles/${String(profile.id)}/events?limit=200`));
          return items.length >= count ? items.reverse().map(callOf) : null;
        },
        { timeoutMs: 30_000, everyMs: 100 },
      ),
    async stop() {
      child.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
