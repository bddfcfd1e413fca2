/** What a mail server's refusal means for the message and for the address. */
export type MailStatus =
  /** The address does not exist or was closed: nothing more goes there. */
  | 'invalid_address'
  /** This mail, or this sender, is not wanted; the mailbox is full. The address stays. */
  | 'refused'
  /** Not now: greylisting, too many connections, a full disk. Never a bounce. */
  | 'busy';

const enhanced = /\b([245])\.(\d{1,3})\.(\d{1,3})\b/;
/** RFC 3463 and the IANA registry of enhanced status codes: no such mailbox, domain or system; moved; closed. */
const gone = new Set(['1.1', '1.2', '1.3', '1.6', '1.10', '2.1', '4.4']);
/** Receivers that answer "no such user" to senders they do not like say so in words. */
const policyWords =
  /spam|block|black|deny|denied|policy|reputation|rbl|dnsbl|dmarc|spf|dkim|relay|authenticat|banned|abuse|content/i;
const fullWords = /quota|full|over.?limit|storage|exceeded/i;
const goneWords =
  /(unknown|no such|invalid|does ?n.t exist|not exist|unavailable|disabled|inactive|not found|rejected).{0,40}(user|recipient|mailbox|address|account)|(user|recipient|mailbox|address|account).{0,40}(unknown|no such|invalid|does ?n.t exist|not exist|unavailable|disabled|inactive|not found)/i;

/**
 * @param code the reply code of RFC 5321, 550; 0 when only an enhanced status is known
 * @param text the reply, or Status and Diagnostic-Code of a bounce
 */
export function readMailStatus(code: number, text: string): MailStatus {
  const [, kind, subject, detail] = enhanced.exec(text) ?? [];
  if (kind === '4' || (kind === undefined && code >= 400 && code < 500)) return 'busy';
  if (code >= 400 && code < 500) return 'busy';
  if (fullWords.test(text) && !goneWords.test(text)) return 'refused';
  // A code of its own family says more than words do; 5.1.1 with "blocked" in it is still a judgement on the sender.
  if (subject !== undefined && detail !== undefined) {
    if (gone.has(`${subject}.${detail}`))
      return policyWords.test(text) && !goneWords.test(text) ? 'refused' : 'invalid_address';
    if (!(subject === '0' && detail === '0')) return 'refused';
  }
  if (policyWords.test(text) && !goneWords.test(text)) return 'refused';
  if (goneWords.test(text)) return 'invalid_address';
  return code === 550 || code === 551 || code === 553 ? 'invalid_address' : 'refused';
}
