import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { createHttpClient } from '../../src/communicate/channels/http/callHttp.ts';
import type { Scripted } from './companies.ts';

export type Behaviour = Scripted | 'hang up' | 'say nothing';

export interface Seen {
  readonly path: string;
  /** Headers and body as one text. */
  readonly text: string;
}

/** Stands in for the server of a company: answers what a test says, and remembers what it was asked. */
export async function openCompanyServer(version: 'http' | 'http2') {
  const seen: Seen[] = [];
  const sockets = new Set<Socket>();
  let behaviour: Behaviour = { status: 200 };
  let delayMs = 0;
  const token = JSON.stringify({ access_token: 'access', expires_in: 3600 });

  const take = (path: string, headers: object, body: string): Behaviour => {
    // Google's sign-in stands before every message and always works.
    if (path === '/token') return { status: 200, body: token };
    seen.push({ path, text: `${JSON.stringify(headers).replaceAll('\\"', '"')} ${body}` });
    return behaviour;
  };
  const server =
    version === 'http'
      ? createHttpServer((request, response) => {
          const chunks: Buffer[] = [];
          request.on('data', (chunk: Buffer) => chunks.push(chunk));
          request.on('end', () => {
            const what = take(request.url ?? '', request.headers, Buffer.concat(chunks).toString('latin1'));
            if (what === 'hang up') request.socket.destroy();
            else if (what !== 'say nothing')
              setTimeout(() => response.writeHead(what.status, what.headers).end(what.body), delayMs);
          });
        })
      : createHttp2Server();
  if (version === 'http2')
    server.on('stream', (stream, headers) => {
      let body = '';
      stream.setEncoding('utf8');
      stream.on('error', () => undefined);
      stream.on('data', (chunk: string) => {
        body += chunk;
      });
      stream.on('end', () => {
        const what = take(String(headers[':path']), headers, body);
        if (what === 'hang up') stream.session.destroy();
        else if (what !== 'say nothing')
          setTimeout(() => {
            stream.respond({ ':status': what.status, ...what.headers });
            stream.end(what.body ?? '');
          }, delayMs);
      });
    });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    seen,
    origin: `http://127.0.0.1:${port}`,
    answer(next: Behaviour, afterMs = 0): void {
      behaviour = next;
      delayMs = afterMs;
    },
    async close(): Promise<void> {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type CompanyServer = Awaited<ReturnType<typeof openCompanyServer>>;

/** Companies by host name, and an HTTP client that finds them there: who is not open is not there. */
export function createCompanies() {
  const origins = new Map<string, string>();
  const createHttp: typeof createHttpClient = (options) => {
    const http = createHttpClient({ ...options, timeoutMs: 400, publicOnly: false });
    return {
      call(request) {
        const { hostname, pathname, search } = new URL(request.url);
        const origin = origins.get(hostname) ?? 'http://127.0.0.1:9';
        return http.call({ ...request, url: `${origin}${pathname}${search}` });
      },
      close: http.close,
    };
  };
  return {
    createHttp,
    async open(host: string): Promise<CompanyServer> {
      const server = await openCompanyServer('http');
      origins.set(host, server.origin);
      const close = async (): Promise<void> => {
        origins.delete(host);
        await server.close();
      };
      return { ...server, close };
    },
  };
}
