import { safeDetail } from '../detail.ts';
import { type HttpAdapter, pick, readJson, wrongContent } from '../http/httpProvider.ts';
import type { MessageReferences } from '../messageReference.ts';
import type { SendOutcome } from '../provider.ts';

/** developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes */
const credentials = new Set(['0', '3', '10', '190', '131005', '131031', '131042', '133010', '368']);
const busy = new Set(['4', '80007', '130429', '131048', '131056', '133016']);
const unavailable = new Set(['1', '2', '131000', '131016', '131057', '133004']);
const invalid = new Set(['131026', '131021', '131009']);

/** WhatsApp Cloud API, `POST /{phone number id}/messages`: outside an open talk only approved templates may be sent. */
export const whatsapp = (
  settings: { readonly phoneNumberId: string; readonly accessToken: string },
  references: MessageReferences,
): HttpAdapter => ({
  name: 'whatsapp',
  channel: 'whatsapp',
  write(message) {
    const { content, to } = message;
    if (content.kind !== 'whatsapp') return wrongContent('WhatsApp templates');
    if (!/^\+[1-9]\d{6,14}$/.test(to))
      return { kind: 'rejected', reason: 'invalid_address', detail: 'The number is not one of E.164.' };
    const parameters = content.parameters.map((text) => ({ type: 'text', text }));
    return {
      method: 'POST',
      url: `https://graph.facebook.com/v23.0/${encodeURIComponent(settings.phoneNumberId)}/messages`,
      headers: { authorization: `Bearer ${settings.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: to.slice(1),
        type: 'template',
        template: {
          name: content.template,
          language: { code: content.language },
          ...(parameters.length === 0 ? {} : { components: [{ type: 'body', parameters }] }),
        },
        biz_opaque_callback_data: references.write(message),
      }),
    };
  },
  read({ status, body }) {
    const json = readJson(body);
    const code = pick(json, 'error', 'code');
    const detail = safeDetail(`${code} ${pick(json, 'error', 'message')}`);
    const outcome = status >= 400 && code !== '' ? readCode(code, detail) : null;
    return { id: pick(json, 'messages', 0, 'id'), ...(outcome === null ? {} : { outcome }) };
  },
});

/** Meta answers most troubles with 400; the code says which. */
function readCode(code: string, detail: string): SendOutcome | null {
  if (credentials.has(code)) return { kind: 'retry', reason: 'credentials', detail };
  if (busy.has(code)) return { kind: 'retry', reason: 'rate_limited', detail, afterMs: 10_000 };
  if (unavailable.has(code)) return { kind: 'retry', reason: 'unavailable', detail };
  return invalid.has(code) ? { kind: 'rejected', reason: 'invalid_address', detail } : null;
}
