import { connect, createServer, type Socket } from 'node:net';
import { openPostgres, type PgStore } from '../src/platform/index.ts';
import { silentLog } from './stores.ts';

/** A way to the same database that a test can cut and mend, as if the server had gone away. */
export async function openCuttablePostgres(url: string): Promise<{
  pg: PgStore;
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** The next COMMIT takes effect and its connection breaks before the answer. */
  loseNextCommit(): void;
  close(): Promise<void>;
}> {
  const target = new URL(url);
  const host = decodeURIComponent(target.hostname);
  const port = Number(target.port || 5432);
  const open = new Set<Socket>();
  let losing = false;
  const server = createServer((near) => {
    const far = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    near.on('data', (sent: Buffer) => {
      if (!losing || !sent.includes('commit\0')) return;
      losing = false;
      far.unpipe(near);
      far.once('data', () => near.destroy()).resume();
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  const listen = (at: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(at, '127.0.0.1', resolve);
    });
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  target.hostname = '127.0.0.1';
  target.port = String(address.port);
  const pg = await openPostgres({ url: target.href, dataDir: '', log: silentLog, maxConnections: 6 });
  const cut = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of open) socket.destroy();
    await closed;
  };
  return {
    pg,
    cut,
    mend: () => listen(address.port),
    loseNextCommit() {
      losing = true;
    },
    async close() {
      await pg.close();
      if (server.listening) await cut();
    },
  };
}
