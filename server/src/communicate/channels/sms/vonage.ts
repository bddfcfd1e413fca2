import { importPKCS8, SignJWT } from 'jose';
import type { Clock } from '../../../platform/index.ts';
import { type HttpAdapter, pick, readJson } from '../http/httpProvider.ts';
import type { MessageReferences } from '../messageReference.ts';
import { readTextFields } from './textFields.ts';

/** Vonage Messages API, `POST /v1/messages` (developer.vonage.com/api/messages). */
export const vonage = (
  settings: { readonly applicationId: string; readonly privateKey: string; readonly from: string },
  { references, clock }: { references: MessageReferences; clock: Clock },
): HttpAdapter => {
  let token: { text: string; until: number } | null = null;
  async function authorize(): Promise<string> {
    const now = clock.now().getTime();
    if (token !== null && Math.abs(token.until - now) < 900_000 && token.until > now) return token.text;
    const seconds = Math.floor(now / 1_000);
    const key = await importPKCS8(settings.privateKey, 'RS256');
    const text = await new SignJWT({ application_id: settings.applicationId, jti: crypto.randomUUID() })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + 900)
      .sign(key);
    token = { text, until: now + 800_000 };
    return text;
  }
  return {
    name: 'vonage',
    channel: 'sms',
    async write(message) {
      const fields = readTextFields(message);
      if ('kind' in fields) return fields;
      const [image] = fields.mediaUrls;
      const content =
        image === undefined
          ? { message_type: 'text', channel: 'sms', text: fields.body }
          : { message_type: 'image', channel: 'mms', image: { url: image, caption: fields.body } };
      return {
        method: 'POST',
        url: 'https://api.nexmo.com/v1/messages',
        headers: {
          authorization: `Bearer ${await authorize()}`,
          'content-type': 'application/json',
          accept: 'application/json',
        },
        body: JSON.stringify({
          ...content,
          to: fields.to.slice(1),
          from: settings.from.replace(/^\+/, ''),
          client_ref: references.write(message),
        }),
      };
    },
    read({ status, body }) {
      const json = readJson(body);
      const said = `${pick(json, 'detail')} ${pick(json, 'invalid_parameters', 0, 'name')}`;
      return { id: pick(json, 'message_uuid'), invalidAddress: status === 422 && /\bto\b/i.test(said) };
    },
  };
};
