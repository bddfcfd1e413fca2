import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP line to the PostgreSQL of a test that can be cut and mended: an engine that goes away and comes back. */
export interface PgLine {
  readonly url: string;
  /** Ends every connection and refuses new ones. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** Opens a line before the server of `url` (`openTestPostgres`), which may be a socket folder or a host. */
export async function openLine(url: string): Promise<PgLine> {
  const target = new URL(url);
  const host = decodeURIComponent(target.hostname);
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  let port = 0;

  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };
  const connectFar = (): Socket =>
    host.startsWith('/')
      ? connect(`${host}/.s.PGSQL.${target.port || '5432'}`)
      : connect(Number(target.port || '5432'), host);

  async function mend(): Promise<void> {
    const opening = createServer((client) => {
      const far = keep(connectFar());
      keep(client).pipe(far).pipe(client);
      client.on('close', () => far.destroy());
      far.on('close', () => client.destroy());
    });
    opening.listen(port, '127.0.0.1');
    await once(opening, 'listening');
    const address = opening.address();
    if (typeof address === 'object' && address !== null) port = address.port;
    server = opening;
  }

  await mend();
  const password = target.password === '' ? '' : `:${target.password}`;
  return {
    url: `postgres://${target.username}${password}@127.0.0.1:${port}${target.pathname}`,
    mend,
    async cut() {
      const closing = server;
      server = null;
      if (closing === null) return;
      const closed = once(closing, 'close');
      closing.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
