import type { AddressInfo } from 'node:net';
import { channelListSchema, eventListSchema, messagePageSchema } from '@vitrail/contracts';
import { SMTPServer } from 'smtp-server';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { poll } from '../../server/test/poll.ts';
import { startServer, writeKey } from './harness/startServer.ts';
import { basic } from './hostile/send.ts';

interface Mail {
  readonly from: string;
  readonly text: string;
}

async function openMailServer(): Promise<{ port: number; mails: Mail[] }> {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, { envelope }, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
      });
      stream.on('end', () => {
        mails.push({ from: envelope.mailFrom === false ? '' : envelope.mailFrom.address, text });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => server.close(() => undefined));
  const { port } = server.server.address() as AddressInfo;
  return { port, mails };
}

const idSchema = z.object({ id: z.string() });
const mjml = `<mjml><mj-body><mj-section><mj-column><mj-text>Your order is ready.</mj-text>
  <mj-button href="https://shop.example/orders/1?a=b">Look at it</mj-button></mj-column></mj-section></mj-body></mjml>`;

/** What a mail server sends back for an address that does not exist, to the envelope sender. */
const bounceTo = (to: string): string =>
  [
    'From: MAILER-DAEMON@mx.example.net',
    `To: ${to}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.net',
    '',
    'Final-Recipient: rfc822; anna@example.com',
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 User unknown',
    '--b--',
    '',
  ].join('\r\n');

it('a mail goes out by a real mail server; a click and a bounce come back to the person and the address', async () => {
  const { port, mails } = await openMailServer();
  const url = `smtp://127.0.0.1:${port}?connections=2&return_path=bounces@shop.example`;
  const server = await startServer({ env: { VITRAIL_SMTP_URL: url } });
  onTestFinished(() => server.dispose());
  const { api } = server;
  await fetch(`${server.url}/v1/identify`, {
    method: 'POST',
    headers: { authorization: basic(writeKey), 'content-type': 'application/json' },
    body: JSON.stringify({ userId: 'u1', traits: { email: 'anna@example.com', firstName: 'Anna' } }),
  });
  await api.waitSettled();
  const template = idSchema.parse(
    await api.post('/api/v1/templates', {
      name: 'Order',
      channel: 'email',
      content: {
        kind: 'email',
        fallbackLanguage: 'en',
        sender: { name: 'Shop', address: 'hello@shop.example' },
        languages: { en: { subject: 'Anna, your order', mjml } },
      },
    }),
  );
  const send = async (idempotencyKey: string): Promise<string> =>
    idSchema.parse(
      await api.post('/api/v1/messages', {
        identifier: 'email:anna@example.com',
        template: template.id,
        idempotencyKey,
      }),
    ).id;
  const stateOf = async (id: string) =>
    (await api.get('/api/v1/messages', messagePageSchema)).items.find((message) => message.id === id);
  const first = await send('first');
  const mail = await poll('the mail', () => mails[0]);
  expect(
    await poll('the message to be sent', async () => ((await stateOf(first))?.state === 'sent' ? true : null)),
  ).toBe(true);

  // Soft line breaks of quoted-printable taken out, as a mail program does.
  const page = mail.text.replace(/=\r\n/g, '').replace(/=3D/g, '=');
  const link = /href="([^"]*\/m\/c\/[^"]*)"/.exec(page)?.[1] ?? '';
  const followed = await fetch(link, {
    redirect: 'manual',
    headers: { 'user-agent': 'Mozilla/5.0 (X11) Firefox/140.0' },
  });
  expect([followed.status, followed.headers.get('location')]).toEqual([302, 'https://shop.example/orders/1?a=b']);
  const { mailHookUrl } = await api.get('/api/v1/channels', channelListSchema);
  const headers = { 'content-type': 'message/rfc822' };
  const bounced = await fetch(mailHookUrl, { method: 'POST', headers, body: bounceTo(mail.from) });
  expect(bounced.status).toBe(204);

  const anna = (await api.findProfile('user_id', 'u1')) ?? '';
  const names = await poll('the click and the bounce on the timeline', async () => {
    const { items } = await api.get(`/api/v1/profiles/${anna}/events`, eventListSchema);
    const seen = items.map(({ event }) => event);
    return seen.includes('Email Link Clicked') && seen.includes('Email Bounced') ? seen : null;
  });
  expect(names).toContain('Email Sent');
  // Nothing goes to an address that does not exist, also what people wait for.
  const second = await send('second');
  const kept = await poll('the second message to be decided', async () => {
    const message = await stateOf(second);
    return message?.state === 'skipped' ? message : null;
  });
  expect(kept.reason).toBe('suppressed');
  expect(mails).toHaveLength(1);
});
