import { randomUUID } from 'node:crypto';
import { type ClientHttp2Session, connect } from 'node:http2';
import { importPKCS8, SignJWT } from 'jose';
import type { Clock } from '../../../platform/index.ts';
import type { HttpEnd } from '../http/callHttp.ts';
import { pick, readEnd, readJson, wrongContent } from '../http/httpProvider.ts';
import type { MessageReferences } from '../messageReference.ts';
import type { Provider } from '../provider.ts';

export interface ApnsSettings {
  /** `https://api.push.apple.com` */
  readonly origin: string;
  readonly teamId: string;
  readonly keyId: string;
  readonly bundleId: string;
  readonly privateKey: string;
}

/** Apple refuses tokens older than an hour, and senders that make new ones more often than every 20 minutes. */
const tokenMs = 45 * 60_000;

/** Apple Push Notification service over HTTP/2 (developer.apple.com, "Sending notification requests to APNs"). */
export function createApnsProvider(
  settings: ApnsSettings,
  limits: Provider['limits'],
  deps: { readonly references: MessageReferences; readonly clock: Clock; readonly timeoutMs?: number },
): Provider {
  const { references, clock, timeoutMs = 30_000 } = deps;
  let session: ClientHttp2Session | null = null;
  let token: { text: string; at: number } | null = null;

  async function authorize(): Promise<string> {
    const now = clock.now().getTime();
    if (token !== null && Math.abs(now - token.at) < tokenMs) return token.text;
    const key = await importPKCS8(settings.privateKey, 'ES256');
    const text = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: settings.keyId })
      .setIssuer(settings.teamId)
      .setIssuedAt(Math.floor(now / 1_000))
      .sign(key);
    token = { text, at: now };
    return text;
  }
  function open(): ClientHttp2Session {
    if (session !== null && !session.closed && !session.destroyed) return session;
    const made = connect(settings.origin);
    // Each request hears of the failure itself.
    made.on('error', () => undefined);
    made.on('goaway', () => made.close());
    made.setTimeout(120_000, () => made.close());
    session = made;
    return made;
  }
  async function post(path: string, headers: Record<string, string>, body: string): Promise<HttpEnd> {
    const http2 = open();
    return new Promise((resolve) => {
      let [status, sent, text] = [0, false, ''];
      let later: string | undefined;
      const stream = http2.request({ ':method': 'POST', ':path': path, ...headers });
      stream.setTimeout(timeoutMs, () => stream.close());
      stream.setEncoding('utf8');
      stream.on('ready', () => {
        sent = !http2.connecting;
      });
      stream.on('response', (answer) => {
        status = answer[':status'] ?? 0;
        later = answer['retry-after'];
      });
      stream.on('data', (chunk: string) => {
        text += chunk;
      });
      stream.on('error', (error) => {
        if (status === 0) resolve({ kind: sent ? 'lost' : 'not_sent', detail: error.message });
      });
      stream.on('close', () => {
        if (status > 0) resolve({ kind: 'answer', status, headers: { 'retry-after': later }, body: text });
        else resolve({ kind: sent ? 'lost' : 'not_sent', detail: 'no answer in time' });
      });
      stream.end(body);
    });
  }

  return {
    name: 'apns',
    channel: 'mobilepush',
    limits,
    async send(message) {
      const { content } = message;
      if (content.kind !== 'push') return wrongContent('push messages');
      if (!/^[0-9a-f]{64,200}$/i.test(message.to))
        return { kind: 'rejected', reason: 'invalid_address', detail: 'The device token is not one of Apple.' };
      const { title, body, url, data } = content;
      const id = randomUUID();
      const end = await post(
        `/3/device/${message.to}`,
        {
          authorization: `bearer ${await authorize()}`,
          'apns-id': id,
          'apns-topic': settings.bundleId,
          'apns-push-type': 'alert',
          'apns-priority': message.kind === 'transactional' ? '10' : '5',
        },
        JSON.stringify({
          ...data,
          ...(url === undefined ? {} : { url }),
          vitrail: references.write(message),
          aps: { alert: { title, body }, sound: 'default' },
        }),
      );
      return readEnd(end, (answer) => {
        const reason = pick(readJson(answer.body), 'reason');
        if (answer.status === 403) token = null;
        // Too many to this one device: Apple itself is well.
        if (answer.status === 429 && reason === 'TooManyRequests')
          return { outcome: { kind: 'retry', reason: 'deferred', detail: reason, afterMs: 300_000 } };
        return {
          id,
          invalidAddress: answer.status === 410 || /^(BadDeviceToken|DeviceTokenNotForTopic)$/.test(reason),
        };
      });
    },
    close: async () => {
      session?.close();
    },
  };
}
