import { createDecipheriv, createECDH, createHmac, createPublicKey, randomBytes, verify } from 'node:crypto';
import { createServer } from 'node:http';

/** What came to an endpoint, opened as the browser would. */
export interface Pushed {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** The service of a browser's maker, as RFC 8030 describes it: endpoints that take encrypted messages. */
export interface PushService {
  /** A browser subscribes: its subscription as JSON. */
  subscribe(): { readonly endpoint: string; readonly keys: { readonly p256dh: string; readonly auth: string } };
  /** What came, in order, to the endpoint. */
  pushed(endpoint: string): readonly Pushed[];
  close(): Promise<void>;
}

const hmac = (key: Buffer, ...parts: readonly (Buffer | string)[]): Buffer =>
  parts.reduce((sum, part) => sum.update(part), createHmac('sha256', key)).digest();

/** RFC 8291 over RFC 8188 with one record, written from the documents and not from the library that encrypts. */
function open(body: Buffer, browser: ReturnType<typeof createECDH>, auth: Buffer): Pushed['payload'] {
  const salt = body.subarray(0, 16);
  const idLength = body.readUInt8(20);
  const sender = body.subarray(21, 21 + idLength);
  const sealed = body.subarray(21 + idLength);
  const shared = hmac(auth, browser.computeSecret(sender));
  const secret = hmac(shared, 'WebPush: info\0', browser.getPublicKey(), sender, '\x01');
  const key = hmac(salt, secret);
  const content = hmac(key, 'Content-Encoding: aes128gcm\0\x01').subarray(0, 16);
  const nonce = hmac(key, 'Content-Encoding: nonce\0\x01').subarray(0, 12);
  const decipher = createDecipheriv('aes-128-gcm', content, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return JSON.parse(padded.subarray(0, padded.lastIndexOf(2)).toString('utf8'));
}

/** RFC 8292: the token in the header, when the key that it names signed it; null otherwise. */
export function readVapid(header: string): { readonly key: string; readonly claims: Record<string, unknown> } | null {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(header) ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  if (point.length !== 65) return null;
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  return signed ? { key, claims: JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) } : null;
}

export async function openPushService(): Promise<PushService> {
  const browsers = new Map<string, { ecdh: ReturnType<typeof createECDH>; auth: Buffer; pushed: Pushed[] }>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const browser = browsers.get(request.url ?? '');
      if (browser === undefined) return response.writeHead(410).end();
      const payload = open(Buffer.concat(parts), browser.ecdh, browser.auth);
      browser.pushed.push({ payload, headers: request.headers });
      return response.writeHead(201, { location: `/m/${browser.pushed.length}` }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return {
    subscribe() {
      const ecdh = createECDH('prime256v1');
      const auth = randomBytes(16);
      const path = `/send/${randomBytes(110).toString('base64url')}`;
      const p256dh = ecdh.generateKeys('base64url');
      browsers.set(path, { ecdh, auth, pushed: [] });
      return { endpoint: origin + path, keys: { p256dh, auth: auth.toString('base64url') } };
    },
    pushed: (endpoint) => browsers.get(endpoint.slice(origin.length))?.pushed ?? [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
