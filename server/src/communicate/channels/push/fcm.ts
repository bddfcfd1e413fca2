import { importPKCS8, SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../../platform/index.ts';
import { safeDetail } from '../detail.ts';
import type { HttpClient } from '../http/callHttp.ts';
import { type HttpAdapter, pick, readEnd, readJson, wrongContent } from '../http/httpProvider.ts';
import type { MessageReferences } from '../messageReference.ts';
import type { SendOutcome } from '../provider.ts';

/** The file Google hands out for a service account. */
export const serviceAccountSchema = z.object({
  project_id: z.string().min(1),
  client_email: z.string().min(1),
  private_key: z.string().min(1),
});

const tokenUrl = 'https://oauth2.googleapis.com/token';

/** Firebase Cloud Messaging HTTP v1, `projects.messages.send` (firebase.google.com/docs/reference/fcm/rest/v1). */
export function fcm(
  account: z.output<typeof serviceAccountSchema>,
  { references, clock, http }: { references: MessageReferences; clock: Clock; http: HttpClient },
): HttpAdapter {
  let token: { text: string; until: number } | null = null;
  let asking: Promise<SendOutcome | null> | null = null;

  /** RFC 7523: a statement signed by us, exchanged for an hour's token. Null when the token is there. */
  async function ask(now: number): Promise<SendOutcome | null> {
    const seconds = Math.floor(now / 1_000);
    const assertion = await new SignJWT({ scope: 'https://www.googleapis.com/auth/firebase.messaging' })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuer(account.client_email)
      .setAudience(tokenUrl)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + 3_600)
      .sign(await importPKCS8(account.private_key, 'RS256'));
    const form = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const end = await http.call({ method: 'POST', url: tokenUrl, headers, body: form.toString() });
    if (end.kind === 'answer' && end.status === 200) {
      token = { text: pick(readJson(end.body), 'access_token'), until: now + 3_300_000 };
      return null;
    }
    // Nothing of the message was said yet, whatever became of this request.
    const outcome = readEnd(end, () => ({}));
    const credentials = end.kind === 'answer' && end.status >= 400 && end.status < 500 && end.status !== 429;
    const detail = 'detail' in outcome ? outcome.detail : '';
    return { kind: 'retry', reason: credentials ? 'credentials' : 'unavailable', detail };
  }

  return {
    name: 'fcm',
    channel: 'mobilepush',
    async write(message) {
      const { content } = message;
      if (content.kind !== 'push') return wrongContent('push messages');
      const now = clock.now().getTime();
      if (token === null || token.until < now) {
        asking ??= ask(now).finally(() => {
          asking = null;
        });
        const failure = await asking;
        if (failure !== null) return failure;
      }
      const { title, body, url, imageUrl, data } = content;
      return {
        method: 'POST',
        url: `https://fcm.googleapis.com/v1/projects/${encodeURIComponent(account.project_id)}/messages:send`,
        headers: { authorization: `Bearer ${token?.text}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          message: {
            token: message.to,
            notification: { title, body, ...(imageUrl === undefined ? {} : { image: imageUrl }) },
            data: { ...data, ...(url === undefined ? {} : { url }), vitrail: references.write(message) },
            android: { priority: message.kind === 'transactional' ? 'high' : 'normal' },
          },
        }),
      };
    },
    read({ status, body }) {
      const json = readJson(body);
      const code = pick(json, 'error', 'details', 0, 'errorCode') || pick(json, 'error', 'status');
      const words = pick(json, 'error', 'message');
      if (status === 401) token = null;
      if (code === 'SENDER_ID_MISMATCH')
        return { outcome: { kind: 'rejected', reason: 'invalid_address', detail: safeDetail(words) } };
      return {
        id: pick(json, 'name'),
        invalidAddress: code === 'UNREGISTERED' || (code === 'INVALID_ARGUMENT' && /registration token/i.test(words)),
      };
    },
  };
}
