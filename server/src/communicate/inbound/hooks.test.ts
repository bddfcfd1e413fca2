import { createHash, createHmac, createSign, generateKeyPairSync, sign } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import type { HookContext, HookReading, HookRequest } from './hook.ts';
import { readHooks } from './readHooks.ts';

const now = new Date('2026-11-21T10:00:00Z');
const seconds = Math.floor(now.getTime() / 1_000);
const reference = '7-16-abcdefghijklm';

async function read(
  kind: string,
  request: Partial<HookRequest>,
  fields: Record<string, string> = {},
  fetchText: HookContext['fetchText'] = async () => null,
): Promise<HookReading> {
  const reader = readHooks.get(kind);
  if (reader === undefined) throw new Error(`no reader for ${kind}`);
  const whole = {
    method: 'POST',
    url: 'https://shop.example/m/hooks/x/y',
    query: {},
    headers: {},
    body: Buffer.alloc(0),
    ...request,
  };
  return reader(whole, { fields, now, fetchText });
}
const bytes = (value: unknown): Buffer => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const kindsOf = (reading: HookReading): string[] =>
  reading.kind === 'read'
    ? reading.news.map(({ kind, reference: text }) => `${kind} ${text.includes(reference)}`)
    : [reading.kind];

describe('news of SendGrid', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const webhookPublicKey = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const body = bytes([
    { event: 'delivered', vitrail: reference, sg_message_id: 'a.b', timestamp: seconds },
    { event: 'bounce', type: 'bounce', status: '5.1.1', reason: '550 5.1.1 no such user', vitrail: reference },
    { event: 'bounce', type: 'blocked', status: '5.7.1', reason: 'blocked by policy', vitrail: reference },
    { event: 'deferred', vitrail: reference },
    { event: 'spamreport', vitrail: reference },
  ]);
  const headers = {
    'x-twilio-email-event-webhook-timestamp': String(seconds),
    'x-twilio-email-event-webhook-signature': sign(
      'sha256',
      Buffer.concat([Buffer.from(String(seconds)), body]),
      privateKey,
    ).toString('base64'),
  };

  it('is believed with its signature', async () => {
    const reading = await read('sendgrid', { body, headers }, { webhookPublicKey });
    expect(kindsOf(reading)).toEqual(['delivered true', 'bounced true', 'soft_bounced true', 'complained true']);
    const deferred = reading.kind === 'read' && reading.news.some(({ reason }) => reason.includes('deferred'));
    expect(deferred).toBe(false);
  });
  it('is not believed when a byte was changed, or without a signature', async () => {
    expect(
      kindsOf(await read('sendgrid', { body: Buffer.concat([body, Buffer.from(' ')]), headers }, { webhookPublicKey })),
    ).toEqual(['forged']);
    expect(kindsOf(await read('sendgrid', { body }, { webhookPublicKey }))).toEqual(['forged']);
  });
});

describe('news of Mailgun', () => {
  const event = (data: object, at = seconds, key = 'sign') => {
    const [timestamp, token] = [String(at), 'tok'];
    const signature = createHmac('sha256', key)
      .update(timestamp + token)
      .digest('hex');
    return bytes({
      signature: { timestamp, token, signature },
      'event-data': { 'user-variables': { vitrail: reference }, ...data },
    });
  };
  const failed = {
    event: 'failed',
    severity: 'permanent',
    'delivery-status': { code: 550, message: '5.1.1 no such user' },
  };
  it.each([
    ['a delivery', { event: 'delivered' }, ['delivered true']],
    ['an unknown address', failed, ['bounced true']],
    ['a temporary failure, which is none yet', { ...failed, severity: 'temporary' }, []],
    [
      'a full mailbox',
      { ...failed, 'delivery-status': { code: 552, message: '5.2.2 mailbox full' } },
      ['soft_bounced true'],
    ],
    ['a complaint', { event: 'complained' }, ['complained true']],
  ])('%s', async (_name, data, expected) => {
    expect(kindsOf(await read('mailgun', { body: event(data) }, { signingKey: 'sign' }))).toEqual(expected);
  });
  it('is not believed when signed by another or long ago', async () => {
    expect(kindsOf(await read('mailgun', { body: event(failed, seconds, 'other') }, { signingKey: 'sign' }))).toEqual([
      'forged',
    ]);
    expect(kindsOf(await read('mailgun', { body: event(failed, seconds - 90_000) }, { signingKey: 'sign' }))).toEqual([
      'forged',
    ]);
  });
});

describe('news of Amazon', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificate = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const host = 'https://sns.eu-west-1.amazonaws.com';
  const envelope = (message: unknown, more: Record<string, string> = {}) => {
    const fields: Record<string, string> = {
      Message: JSON.stringify(message),
      MessageId: 'm1',
      Timestamp: now.toISOString(),
      TopicArn: 'arn:aws:sns:eu-west-1:1:t',
      Type: 'Notification',
      ...more,
    };
    const names = Object.keys(fields)
      .filter((name) => !name.startsWith('Signing'))
      .sort();
    const text = names.map((name) => `${name}\n${fields[name]}\n`).join('');
    const Signature = createSign('RSA-SHA256').update(text).sign(privateKey, 'base64');
    return bytes({ SigningCertURL: `${host}/c.pem`, ...fields, SignatureVersion: '2', Signature });
  };
  const fetchText = async (url: string) => (url === `${host}/c.pem` ? certificate : null);
  const mail = { messageId: 'ses1', tags: { vitrail: [reference] } };

  it.each([
    [{ eventType: 'Delivery', mail }, ['delivered true']],
    [{ eventType: 'Bounce', bounce: { bounceType: 'Permanent' }, mail }, ['bounced true']],
    [{ notificationType: 'Bounce', bounce: { bounceType: 'Transient' }, mail }, ['soft_bounced true']],
    [{ eventType: 'Complaint', complaint: { complaintFeedbackType: 'abuse' }, mail }, ['complained true']],
  ])('%j', async (message, expected) => {
    expect(kindsOf(await read('ses', { body: envelope(message) }, {}, fetchText))).toEqual(expected);
  });
  it('is not believed with a certificate of another host', async () => {
    const asked: string[] = [];
    const fetchAny = async (url: string) => {
      asked.push(url);
      return certificate;
    };
    for (const SigningCertURL of [
      'https://evil.example/c.pem',
      'https://sns.eu-west-1.amazonaws.com.evil.example/c.pem',
      'http://sns.eu-west-1.amazonaws.com/c.pem',
      'https://sns.eu-west-1.amazonaws.com@evil.example/c.pem',
    ])
      expect(kindsOf(await read('ses', { body: envelope({}, { SigningCertURL }) }, {}, fetchAny))).toEqual(['forged']);
    expect(asked).toEqual([]);
  });
});

describe('news of text companies', () => {
  const twilio = (form: Record<string, string>, authToken = 'token') => {
    const url = 'https://shop.example/m/hooks/twilio/t?message=x';
    const text =
      url +
      Object.keys(form)
        .sort()
        .map((name) => name + form[name])
        .join('');
    const signature = createHmac('sha1', authToken).update(text).digest('base64');
    return {
      url,
      query: { message: reference },
      headers: { 'x-twilio-signature': signature },
      body: Buffer.from(new URLSearchParams(form).toString()),
    };
  };
  it('of Twilio: signed states, errors and answers', async () => {
    const fields = { authToken: 'token' };
    expect(kindsOf(await read('twilio', twilio({ MessageSid: 'SM1', MessageStatus: 'delivered' }), fields))).toEqual([
      'delivered true',
    ]);
    expect(
      kindsOf(
        await read('twilio', twilio({ MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: '30005' }), fields),
      ),
    ).toEqual(['bounced true']);
    expect(
      kindsOf(
        await read('twilio', twilio({ MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: '30003' }), fields),
      ),
    ).toEqual(['soft_bounced true']);
    expect(
      await read('twilio', twilio({ MessageSid: 'SM2', From: '+33612345678', Body: 'STOP' }), fields),
    ).toMatchObject({ texts: [{ from: '+33612345678', text: 'STOP' }] });
    expect(
      kindsOf(await read('twilio', twilio({ MessageSid: 'SM1', MessageStatus: 'delivered' }, 'other'), fields)),
    ).toEqual(['forged']);
  });
  it('of Vonage: a token over the body', async () => {
    const body = bytes({
      message_uuid: 'u1',
      status: 'rejected',
      client_ref: reference,
      error: { type: '#1330' },
      timestamp: now.toISOString(),
    });
    const token = (secret: string) =>
      new SignJWT({ payload_hash: createHash('sha256').update(body).digest('hex') })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuedAt(seconds)
        .sign(Buffer.from(secret));
    const request = async (secret: string) => ({ body, headers: { authorization: `Bearer ${await token(secret)}` } });
    const fields = { signatureSecret: 'a-secret-of-32-characters-or-more' };
    expect(kindsOf(await read('vonage', await request(fields.signatureSecret), fields))).toEqual(['bounced true']);
    expect(kindsOf(await read('vonage', await request('another-secret-of-32-characters!!'), fields))).toEqual([
      'forged',
    ]);
    expect(
      kindsOf(
        await read(
          'vonage',
          { ...(await request(fields.signatureSecret)), body: bytes({ message_uuid: 'u2' }) },
          fields,
        ),
      ),
    ).toEqual(['forged']);
  });
  it('of OVHcloud, in the query', async () => {
    expect(kindsOf(await read('ovh', { method: 'GET', query: { id: '42', dlr: '1' } }))).toEqual(['delivered false']);
    expect(kindsOf(await read('ovh', { method: 'GET', query: { id: '42', dlr: '2', ptt: '13' } }))).toEqual([
      'soft_bounced false',
    ]);
  });
  it('of WhatsApp: signed states and answers, and the question whether we are there', async () => {
    const body = bytes({
      object: 'whatsapp_business_account',
      entry: [
        {
          changes: [
            {
              value: {
                statuses: [
                  { id: 'w1', status: 'delivered', biz_opaque_callback_data: reference, timestamp: String(seconds) },
                  { id: 'w1', status: 'read', biz_opaque_callback_data: reference, timestamp: String(seconds) },
                  { id: 'w1', status: 'sent', biz_opaque_callback_data: reference, timestamp: String(seconds) },
                ],
                messages: [{ from: '33612345678', id: 'w2', text: { body: 'Stop' } }],
              },
            },
          ],
        },
      ],
    });
    const headers = { 'x-hub-signature-256': `sha256=${createHmac('sha256', 'app').update(body).digest('hex')}` };
    const reading = await read('whatsapp', { body, headers }, { appSecret: 'app' });
    // What was read was delivered, even when that was never told.
    expect(kindsOf(reading)).toEqual(['delivered true', 'delivered true', 'opened true']);
    expect(reading).toMatchObject({ texts: [{ from: '+33612345678', text: 'Stop' }] });
    expect(kindsOf(await read('whatsapp', { body, headers }, { appSecret: 'other' }))).toEqual(['forged']);
    expect(await read('whatsapp', { method: 'GET', query: { 'hub.challenge': '1158' } })).toMatchObject({
      reply: { body: '1158' },
    });
  });
});

describe('news of Postmark and Brevo', () => {
  it.each([
    ['postmark', { RecordType: 'Delivery', Metadata: { vitrail: reference } }, ['delivered true']],
    ['postmark', { RecordType: 'Bounce', Type: 'HardBounce', Metadata: { vitrail: reference } }, ['bounced true']],
    ['postmark', { RecordType: 'Bounce', Type: 'Transient', Metadata: { vitrail: reference } }, []],
    ['postmark', { RecordType: 'SpamComplaint', Metadata: { vitrail: reference } }, ['complained true']],
    ['brevo', { event: 'delivered', tags: [reference] }, ['delivered true']],
    ['brevo', { event: 'hard_bounce', tags: [reference] }, ['bounced true']],
    ['brevo', { event: 'deferred', tags: [reference] }, []],
    ['brevo', { event: 'spam', tag: reference }, ['complained true']],
    ['brevo', 'not JSON', ['unreadable']],
  ])('%s %j', async (kind, body, expected) => {
    expect(kindsOf(await read(kind, { body: bytes(body) }))).toEqual(expected);
  });
});
