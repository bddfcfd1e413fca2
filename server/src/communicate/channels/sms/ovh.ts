import { createHash } from 'node:crypto';
import type { Clock } from '../../../platform/index.ts';
import { safeDetail } from '../detail.ts';
import { type HttpAdapter, pick, readJson } from '../http/httpProvider.ts';
import { readTextFields } from './textFields.ts';

export interface OvhSettings {
  readonly region: string;
  readonly applicationKey: string;
  readonly applicationSecret: string;
  readonly consumerKey: string;
  /** `sms-ab12345-1` */
  readonly serviceName: string;
  readonly sender: string;
}

/** `$1$` and SHA-1 of what is sent (help.ovhcloud.com, "First steps with the OVHcloud APIs"). */
function signOvh(settings: OvhSettings, url: string, body: string, seconds: number): string {
  const text = [settings.applicationSecret, settings.consumerKey, 'POST', url, body, seconds].join('+');
  return `$1$${createHash('sha1').update(text).digest('hex')}`;
}

/** OVHcloud, `POST /1.0/sms/{serviceName}/jobs` (api.ovh.com/console, /sms). */
export const ovh = (settings: OvhSettings, { clock }: { clock: Clock }): HttpAdapter => ({
  name: 'ovh',
  channel: 'sms',
  write(message) {
    const fields = readTextFields(message);
    if ('kind' in fields) return fields;
    const url = `https://${settings.region === 'ca' ? 'ca' : 'eu'}.api.ovh.com/1.0/sms/${encodeURIComponent(settings.serviceName)}/jobs`;
    const body = JSON.stringify({
      message: fields.body,
      receivers: [fields.to],
      charset: 'UTF-8',
      // OVH adds the legal words on how to stop by itself, except to messages people asked for.
      noStopClause: message.kind !== 'marketing',
      priority: message.kind === 'transactional' ? 'high' : 'medium',
      ...(settings.sender === '' ? { senderForResponse: true } : { sender: settings.sender }),
    });
    const seconds = Math.floor(clock.now().getTime() / 1_000);
    return {
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        'x-ovh-application': settings.applicationKey,
        'x-ovh-consumer': settings.consumerKey,
        'x-ovh-timestamp': String(seconds),
        'x-ovh-signature': signOvh(settings, url, body, seconds),
      },
      body,
    };
  },
  read({ status, body }) {
    const json = readJson(body);
    const code = pick(json, 'errorCode');
    const detail = safeDetail(`${code} ${pick(json, 'message')}`);
    if (status >= 400 && status < 500 && /CREDENTIAL|SIGNATURE|INVALID_KEY|QUERY_TIME/.test(code))
      return { outcome: { kind: 'retry', reason: 'credentials', detail } };
    if (status < 300 && pick(json, 'invalidReceivers', 0) !== '')
      return { outcome: { kind: 'rejected', reason: 'invalid_address', detail: 'OVH does not know the number.' } };
    return { id: pick(json, 'ids', 0), invalidAddress: /receiver/i.test(pick(json, 'message')) };
  },
});
