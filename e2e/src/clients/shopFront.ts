import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** What a request to the collection door held. */
export interface Taken {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly events: readonly TakenEvent[];
  readonly at: number;
}

export interface TakenEvent {
  readonly type: string;
  readonly event?: string;
  readonly name?: string;
  readonly messageId: string;
  readonly anonymousId: string;
  readonly userId?: string;
  readonly previousId?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly context: Readonly<Record<string, unknown>>;
}

/**
 * A shop on hosts of its own, with the real Vitrail behind it: pages by path, and every other path passed on, as a proxy of
 * the same origin does. It can be told to fail, and knows what the door took.
 */
export interface ShopFront {
  readonly port: number;
  /** Pages may name a policy of their own. */
  show(path: string, html: string, policy?: string): void;
  /** All requests that were passed on, or answered in Vitrail's place. */
  readonly taken: Taken[];
  /** Events in requests that were answered 200. */
  events(): TakenEvent[];
  /** 503 in place of the server, until told otherwise. */
  fail(failing: boolean): void;
  close(): Promise<void>;
}

const prefix = '/lumiere';

function eventsOf(body: string): TakenEvent[] {
  if (!body.startsWith('{')) return [];
  const { batch = [] }: { batch?: TakenEvent[] } = JSON.parse(body);
  return batch;
}

function passOn(
  request: IncomingMessage,
  body: Buffer,
  to: URL,
  answer: (status: number, headers: object, body: Buffer) => void,
) {
  const { hostname, port } = to;
  const path = (request.url ?? '/').replace(prefix, '');
  const call = forward({ hostname, port, path, method: request.method, headers: request.headers }, (response) => {
    const parts: Buffer[] = [];
    response.on('data', (part) => parts.push(part));
    response.on('end', () => answer(response.statusCode ?? 502, response.headers, Buffer.concat(parts)));
  });
  call.on('error', () => answer(502, {}, Buffer.alloc(0)));
  call.end(body);
}

export async function openShopFront(vitrail: string): Promise<ShopFront> {
  const pages = new Map<string, { html: string; policy: string | undefined }>();
  const taken: Taken[] = [];
  let failing = false;
  const server: Server = createServer((request, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop');
    const page = pages.get(pathname);
    if (page !== undefined && request.method === 'GET') {
      const policy = page.policy === undefined ? {} : { 'content-security-policy': page.policy };
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...policy }).end(page.html);
      return;
    }
    if (pathname === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const parts: Buffer[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('error', () => response.destroy());
    request.on('end', () => {
      const body = Buffer.concat(parts);
      const { method = '', headers } = request;
      const note = (status: number): void => {
        const events = method === 'POST' ? eventsOf(body.toString('utf8')) : [];
        taken.push({ method, path: pathname.replace(prefix, ''), status, headers, events, at: Date.now() });
      };
      if (failing && pathname.endsWith('/e')) {
        note(503);
        const { origin = '*' } = headers;
        const cors = { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' };
        response.writeHead(503, cors).end();
        return;
      }
      passOn(request, body, new URL(vitrail), (status, answered, text) => {
        note(status);
        response.writeHead(status, { ...answered }).end(text);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    taken,
    show(path, html, policy) {
      const document = `<!doctype html><html lang="fr"><head><title>Boutique</title>${html}</head><body><main>Vitrine</main></body></html>`;
      pages.set(path, { html: document, policy });
    },
    events: () => taken.filter(({ status }) => status === 200).flatMap(({ events }) => events),
    fail(now) {
      failing = now;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
