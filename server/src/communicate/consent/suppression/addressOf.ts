import type { Channel } from '@vitrail/contracts';
import { hashIdentifier, type Secrets } from '../../../govern/index.ts';
import { normaliseEmail, normalisePhone } from '../../../unify/index.ts';

/** Where identifiers of a channel's addresses live; null for channels whose addresses are no identifiers. */
export const namespaceOf = (channel: string): string | null =>
  ({ email: 'email', sms: 'phone', whatsapp: 'phone', webpush: 'webpush', mobilepush: 'device_token' })[channel] ??
  null;

/** An address in the form in which identifiers are stored; null for what is no address of the channel. */
export function addressOf(channel: Channel, raw: string, country: string): string | null {
  const text = raw.trim();
  if (channel === 'email') {
    const email = normaliseEmail(text);
    return email.ok ? email.value : null;
  }
  if (channel === 'sms' || channel === 'whatsapp') {
    const phone = normalisePhone(text, country);
    return phone.ok ? phone.value : null;
  }
  return text === '' || /\s/.test(text) ? null : text;
}

/** What stands in place of the address of an erased person. */
export const hashMark = 'hash:';

/** How the address of an erased person stands on the list; null for channels whose addresses are no identifiers. */
export function hashAddress(
  secrets: Pick<Secrets, 'erasure'>,
  workspaceId: number,
  channel: string,
  value: string,
): string | null {
  const namespace = namespaceOf(channel);
  if (namespace === null) return null;
  return `${hashMark}${hashIdentifier(secrets, { workspaceId, namespace, value }).toString('hex')}`;
}
