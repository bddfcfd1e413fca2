import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { dirname, extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderPicture } from './pictures/renderPicture.ts';

export interface StorefrontInput {
  /** 0 takes a free port. */
  readonly port: number;
  readonly host: string;
  /** Where the shop's client sends events and asks for its settings: `http://127.0.0.1:4400`. */
  readonly apiHost: string;
  readonly writeKey: string;
  /** The built pages; those of this package unless told. */
  readonly folder?: string;
}

export interface Storefront {
  readonly url: string;
  /** Stops taking requests and closes the connections that are open. */
  close(): Promise<void>;
}

/** From `dist/shop` as from `src/shop`. */
const builtFolder = join(dirname(fileURLToPath(import.meta.url)), '../../dist/storefront');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** Serves the built shop. Fails with a clear sentence when it has not been built or the port is taken. */
export async function startStorefront(input: StorefrontInput): Promise<Storefront> {
  const folder = input.folder ?? builtFolder;
  const built = await stat(join(folder, 'fr/index.html')).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!built) throw new Error(`The storefront is not built: ${folder} has no pages. Run \`npm run build -w demo\`.`);
  const origin = new URL(input.apiHost).origin;
  const server = createServer((request, response) => {
    answer(request, response, { folder, origin, writeKey: input.writeKey }).catch(() => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
      response.end('The page could not be read.\n');
    });
  });
  await listen(server, input.port, input.host);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : input.port;
  const host = input.host.includes(':') ? `[${input.host}]` : input.host;
  return {
    url: `http://${host}:${port}`,
    close: () =>
      new Promise((done, fail) => {
        server.close((error) => (error === undefined ? done() : fail(error)));
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      done();
    });
  });
}

interface Context {
  readonly folder: string;
  readonly origin: string;
  readonly writeKey: string;
}

async function answer(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  const headers = securityHeaders(context.origin);
  const reply = (status: number, more: Record<string, string>, body: string | Buffer = '') => {
    response.writeHead(status, { ...headers, ...more, 'content-length': Buffer.byteLength(body) });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    reply(405, { allow: 'GET, HEAD', 'content-type': 'text/plain; charset=utf-8' }, 'Only reading is possible here.\n');
    return;
  }
  const path = pathOf(request.url ?? '/');
  if (path === null) {
    reply(400, { 'content-type': 'text/plain; charset=utf-8' }, 'This address cannot be read.\n');
    return;
  }
  const french = !/^\s*en\b/i.test(request.headers['accept-language'] ?? '');
  if (path === '/') {
    reply(302, { location: french ? '/fr/' : '/en/', vary: 'accept-language' });
    return;
  }
  if (path === '/config.json') {
    const config = JSON.stringify({ writeKey: context.writeKey, apiHost: context.origin });
    reply(200, { 'content-type': types['.json'] ?? '', 'cache-control': 'no-store' }, config);
    return;
  }
  const picture = await drawing(context.folder, path);
  if (picture !== null) {
    reply(200, { 'content-type': types['.png'] ?? '', 'cache-control': 'public, max-age=86400' }, picture);
    return;
  }
  const file = await find(context.folder, path);
  if (file === 'directory') {
    reply(301, { location: `${path}/` });
    return;
  }
  if (file === null) {
    const language = path.startsWith('/en') ? 'en' : 'fr';
    reply(404, { 'content-type': types['.html'] ?? '' }, await readFile(join(context.folder, language, '404.html')));
    return;
  }
  const hashed = path.startsWith('/assets/');
  const cache = hashed ? 'public, max-age=31536000, immutable' : 'no-cache';
  reply(
    200,
    { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'cache-control': cache },
    await readFile(file),
  );
}

/** The decoded path without query; null when it cannot be decoded or hides a NUL. */
function pathOf(url: string): string | null {
  try {
    const path = decodeURIComponent(url.split(/[?#]/)[0] ?? '/');
    return path.includes('\0') || !path.startsWith('/') ? null : path;
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** Pictures are built as SVG; who asks for PNG is drawn one. */
async function drawing(folder: string, path: string): Promise<Buffer | null> {
  if (!/^\/pictures\/[\w-]+\.png$/.test(path)) return null;
  const file = await find(folder, path.replace(/png$/, 'svg'));
  return file === null || file === 'directory' ? null : renderPicture(await readFile(file, 'utf8'));
}

/** The file a path means; nothing outside the folder, and nothing hidden, is ever found. */
async function find(folder: string, path: string): Promise<string | 'directory' | null> {
  const wanted = normalize(path.replaceAll('\\', '/'));
  const file = join(folder, wanted.endsWith(sep) ? join(wanted, 'index.html') : wanted);
  if (!file.startsWith(folder + sep) || path.split('/').some((part) => part.startsWith('.')) || path === '/bundle.json')
    return null;
  const found = await stat(file).catch(() => null);
  if (found === null) return null;
  if (found.isFile()) return file;
  return (await stat(join(file, 'index.html')).catch(() => null)) === null ? null : 'directory';
}

/** Nothing runs, loads or is talked to from elsewhere, but Vitrail, whose console may also show the pages to be edited. */
function securityHeaders(origin: string): Record<string, string> {
  return {
    'content-security-policy': `default-src 'none'; script-src 'self' ${origin}; style-src 'self'; img-src 'self' ${origin}; font-src 'self'; connect-src 'self' ${origin}; form-action 'self'; base-uri 'none'; frame-ancestors ${origin}`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
  };
}
