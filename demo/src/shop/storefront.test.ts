import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCatalogue } from '../catalogue/catalogue.ts';
import { buildStorefront } from './buildStorefront.ts';
import { drawPicture } from './pictures/picture.ts';
import { type Storefront, startStorefront } from './startStorefront.ts';
import { texts } from './texts.ts';

let folder = '';
let shop: Storefront;
const pages = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'storefront-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'assets/main.js'), 'export {};');
  await writeFile(join(folder, 'assets/main.css'), 'body {}');
  await writeFile(
    join(folder, 'bundle.json'),
    JSON.stringify({ 'client/main.ts': { file: 'assets/main.js', css: ['assets/main.css'] } }),
  );
  await writeFile(join(folder, '.secret'), 'veiled-text');
  await writeFile(join(folder, '..', 'outside.txt'), 'beyond-the-folder');
  await buildStorefront(folder);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith('.html')) continue;
    const file = join(entry.parentPath, entry.name);
    pages.set(file.slice(folder.length), await readFile(file, 'utf8'));
  }
  shop = await startStorefront({
    port: 0,
    host: '127.0.0.1',
    apiHost: 'http://127.0.0.1:4400/ignored',
    writeKey: 'wk-1',
    folder,
  });
}, 60_000);

afterAll(async () => {
  await shop.close();
  await rm(folder, { recursive: true, force: true });
  await rm(join(folder, '..', 'outside.txt'), { force: true });
});

/** A request exactly as written: fetch would tidy the path. */
function raw(
  path: string,
  method = 'GET',
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((done, fail) => {
    const { hostname, port } = new URL(shop.url);
    const call = request({ hostname, port, path, method, headers }, (response) => {
      let body = '';
      response.on('data', (part) => (body += part));
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    call.on('error', fail);
    call.end();
  });
}

describe('the pages', () => {
  it('are written for every model and category, in both languages', () => {
    const { models, categories } = buildCatalogue();
    for (const language of ['fr', 'en']) {
      for (const model of models) expect(pages.has(`/${language}/p/${model.slug}/index.html`)).toBe(true);
      for (const category of categories) expect(pages.has(`/${language}/c/${category.slug}/index.html`)).toBe(true);
    }
  });

  it('link only to pages, pictures and files that exist', async () => {
    const targets = new Set<string>();
    for (const page of pages.values()) {
      for (const [, target = ''] of page.matchAll(/(?:href|src|action)="([^"#?]+)/g)) targets.add(target);
    }
    for (const target of targets) {
      expect(target.startsWith('/'), target).toBe(true);
      await access(join(folder, target.endsWith('/') ? `${target}index.html` : target));
    }
    expect(targets.size).toBeGreaterThan(1000);
  });

  it('contain nothing that the policy forbids: no inline script, style or handler', () => {
    for (const [path, page] of pages) {
      expect(page, path).not.toMatch(/ style="| on[a-z]+="|<style|javascript:|https?:\/\/(?!www\.w3\.org)/);
      expect(page.match(/<script(?! type="application\/json"| type="module" src="\/assets)/g), path).toBeNull();
    }
  });

  it('have one main heading, a language, labels for fields and no id twice', () => {
    for (const [path, page] of pages) {
      const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size, path).toBe(ids.length);
      expect(page, path).toMatch(/<html lang="(fr|en)">/);
      for (const [, id = ''] of page.matchAll(/<input id="([^"]+)"/g))
        expect(page, `${path} ${id}`).toContain(`for="${id}"`);
      for (const [, id = ''] of page.matchAll(/aria-(?:labelledby|describedby)="([^"]+)"/g))
        expect(ids, path).toContain(id);
      expect(page.match(/<h1/g)?.length, path).toBeGreaterThanOrEqual(1);
    }
  });

  it('say everything in their own language', () => {
    for (const key of Object.keys(texts.fr)) expect(texts.en).toHaveProperty(key);
    for (const text of Object.values(texts.fr)) expect(text).not.toMatch(/ [;:!?»€]/);
  });
});

describe('drawPicture', () => {
  it('draws every model in every colour as well-formed SVG that loads nothing', () => {
    for (const model of buildCatalogue().models) {
      for (const colour of model.colours) {
        const svg = drawPicture(model, colour);
        const parser = new SaxesParser({ xmlns: true });
        parser.on('error', (error) => {
          throw error;
        });
        parser.write(svg).close();
        expect(svg).not.toMatch(/href|<script|style=/);
        expect(svg.length).toBeLessThan(6000);
      }
    }
  });
});

describe('startStorefront', () => {
  it.each([
    ['/fr/', 'text/html; charset=utf-8'],
    ['/assets/main.js', 'text/javascript; charset=utf-8'],
    ['/assets/main.css', 'text/css; charset=utf-8'],
    ['/search-fr.json', 'application/json; charset=utf-8'],
    ['/sign.svg', 'image/svg+xml'],
  ])('serves %s as %s under a strict policy', async (path, type) => {
    const { status, headers } = await raw(path);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(type);
    expect(headers['content-security-policy']).toContain(
      "default-src 'none'; script-src 'self' http://127.0.0.1:4400; style-src 'self'; ",
    );
    expect(headers['content-security-policy']).toContain('frame-ancestors http://127.0.0.1:4400');
    expect(headers['content-security-policy']).toContain("connect-src 'self' http://127.0.0.1:4400;");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('draws a picture as PNG for who cannot show SVG, and no other file', async () => {
    const [model] = buildCatalogue().models;
    const name = `${model?.id}-${model?.colours[0]?.code}`;
    const { status, headers, body } = await raw(`/pictures/${name}.png`);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('image/png');
    expect(body.slice(1, 4)).toBe('PNG');
    expect(Number(headers['content-length'])).toBeGreaterThan(1_000);
    for (const path of ['/pictures/none.png', '/sign.png', '/pictures/..%2fsign.png'])
      expect((await raw(path)).status).toBe(404);
  });

  it.each([
    '/../outside.txt',
    '/%2e%2e/outside.txt',
    '/..%2foutside.txt',
    '/fr/../../outside.txt',
    '/..%5coutside.txt',
    '//../outside.txt',
    '/.secret',
    '/bundle.json',
    '/assets/..%2f..%2foutside.txt',
  ])('finds nothing at %s', async (path) => {
    const { status, body } = await raw(path);
    expect(status).toBe(404);
    expect(body).not.toMatch(/beyond-the-folder|veiled-text/);
  });

  it('answers addresses that cannot be read, and anything but reading, with a clear refusal', async () => {
    expect((await raw('/%zz')).status).toBe(400);
    expect((await raw('/fr/%00')).status).toBe(400);
    expect((await raw('/fr/', 'POST')).status).toBe(405);
    expect((await raw('/fr/', 'HEAD')).body).toBe('');
  });

  it('sends people to their language, and a folder to its page', async () => {
    expect((await raw('/')).headers.location).toBe('/fr/');
    expect((await raw('/', 'GET', { 'accept-language': 'en-GB,en;q=0.9' })).headers.location).toBe('/en/');
    expect((await raw('/fr/cart')).headers.location).toBe('/fr/cart/');
    const missing = await raw('/en/nowhere/');
    expect(missing.status).toBe(404);
    expect(missing.body).toContain(texts.en.notFound);
  });

  it('tells the client where to send, never cached', async () => {
    const { headers, body } = await raw('/config.json');
    expect(JSON.parse(body)).toEqual({ writeKey: 'wk-1', apiHost: 'http://127.0.0.1:4400' });
    expect(headers['cache-control']).toBe('no-store');
  });

  it('says what to do when the shop is not built or the port is taken', async () => {
    const input = { port: 0, host: '127.0.0.1', apiHost: 'http://127.0.0.1:4400', writeKey: 'wk' };
    await expect(startStorefront({ ...input, folder: join(folder, 'fr') })).rejects.toThrow('npm run build');
    await expect(startStorefront({ ...input, port: Number(new URL(shop.url).port), folder })).rejects.toThrow(
      'EADDRINUSE',
    );
  });
});
