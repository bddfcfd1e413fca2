import { ImapFlow } from 'imapflow';

/** A mailbox to which reports and returned mails come. */
export interface Mailbox {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte, `starttls` before the password, or `none` for a server on the same machine. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user: string;
  readonly password: string;
}

/** Up to where a mailbox was looked through: mails after `uid`, while the server counts as before. */
export interface MailboxPlace {
  readonly validity: bigint;
  readonly uid: number;
}

/** Mails looked at in one go; the next go takes more. */
const mostMails = 200;
/** A returned mail with its pictures; what decides stands at the beginning. */
const mostBytes = 1024 * 1024;
const patienceMs = 20_000;

/**
 * Hands over new mails of the inbox, oldest first, and marks as read those that `take` understood; everybody else's stay as
 * they were. A mail is marked only after it was taken, so a crash shows it once more. Throws when the mailbox cannot be read.
 * Returns where to go on: a repeat from null looks at every unread mail again.
 */
export async function readMailbox(
  mailbox: Mailbox,
  from: MailboxPlace | null,
  take: (mail: Buffer) => Promise<boolean>,
): Promise<MailboxPlace> {
  const { host, port, security, user, password } = mailbox;
  const client = new ImapFlow({
    host,
    port,
    secure: security === 'tls',
    doSTARTTLS: security === 'starttls',
    auth: { user, pass: password },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  });
  // A connection that breaks is told by the command that waits for it as well.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const lock = await client.getMailboxLock('INBOX');
    try {
      return await readInbox(client, from, take);
    } finally {
      lock.release();
    }
  } finally {
    // Nothing is lost by not waiting for a goodbye.
    client.close();
  }
}

async function readInbox(
  client: ImapFlow,
  from: MailboxPlace | null,
  take: (mail: Buffer) => Promise<boolean>,
): Promise<MailboxPlace> {
  const validity = client.mailbox === false || client.mailbox === undefined ? 0n : client.mailbox.uidValidity;
  // Numbers of a mailbox that was made anew say nothing.
  const after = from !== null && from.validity === validity ? from.uid : 0;
  const unread = await client.search({ seen: false, uid: `${after + 1}:*` }, { uid: true });
  const uids = (Array.isArray(unread) ? unread : []).filter((uid) => uid > after).toSorted((a, b) => a - b);
  let last = after;
  for (const uid of uids.slice(0, mostMails)) {
    const mail = await client.fetchOne(String(uid), { source: { maxLength: mostBytes } }, { uid: true });
    const source = mail === false || mail === undefined ? undefined : mail.source;
    if (source !== undefined && (await take(source)))
      await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
    last = uid;
  }
  return { validity, uid: last };
}
