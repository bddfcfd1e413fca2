import { generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { createReferences } from '../messageReference.ts';
import type { OutgoingMessage, Provider } from '../provider.ts';
import type { MailContent } from './composeMail.ts';
import type { DkimKey } from './signDkim.ts';
import { createSmtpProvider, type SmtpSettings } from './smtp.ts';

interface Taken {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
}

const references = createReferences(Buffer.alloc(32, 3));
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A real mail server; `hooks` answer in place of "yes". */
async function openServer(hooks: Partial<SMTPServerOptions> = {}) {
  const taken: Taken[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        taken.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks),
        });
        done();
      });
    },
    ...hooks,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(() => resolve(null))));
  const { port } = server.server.address() as AddressInfo;
  const hangUp = (): void => {
    for (const { _socket } of server.connections as unknown as Iterable<{ _socket: { destroy(): void } }>)
      _socket.destroy();
  };
  return { port, taken, hangUp };
}

function openProvider(port: number, more: Partial<SmtpSettings> = {}, key: DkimKey | null = null): Provider {
  const provider = createSmtpProvider(
    {
      host: '127.0.0.1',
      port,
      secure: false,
      startTls: 'off',
      credentials: null,
      name: null,
      timeoutMs: 400,
      connections: 4,
      perSecond: 10_000,
      returnPath: null,
      readsReturns: false,
      ...more,
    },
    {
      clock: { now: () => new Date('2026-11-21T10:00:00Z') },
      references,
      dkimKeyOf: async (_workspace, domain) => (key?.domain === domain ? key : null),
    },
  );
  closers.push(() => provider.close());
  return provider;
}

function mail(id: number, content: Partial<MailContent> = {}, to = 'anna@example.com'): OutgoingMessage {
  return {
    id,
    workspace: 7,
    channel: 'email',
    kind: 'marketing',
    to,
    content: {
      kind: 'email',
      from: { name: 'Maison Dupré', address: 'hello@shop.example' },
      toName: 'Anna',
      subject: 'Votre panier vous attend — déjà 3 articles',
      html: '<p>Bonjour Anna, votre panier…</p>\n.\n<p>Fin</p>',
      text: 'Bonjour Anna,\n.\nvotre panier…',
      unsubscribe: { url: 'https://shop.example/m/u/abc', mailto: 'stop@shop.example' },
      language: 'fr',
      ...content,
    },
  };
}

describe('a mail by SMTP', () => {
  it('arrives as it was written, with its links to unsubscribe and a sender of its own', async () => {
    const { port, taken } = await openServer();
    const provider = openProvider(port, { returnPath: 'bounces@shop.example' });
    const outcome = await provider.send(mail(42));
    const reference = references.write({ workspace: 7, id: 42 });
    expect(outcome).toEqual({ kind: 'accepted', providerMessageId: `${reference}@shop.example` });
    expect(taken[0]).toMatchObject({ from: `bounces+${reference}@shop.example`, to: ['anna@example.com'] });
    const parsed = await PostalMime.parse(taken[0]?.raw ?? '');
    expect(parsed).toMatchObject({
      from: { name: 'Maison Dupré', address: 'hello@shop.example' },
      to: [{ name: 'Anna', address: 'anna@example.com' }],
      subject: 'Votre panier vous attend — déjà 3 articles',
      messageId: `<${reference}@shop.example>`,
      date: '2026-11-21T10:00:00.000Z',
    });
    expect(parsed.text?.trim()).toBe('Bonjour Anna,\n.\nvotre panier…');
    expect(parsed.html?.trim()).toBe('<p>Bonjour Anna, votre panier…</p>\n.\n<p>Fin</p>');
    const headers = new Map(parsed.headers.map(({ key, value }) => [key, value]));
    expect(headers.get('list-unsubscribe')).toBe('<https://shop.example/m/u/abc>, <mailto:stop@shop.example>');
    expect(headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(headers.get('content-language')).toBe('fr');
  });

  it('names an address for leaving where somebody reads what comes to it', async () => {
    const { port, taken } = await openServer();
    const provider = openProvider(port, { returnPath: 'bounces@shop.example', readsReturns: true });
    await provider.send(mail(42));
    const reference = references.write({ workspace: 7, id: 42 });
    const { headers } = await PostalMime.parse(taken[0]?.raw ?? '');
    expect(headers.find(({ key }) => key === 'list-unsubscribe')?.value).toBe(
      `<https://shop.example/m/u/abc>, <mailto:bounces+leave-${reference}@shop.example?subject=unsubscribe>`,
    );
  });

  it('has no line over 78 characters whatever the template says', async () => {
    const { port, taken } = await openServer();
    const long = 'é'.repeat(3_000);
    await openProvider(port).send(
      mail(1, { html: `<p>${long}</p> ${'x'.repeat(5_000)}`, subject: `${long.slice(0, 300)} ${'y'.repeat(400)}` }),
    );
    const raw = taken[0]?.raw.toString('latin1') ?? '';
    for (const line of raw.split('\r\n')) expect(line.length).toBeLessThan(79);
    const parsed = await PostalMime.parse(taken[0]?.raw ?? '');
    expect(parsed.html?.trim()).toBe(`<p>${long}</p> ${'x'.repeat(5_000)}`);
    expect(parsed.subject).toBe(`${long.slice(0, 300)} ${'y'.repeat(400)}`);
  });

  it('carries a DKIM signature over both unsubscribe fields that others can verify', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'der' },
    });
    const { port, taken } = await openServer();
    const key = { domain: 'shop.example', selector: 'vitrail', privateKey };
    expect(await openProvider(port, {}, key).send(mail(5))).toMatchObject({ kind: 'accepted' });
    const record = `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`;
    const { results } = await dkimVerify(taken[0]?.raw ?? '', {
      resolver: async (name: string) => {
        expect(name).toBe('vitrail._domainkey.shop.example');
        return [[record]];
      },
    });
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({ status: { result: 'pass' }, signingDomain: 'shop.example' });
    expect(results[0]).toHaveProperty(
      'signingHeaders.keys',
      expect.stringMatching(/list-unsubscribe: list-unsubscribe-post/i),
    );
  });

  it('lets nothing in a name, a subject or an address add a header or a recipient', async () => {
    const { port, taken } = await openServer();
    const provider = openProvider(port);
    const evil = 'Anna\r\nBcc: everybody@example.com\r\n\r\n<script>';
    const outcome = await provider.send(
      mail(9, {
        subject: evil,
        from: { name: evil, address: 'hello@shop.example' },
        toName: `"${evil}\\`,
        replyTo: `x@shop.example\r\nBcc: y@example.com`,
        language: `fr\r\nX-Bad: 1`,
        unsubscribe: { url: 'https://shop.example/u\r\nX-Bad: 1' },
      }),
    );
    expect(outcome).toMatchObject({ kind: 'accepted' });
    const parsed = await PostalMime.parse(taken[0]?.raw ?? '');
    expect(parsed.headers.map(({ key }) => key).sort()).toEqual(
      ['content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'].sort(),
    );
    expect(parsed.subject).toBe('Anna Bcc: everybody@example.com <script>');
    expect(parsed.to?.[0]).toMatchObject({ address: 'anna@example.com' });
    for (const to of [
      'a@b.example\r\nRCPT TO:<c@d.example>',
      'a@b.example,c@d.example',
      '<a@b.example>',
      'a b@c.example',
      'a@localhost',
      '',
    ])
      expect(await provider.send(mail(10, {}, to))).toMatchObject({ kind: 'rejected', reason: 'invalid_address' });
    expect(await provider.send(mail(11, { from: { name: 'x', address: 'x@y\r\nz' } }))).toMatchObject({
      kind: 'rejected',
      reason: 'refused',
    });
    expect(taken).toHaveLength(1);
  });

  it('goes over kept connections, also after a refusal and after the server hung up in between', async () => {
    let connections = 0;
    const server = await openServer({
      onConnect(_session, done) {
        connections += 1;
        done();
      },
      onRcptTo({ address }, _session, done) {
        done(address === 'gone@example.com' ? reply(550, '5.1.1 No such user') : undefined);
      },
    });
    const provider = openProvider(server.port);
    await provider.send(mail(1));
    await provider.send(mail(2, {}, 'gone@example.com'));
    expect(await provider.send(mail(3))).toMatchObject({ kind: 'accepted' });
    expect(connections).toBe(1);
    server.hangUp();
    expect(await provider.send(mail(4))).toMatchObject({ kind: 'accepted' });
    expect(server.taken).toHaveLength(3);
  });
});

const reply = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });

describe('what a mail server says', () => {
  it.each([
    [
      550,
      '5.1.1 <anna@example.com>: Recipient address rejected: User unknown',
      { kind: 'rejected', reason: 'invalid_address' },
    ],
    [550, 'No such user here', { kind: 'rejected', reason: 'invalid_address' }],
    [551, 'User not local', { kind: 'rejected', reason: 'invalid_address' }],
    [552, '5.2.2 Mailbox full', { kind: 'rejected', reason: 'refused' }],
    [550, '5.7.1 Message blocked by policy, see our list', { kind: 'rejected', reason: 'refused' }],
    [
      554,
      'Your access to this mail system has been rejected due to poor reputation',
      { kind: 'rejected', reason: 'refused' },
    ],
    [450, '4.2.0 Greylisted, try again later', { kind: 'retry', reason: 'deferred' }],
    [451, '4.7.1 Try again later', { kind: 'retry', reason: 'deferred' }],
    [452, '4.3.1 Insufficient system storage', { kind: 'retry', reason: 'deferred' }],
    [421, '4.7.0 Too many connections', { kind: 'retry', reason: 'unavailable' }],
  ])('of the recipient, %i %s', async (code, text, expected) => {
    const { port } = await openServer({ onRcptTo: (_address, _session, done) => done(reply(code, text)) });
    const outcome = await openProvider(port).send(mail(1));
    expect(outcome).toMatchObject(expected);
    expect(JSON.stringify(outcome)).not.toContain('anna@');
  });

  it('of the sender, is no word on the recipient', async () => {
    const { port } = await openServer({
      onMailFrom: (_address, _session, done) => done(reply(550, '5.1.8 Bad sender')),
    });
    expect(await openProvider(port).send(mail(1))).toMatchObject({ kind: 'rejected', reason: 'refused' });
  });

  it('of the mail, is no word on the recipient', async () => {
    const { port } = await openServer({
      onData(stream, _session, done) {
        stream.resume().on('end', () => done(reply(550, 'Message considered spam')));
      },
    });
    expect(await openProvider(port).send(mail(1))).toMatchObject({ kind: 'rejected', reason: 'refused' });
  });

  it('of our password, waits for the operator', async () => {
    const { port } = await openServer({ onAuth: (_auth, _session, done) => done(reply(535, '5.7.8 Wrong')) });
    const provider = openProvider(port, { credentials: { user: 'shop', password: 'wrong' } });
    expect(await provider.send(mail(1))).toMatchObject({ kind: 'retry', reason: 'credentials' });
  });
});

describe('a server that hangs up or falls silent', () => {
  const phases = {
    'when connected': { certain: true, hooks: (act: () => void) => ({ onConnect: act }) },
    'at the sender': { certain: true, hooks: (act: () => void) => ({ onMailFrom: act }) },
    'at the recipient': { certain: true, hooks: (act: () => void) => ({ onRcptTo: act }) },
    'when it has the mail': {
      certain: false,
      hooks: (act: () => void) => ({
        onData: (stream: { resume(): { on(name: string, listener: () => void): void } }) =>
          stream.resume().on('end', act),
      }),
    },
    'in the middle of the mail': {
      certain: false,
      hooks: (act: () => void) => ({
        onData: (stream: { once(name: string, listener: () => void): void }) => stream.once('data', act),
      }),
    },
  };
  for (const [phase, { certain, hooks }] of Object.entries(phases))
    for (const way of ['hangs up', 'falls silent'])
      it(`${way} ${phase}: the mail ${certain ? 'may be sent again' : 'is uncertain'}`, async () => {
        let hangUp = (): void => undefined;
        const act = (): void => {
          if (way === 'hangs up') hangUp();
        };
        const server = await openServer(hooks(act));
        hangUp = server.hangUp;
        const outcome = await openProvider(server.port).send(mail(1, { html: 'x'.repeat(200_000) }));
        expect(outcome).toMatchObject(certain ? { kind: 'retry', reason: 'unavailable' } : { kind: 'uncertain' });
      });

  it('is not there at all: the mail may be sent again', async () => {
    const { port } = await openServer();
    await closers.pop()?.();
    expect(await openProvider(port).send(mail(1))).toMatchObject({ kind: 'retry', reason: 'unavailable' });
  });
});
