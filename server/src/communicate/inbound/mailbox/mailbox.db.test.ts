import type { AddressInfo } from 'node:net';
import hoodiecrow from 'hoodiecrow-imap';
import { afterEach, describe, expect, it } from 'vitest';
import { bounceMail, complaintMail, useInbound } from '../../../../test/inbound.ts';
import { findProvider } from '../../channels/sql/providers.pg.ts';
import { createMailboxWatch } from './watchMailboxes.ts';

const shop = useInbound();
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const plugins = [
  'ID',
  'STARTTLS',
  'SASL-IR',
  'AUTH-PLAIN',
  'NAMESPACE',
  'ENABLE',
  'UIDPLUS',
  'LITERALPLUS',
  'UNSELECT',
];

/** A real mail server with a mailbox, and a provider of the shop that names it. */
async function openMailbox(mails: readonly string[], settings: Record<string, string> = {}, password = 'testpass') {
  const server = hoodiecrow({ plugins, storage: { INBOX: { messages: mails.map((raw) => ({ raw })) } } });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closers.push(() => new Promise<void>((done) => server.close(done)));
  const address = server.server.address();
  const { port } = address as AddressInfo;
  const provider = await shop.setUp(
    'smtp',
    'email',
    {
      host: 'mail.shop.example',
      port: '587',
      security: 'starttls',
      returnPath: 'bounces@shop.example',
      mailboxHost: '127.0.0.1',
      mailboxPort: String(port),
      mailboxSecurity: 'none',
      mailboxUser: 'testuser',
      ...settings,
    },
    { mailboxPassword: password },
  );
  const seen = (): boolean[] => server.getMailbox('INBOX').messages.map(({ flags }) => flags.includes('\\Seen'));
  const health = async () => {
    const row = await shop.stores.pg.row(findProvider, { workspace: shop.shop.id, id: provider });
    return `${row?.health} ${row?.health_detail}`;
  };
  return { server, seen, health, deliver: (raw: string) => server.appendMessage('INBOX', [], false, raw) };
}
const { signal } = new AbortController();
const watch = () => createMailboxWatch(shop.watching());

const letter = [
  'From: someone@example.fr',
  'To: bounces@shop.example',
  'Subject: Where is my order?',
  '',
  'Hello.',
  '',
];

describe('a mailbox of returns', () => {
  it('is read for bounces, complaints and people who leave; other letters stay unread', async () => {
    const [bounced, complained, leaving] = [
      await shop.openMessage({ consent: { marketing: true } }),
      await shop.openMessage({ consent: { marketing: true } }),
      await shop.openMessage({ consent: { marketing: true } }),
    ];
    const referenceOf = (id: number): string => shop.references.write({ workspace: shop.shop.id, id });
    const leave = [
      'From: p@example.fr',
      `To: <bounces+leave-${referenceOf(leaving.id)}@shop.example>`,
      'Subject: unsubscribe',
      '',
      '',
    ];
    const { seen, deliver, health } = await openMailbox([
      bounceMail(`bounces+${referenceOf(bounced.id)}@shop.example`, '5.1.1'),
      letter.join('\r\n'),
      complaintMail(referenceOf(complained.id)),
    ]);
    shop.stores.clock.advance(60_000);
    const look = watch();
    expect(await look(signal)).toBe(1);
    expect(await shop.newsOf(bounced.id)).toMatchObject([{ kind: 'bounced' }]);
    expect(await shop.newsOf(complained.id)).toMatchObject([{ kind: 'complained' }]);
    expect(await shop.consentsOf(complained.profile)).toContainEqual({
      purpose: 'marketing',
      channel: 'email',
      state: 'denied',
    });
    expect(seen()).toEqual([true, false, true]);
    deliver(leave.join('\r\n'));
    await look(signal);
    expect(await shop.newsOf(leaving.id)).toMatchObject([{ kind: 'unsubscribed' }]);
    expect(seen()).toEqual([true, false, true, true]);
    // A process that starts anew looks once more, and nothing happens twice.
    await watch()(signal);
    expect(await shop.newsOf(bounced.id)).toHaveLength(1);
    expect(await health()).toBe('untried ');
  });

  it('that cannot be opened is told with its provider, until it can', async () => {
    const { health, server } = await openMailbox([], {}, 'wrong');
    const look = watch();
    expect(await look(signal)).toBe(0);
    expect(await health()).toMatch(/^mailbox ./);
    expect(await health()).not.toContain('testuser');
    // The server takes the password after all.
    server.users = { testuser: { password: 'wrong' } };
    expect(await look(signal)).toBe(1);
    expect(await health()).toBe('ok ');
  });
});
