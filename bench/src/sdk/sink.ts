import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { BrowserClient } from './clients.ts';

/** The shop's pages and, on a second origin, a door that takes what any of the clients sends. */
export interface Sink {
  readonly shop: string;
  /** Marks of calls that were accepted. */
  readonly accepted: Set<string>;
  /** Requests that a browser made to be allowed to send. */
  preflights: number;
  /** Requests with events in them. */
  requests: number;
  /** Bytes of scripts that pages loaded, gzipped. */
  scriptBytes: number;
  failing: boolean;
  use(client: BrowserClient): void;
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.mjs': 'text/javascript' };
const mark = /mark-\d+-\d+-/g;
const settings = (host: string) => ({
  integrations: { 'Segment.io': { apiKey: 'wk_bench', apiHost: `${host}/v1`, protocol: 'http' } },
  plan: {},
  metrics: { sampleRate: 0 },
});
const sourceConfig = {
  source: {
    id: '1',
    name: 'bench',
    writeKey: 'wk_bench',
    enabled: true,
    workspaceId: '1',
    config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
    connections: [],
    destinations: [],
    dataplanes: {},
  },
  updatedAt: '2026-11-22T00:00:00.000Z',
};

function textOf(body: Buffer): string {
  try {
    return body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body).toString('utf8') : body.toString('utf8');
  } catch {
    return '';
  }
}

async function listen(handle: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export async function openSink(): Promise<Sink> {
  let client: BrowserClient | null = null;
  let door = '';
  const doorServer = await listen((request, response) => {
    const headers = {
      'access-control-allow-origin': request.headers.origin ?? '*',
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
      'access-control-max-age': '7200',
      'content-type': 'application/json',
    };
    const parts: Buffer[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('error', () => response.destroy());
    request.on('end', () => {
      const { method, url = '/' } = request;
      if (method === 'OPTIONS') {
        sink.preflights++;
        response.writeHead(204, headers).end();
        return;
      }
      const marks = textOf(Buffer.concat(parts)).match(mark) ?? [];
      if (marks.length > 0) sink.requests++;
      if (sink.failing && marks.length > 0) {
        response.writeHead(503, headers).end();
        return;
      }
      for (const one of marks) sink.accepted.add(one);
      const answer = url.includes('/settings') ? settings(new URL(door).host) : sourceConfig;
      response.writeHead(200, headers).end(JSON.stringify(method === 'GET' ? answer : { success: true, status: 1 }));
    });
  });
  door = doorServer.url;
  const shopServer = await listen((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop');
    const file = client === null ? '' : join(client.folder, normalize(pathname.slice('/client/'.length)));
    if (pathname.startsWith('/client/') && existsSync(file)) {
      const body = readFileSync(file);
      sink.scriptBytes += gzipSync(body, { level: 9 }).length;
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'text/plain', 'cache-control': 'max-age=600' });
      response.end(body);
      return;
    }
    const head = pathname === '/' && client !== null ? client.head.replaceAll('$HOST', door) : '';
    response.writeHead(pathname.startsWith('/client/') ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html><html lang="fr"><head><title>Boutique</title>${head}</head><body></body></html>`);
  });
  const sink: Sink = {
    shop: shopServer.url,
    accepted: new Set(),
    preflights: 0,
    requests: 0,
    scriptBytes: 0,
    failing: false,
    use(next) {
      client = next;
      sink.accepted.clear();
      sink.preflights = 0;
      sink.requests = 0;
      sink.scriptBytes = 0;
      sink.failing = false;
    },
    async close() {
      await shopServer.close();
      await doorServer.close();
    },
  };
  return sink;
}
