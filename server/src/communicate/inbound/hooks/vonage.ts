import { createHash } from 'node:crypto';
import type { FeedbackKind } from '@vitrail/contracts';
import { jwtVerify } from 'jose';
import { pick, readJson } from '../../channels/http/httpProvider.ts';
import { instantOf, type ReadHook } from '../hook.ts';
import { isSame } from '../verify.ts';

/** 1160 number not reachable for ever, 1330 unknown, 1340 outside the allowed list (developer.vonage.com, "Error codes"). */
const hardErrors = /\b(1160|1170|1330)\b/;

/** Vonage's Messages webhooks (developer.vonage.com, "Validating inbound messages"): a JWT over the hash of the body. */
export const readVonage: ReadHook = async ({ headers, body }, { fields, now }) => {
  const secret = fields.signatureSecret ?? '';
  if (secret !== '') {
    try {
      const token = (headers.authorization ?? '').replace(/^Bearer /i, '');
      const { payload } = await jwtVerify(token, Buffer.from(secret), { algorithms: ['HS256'], currentDate: now });
      const hash = createHash('sha256').update(body).digest('hex');
      if (!isSame(hash, String(payload.payload_hash ?? ''))) return { kind: 'forged' };
    } catch {
      // jose throws for every token that does not hold.
      return { kind: 'forged' };
    }
  }
  const json = readJson(body.toString('utf8'));
  const id = pick(json, 'message_uuid');
  if (id === '') return { kind: 'unreadable' };
  const at = instantOf(pick(json, 'timestamp'), now);
  const status = pick(json, 'status');
  if (status === '') {
    const from = pick(json, 'from');
    return {
      kind: 'read',
      news: [],
      texts: from === '' ? [] : [{ from: `+${from.replace(/^\+/, '')}`, text: pick(json, 'text'), id, at }],
    };
  }
  const reason = `${pick(json, 'error', 'type')} ${pick(json, 'error', 'title')}`;
  const failed: FeedbackKind = hardErrors.test(reason) ? 'bounced' : 'soft_bounced';
  const kinds: Readonly<Record<string, FeedbackKind>> = {
    delivered: 'delivered',
    rejected: failed,
    undeliverable: failed,
  };
  const kind = kinds[status];
  if (kind === undefined) return { kind: 'read', news: [] };
  const eventId = kind === 'soft_bounced' ? id : '';
  return {
    kind: 'read',
    news: [{ kind, reference: pick(json, 'client_ref'), providerMessageId: id, at, eventId, reason }],
  };
};
