import type { Clock } from '../../../platform/index.ts';
import { safeDetail } from '../detail.ts';
import type { MessageReferences } from '../messageReference.ts';
import type { OutgoingMessage, Provider, SendOutcome } from '../provider.ts';
import { createMailComposer, type MailContent } from './composeMail.ts';
import { readMailStatus } from './mailStatus.ts';
import { leaveMark, verp } from './returnPath.ts';
import type { DkimKey } from './signDkim.ts';
import { createDkimSigner } from './signDkim.ts';
import { createSmtpConnections, type SmtpEnd, type SmtpServer } from './smtpConnections.ts';

export interface SmtpSettings extends SmtpServer {
  readonly connections: number;
  readonly perSecond: number;
  /** `bounces@shop.example`: becomes `bounces+<reference>@shop.example`, one sender a message (VERP). */
  readonly returnPath: string | null;
  /** Somebody reads what comes to that address: people can leave by a mail to it (RFC 2369). */
  readonly readsReturns: boolean;
}

export interface SmtpDeps {
  readonly clock: Clock;
  readonly references: MessageReferences;
  /** The signing key of a sender's domain, or null: then the server signs, or nobody. */
  readonly dkimKeyOf: (workspace: number, domain: string) => Promise<DkimKey | null>;
}

/** A mail server, spoken to by SMTP. */
export function createSmtpProvider(settings: SmtpSettings, deps: SmtpDeps): Provider {
  const connections = createSmtpConnections(settings);
  const compose = createMailComposer();
  const signers = new Map<string, ReturnType<typeof createDkimSigner>>();

  /** With an address for leaving, beside the link: for mail programs that know only mail. */
  function withLeaving(content: MailContent, reference: string): MailContent {
    const { unsubscribe } = content;
    if (unsubscribe === undefined || !settings.readsReturns || settings.returnPath === null) return content;
    const mailto = `${verp(settings.returnPath, `${leaveMark}${reference}`)}?subject=unsubscribe`;
    return { ...content, unsubscribe: { ...unsubscribe, mailto } };
  }

  /** The whole mail; headers first, the signature above them. */
  async function write(message: OutgoingMessage, reference: string) {
    if (message.content.kind !== 'email') return 'bad_recipient';
    const at = deps.clock.now();
    const mail = compose({ content: withLeaving(message.content, reference), to: message.to, reference, at });
    if (typeof mail === 'string') return mail;
    const key = await deps.dkimKeyOf(message.workspace, domainOf(mail.from));
    let signature = '';
    if (key !== null) {
      const sign = signers.get(key.privateKey) ?? createDkimSigner(key);
      signers.set(key.privateKey, sign);
      signature = await sign(mail.headers, mail.body, at);
    }
    return { ...mail, bytes: Buffer.concat([Buffer.from(`${signature}${mail.headers}\r\n`), mail.body]) };
  }

  return {
    name: 'smtp',
    channel: 'email',
    limits: { perSecond: settings.perSecond, concurrency: settings.connections },
    async send(message) {
      const reference = deps.references.write(message);
      const mail = await write(message, reference);
      if (mail === 'bad_recipient')
        return { kind: 'rejected', reason: 'invalid_address', detail: 'The address is not one of e-mail.' };
      if (mail === 'bad_sender')
        return { kind: 'rejected', reason: 'refused', detail: 'The sender address of the template is not valid.' };
      const from = settings.returnPath === null ? mail.from : verp(settings.returnPath, reference);
      const end = await connections.send({ from, to: mail.to, envelopeId: reference }, mail.bytes);
      return readEnd(end, `${reference}@${domainOf(mail.from)}`);
    },
    close: async () => connections.close(),
  };
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

function readEnd(end: SmtpEnd, messageId: string): SendOutcome {
  switch (end.kind) {
    case 'accepted':
      return { kind: 'accepted', providerMessageId: messageId };
    case 'lost':
      return { kind: 'uncertain', detail: safeDetail(end.detail) };
    case 'not_sent':
      return {
        kind: 'retry',
        reason: end.credentials ? 'credentials' : 'unavailable',
        detail: safeDetail(end.detail),
      };
    case 'refused':
      return readRefusal(end.phase, end.code, end.answer);
  }
}

function readRefusal(phase: string, code: number, answer: string): SendOutcome {
  const detail = safeDetail(answer);
  // 421: the server hangs up on everybody. 530, 535, 538: it wants a sign-in first.
  if (code === 421) return { kind: 'retry', reason: 'unavailable', detail };
  if (code === 530 || code === 535 || code === 538) return { kind: 'retry', reason: 'credentials', detail };
  const status = readMailStatus(code, answer);
  if (status === 'busy')
    return { kind: 'retry', reason: phase === 'MAIL FROM' ? 'unavailable' : 'deferred', detail, afterMs: 300_000 };
  // Only the answer about the recipient speaks of the address; afterwards the mail itself is judged.
  return { kind: 'rejected', reason: phase === 'RCPT TO' ? status : 'refused', detail };
}
