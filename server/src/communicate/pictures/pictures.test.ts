import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isPrivateAddress } from '../channels/index.ts';
import { type FetchRules, fetchPicture, picturesFrom, publicPictures } from './fetchPicture.ts';
import { PictureStore } from './pictureStore.ts';
import { pictureType } from './pictureType.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const closing: (() => void)[] = [];
afterAll(() => {
  for (const close of closing) close();
});

async function shop(listener: RequestListener): Promise<{ port: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { port: String(typeof address === 'object' && address !== null ? address.port : 0), asked };
}

/** A shop of this machine that goes by a public name; everything else is as strict as ever. */
const lookup: LookupFunction = (_name, options, callback) =>
  options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4);
const rulesOf = (port: string, more: Partial<FetchRules> = {}): FetchRules => ({
  timeoutMs: 15_000,
  mostBytes: 1_000,
  refuses: isPrivateAddress,
  lookup,
  ports: [port],
  trusted: new Set(),
  ...more,
});

describe('pictures from elsewhere', () => {
  it('are told by their bytes, not by what their server says', async () => {
    const { port } = await shop((request, response) => {
      response.setHeader('content-type', request.url === '/liar' ? 'image/png' : 'text/html');
      response.end(request.url === '/liar' ? '<svg onload="alert(1)"/>' : png);
    });
    const at = (path: string) => fetchPicture(`http://shop.example:${port}${path}`, rulesOf(port));
    expect(await at('/one')).toEqual({ type: 'image/png', bytes: png });
    expect(await at('/liar')).toBe('no_picture');
    expect(pictureType(Buffer.from('RIFF....WEBPVP8 '))).toBe('image/webp');
    expect(pictureType(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).toBe('image/jpeg');
    expect(pictureType(Buffer.alloc(0))).toBeNull();
  });

  it('are never asked of private addresses, other ports, other protocols or with a password', async () => {
    const { port, asked } = await shop((_, response) => response.end(png));
    for (const address of [
      `http://127.0.0.1:${port}/`,
      `http://[::1]:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
      `http://localhost:${port}/`,
      'http://169.254.169.254/latest/meta-data/',
      'http://2130706433/',
      'http://shop.example:1/a.png',
      `http://user:word@shop.example:${port}/`,
      'file:///etc/passwd',
      'data:image/png;base64,AAAA',
      'not an address',
    ])
      expect(await fetchPicture(address, rulesOf(port)), address).toBe('bad_address');
    expect(asked).toEqual([]);
    // By name: the looking-up itself refuses.
    expect(await fetchPicture('http://localtest.localhost/', publicPictures)).toBe('bad_address');
  });

  it('are asked of a server of one’s own when the operator names it, and of no other', async () => {
    const own = await shop((request, response) => {
      if (request.url === '/away') response.writeHead(302, { location: `http://127.0.0.1:${other.port}/` });
      response.end(png);
    });
    const other = await shop((_, response) => response.end(png));
    const rules = picturesFrom([`http://127.0.0.1:${own.port}`]);
    expect(await fetchPicture(`http://127.0.0.1:${own.port}/a.png`, rules)).toMatchObject({ type: 'image/png' });
    for (const address of [
      `http://127.0.0.1:${other.port}/a.png`,
      `http://127.0.0.1:${own.port}/away`,
      `http://user:word@127.0.0.1:${own.port}/a.png`,
      `https://127.0.0.1:${own.port}/a.png`,
    ])
      expect(await fetchPicture(address, rules), address).toBe('bad_address');
    expect(other.asked).toEqual([]);
  });

  it('are followed through redirects, each looked at like the first', async () => {
    const { port, asked } = await shop((request, response) => {
      const to: Record<string, string> = {
        '/a': '/b',
        '/b': '/picture',
        '/in': 'http://127.0.0.1/secret',
        '/loop': '/loop',
      };
      const location = to[request.url ?? ''];
      if (location === undefined) return void response.end(png);
      response.writeHead(302, { location }).end();
    });
    const at = (path: string) => fetchPicture(`http://shop.example:${port}${path}`, rulesOf(port));
    expect(await at('/a')).toMatchObject({ type: 'image/png' });
    expect(await at('/in')).toBe('bad_address');
    expect(await at('/loop')).toBe('unreachable');
    expect(asked.filter((path) => path === '/loop')).toHaveLength(4);
  });

  it('may not be endless in size or time', async () => {
    const { port } = await shop((request, response) => {
      if (request.url === '/slow') return;
      if (request.url === '/long') response.setHeader('content-length', '5000');
      response.write(png);
      for (let n = 0; n < 100; n += 1) response.write(Buffer.alloc(50));
      if (request.url === '/many') response.end();
    });
    const at = (path: string, more: Partial<FetchRules> = {}) =>
      fetchPicture(`http://shop.example:${port}${path}`, rulesOf(port, more));
    expect(await at('/long')).toBe('too_large');
    expect(await at('/many')).toBe('too_large');
    expect(await at('/slow', { timeoutMs: 100 })).toBe('unreachable');
    expect(await at('/never-ends', { timeoutMs: 200, mostBytes: 100_000 })).toBe('unreachable');
  });

  it('are fetched once, for all who ask at the same time and afterwards', async () => {
    const { port, asked } = await shop((request, response) => {
      if (request.url === '/gone') response.statusCode = 404;
      response.end(png);
    });
    const folder = mkdtempSync(join(tmpdir(), 'vitrail-pictures-'));
    closing.push(() => rmSync(folder, { recursive: true, force: true }));
    const store = new PictureStore(folder, rulesOf(port));
    const address = `http://shop.example:${port}/one.png`;
    const found = await Promise.all([1, 2, 3].map(() => store.find(address)));
    expect(found).toEqual([1, 2, 3].map(() => ({ type: 'image/png', bytes: png })));
    expect(await new PictureStore(folder, rulesOf(port)).find(address)).toMatchObject({ type: 'image/png' });
    expect(await store.find(`http://shop.example:${port}/gone`)).toBe('unreachable');
    expect(await store.find(`http://shop.example:${port}/gone`)).toBe('unreachable');
    expect(asked).toEqual(['/one.png', '/gone']);
    expect(readdirSync(join(folder, 'pictures'))).toHaveLength(1);
  });
});
