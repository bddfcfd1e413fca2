import { z } from 'zod';
import type { Clock } from '../../../platform/index.ts';
import { safeDetail } from '../detail.ts';
import type { HttpClient } from '../http/callHttp.ts';
import { serviceAccountSchema as accountSchema, createGoogleToken, refusesAccount } from '../http/googleToken.ts';
import { type HttpAdapter, pick, readEnd, readJson, wrongContent } from '../http/httpProvider.ts';
import type { MessageReferences } from '../messageReference.ts';

/** The file Google hands out for a service account. */
export const serviceAccountSchema = accountSchema.extend({ project_id: z.string().min(1) });

/** Firebase Cloud Messaging HTTP v1, `projects.messages.send` (firebase.google.com/docs/reference/fcm/rest/v1). */
export function fcm(
  account: z.output<typeof serviceAccountSchema>,
  { references, clock, http }: { references: MessageReferences; clock: Clock; http: HttpClient },
): HttpAdapter {
  const token = createGoogleToken(account, 'https://www.googleapis.com/auth/firebase.messaging', { clock, http });

  return {
    name: 'fcm',
    channel: 'mobilepush',
    async write(message) {
      const { content } = message;
      if (content.kind !== 'push') return wrongContent('push messages');
      const signedIn = await token.read();
      if ('failed' in signedIn) {
        // Nothing of the message was said yet, whatever became of this request.
        const outcome = readEnd(signedIn.failed, () => ({}));
        const detail = 'detail' in outcome ? outcome.detail : '';
        return { kind: 'retry', reason: refusesAccount(signedIn.failed) ? 'credentials' : 'unavailable', detail };
      }
      const { title, body, url, imageUrl, data } = content;
      return {
        method: 'POST',
        url: `https://fcm.googleapis.com/v1/projects/${encodeURIComponent(account.project_id)}/messages:send`,
        headers: { authorization: `Bearer ${signedIn.bearer}`, 'content-type': 'application/json' },
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
      if (status === 401) token.forget();
      if (code === 'SENDER_ID_MISMATCH')
        return { outcome: { kind: 'rejected', reason: 'invalid_address', detail: safeDetail(words) } };
      return {
        id: pick(json, 'name'),
        invalidAddress: code === 'UNREGISTERED' || (code === 'INVALID_ARGUMENT' && /registration token/i.test(words)),
      };
    },
  };
}
