import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname, join, normalize } from 'node:path';

/** A shop's own web server, on another origin than the collection door: pages by path, clients as npm delivers them. */
export interface ShopSite {
  readonly url: string;
  /** Serves this HTML at `path`. */
  show(path: string, html: string): void;
  close(): Promise<void>;
}

const require = createRequire(import.meta.url);
const packageFolder = (file: string): string => dirname(require.resolve(file));
/** URL prefix → folder of the published package. */
const clients: Readonly<Record<string, string>> = {
  '/segment/': join(packageFolder('@segment/analytics-next/package.json'), 'dist/umd'),
  // The build without remote parts; the default one loads them from RudderStack's own host.
  '/rudder/': join(packageFolder('@rudderstack/analytics-js/bundled'), '../esm'),
  '/jitsu/': packageFolder('@jitsu/js'),
};
const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.mjs': 'text/javascript' };

function readClient(path: string): Buffer | null {
  for (const [prefix, folder] of Object.entries(clients)) {
    const file = join(folder, normalize(path.slice(prefix.length)));
    if (path.startsWith(prefix) && existsSync(file)) return readFileSync(file);
  }
  return null;
}

export async function openShopSite(): Promise<ShopSite> {
  const pages = new Map<string, string>();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop');
    const page = pages.get(pathname);
    const body = page ?? readClient(pathname);
    const type = page === undefined ? (types[extname(pathname)] ?? 'text/plain') : 'text/html; charset=utf-8';
    response.writeHead(body === null ? 404 : 200, { 'content-type': type }).end(body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    show: (path, html) => {
      pages.set(path, `<!doctype html><html lang="fr"><head><title>Boutique</title>${html}</head><body></body></html>`);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
