import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpClient } from './callHttp.ts';
import { isPrivateAddress } from './publicAddress.ts';

describe('addresses that are not called', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '[::1]',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'ff02::1',
    'localhost',
    'printer.local',
    'db.internal',
    'x.localhost',
  ])('%s', (host) => expect(isPrivateAddress(host)).toBe(true));
  it.each(['8.8.8.8', '172.32.0.1', '193.168.1.1', '2001:4860:4860::8888', 'example.com', 'localhost.example.com'])(
    'but %s is',
    (host) => expect(isPrivateAddress(host)).toBe(false),
  );
});

describe('a webhook', () => {
  let close = async (): Promise<void> => undefined;
  afterEach(() => close());

  it('reaches no server of ours, by whatever name, and follows nobody there', async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.writeHead(302, { location: 'http://127.0.0.1/' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const guarded = createHttpClient({ connections: 2, timeoutMs: 2_000, publicOnly: true });
    const free = createHttpClient({ connections: 2, timeoutMs: 2_000, publicOnly: false });
    close = async () => {
      guarded.close();
      free.close();
      await new Promise((resolve) => server.close(resolve));
    };
    const call = (http: typeof free, url: string) => http.call({ method: 'POST', url, headers: {}, body: '{}' });
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433', '0'])
      expect(await call(guarded, `http://${host}:${port}/`)).toMatchObject({ kind: 'bad_address' });
    for (const url of ['file:///etc/passwd', 'ftp://example.com/', 'nonsense'])
      expect(await call(guarded, url)).toMatchObject({ kind: 'bad_address' });
    expect(asked).toBe(0);
    expect(await call(free, `http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'answer', status: 302 });
    expect(asked).toBe(1);
  });
});
