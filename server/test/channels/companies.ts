import { generateKeyPairSync } from 'node:crypto';
import type { ProviderKindName } from '@vitrail/contracts';
import webPush from 'web-push';
import type { MessageContent, OutgoingMessage } from '../../src/communicate/channels/provider.ts';

/** An answer of a company's server. */
export interface Scripted {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What is particular to a company; written from its public interface description. */
export interface Company {
  readonly kind: ProviderKindName;
  readonly fields: Readonly<Record<string, string>>;
  readonly to: string;
  readonly content: MessageContent;
  readonly accepted: Scripted & { readonly id: string | RegExp };
  readonly invalidAddress: Scripted;
  readonly badCredentials: Scripted;
  /** Path of the request, and texts that it must contain. */
  readonly path: string | RegExp;
  readonly sends: readonly (string | RegExp)[];
}

const pem = (type: 'rsa' | 'ec'): string => {
  const { privateKey } =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
};
const json = (value: unknown): string => JSON.stringify(value);

const mail: MessageContent = {
  kind: 'email',
  from: { name: 'Maison Dupré', address: 'hello@shop.example' },
  toName: 'Anna',
  subject: 'Bonjour',
  html: '<p>Bonjour</p>',
  text: 'Bonjour',
  unsubscribe: { url: 'https://shop.example/m/u/abc' },
  language: 'fr',
};
const sms: MessageContent = { kind: 'text', body: 'Bonjour Anna' };
const push: MessageContent = { kind: 'push', title: 'Bonjour', body: 'Anna', url: 'https://shop.example/p/1' };

/** A browser's keys, as RFC 8291 has them. */
const browser = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'der' },
});
const subscription = json({
  endpoint: 'https://push.example/send/abc',
  keys: {
    p256dh: browser.publicKey.subarray(-65).toString('base64url'),
    auth: Buffer.alloc(16, 1).toString('base64url'),
  },
});
const vapidKeys = webPush.generateVAPIDKeys();

export const companies: readonly Company[] = [
  {
    kind: 'ses',
    fields: { region: 'eu-west-1', accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', configurationSet: 'news' },
    to: 'anna@example.com',
    content: mail,
    path: '/v2/email/outbound-emails',
    sends: [
      /"ToAddresses":\["<?.*anna@example.com/,
      'List-Unsubscribe-Post',
      '"ConfigurationSetName":"news"',
      /AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/ses/,
    ],
    accepted: { status: 200, body: json({ MessageId: '0102' }), id: '0102' },
    invalidAddress: {
      status: 400,
      headers: { 'x-amzn-errortype': 'BadRequestException' },
      body: json({ message: 'Illegal address' }),
    },
    badCredentials: { status: 403, headers: { 'x-amzn-errortype': 'InvalidSignatureException' }, body: '{}' },
  },
  {
    kind: 'sendgrid',
    fields: { region: 'global', apiKey: 'SG.x' },
    to: 'anna@example.com',
    content: mail,
    path: '/v3/mail/send',
    sends: ['Bearer SG.x', '"email":"anna@example.com"', 'List-Unsubscribe', '"click_tracking":{"enable":false'],
    accepted: { status: 202, headers: { 'x-message-id': 'sg1' }, id: 'sg1' },
    invalidAddress: {
      status: 400,
      body: json({
        errors: [{ message: 'Does not contain a valid address.', field: 'personalizations.0.to.0.email' }],
      }),
    },
    badCredentials: { status: 401, body: json({ errors: [{ message: 'authorization required' }] }) },
  },
  {
    kind: 'mailgun',
    fields: { region: 'eu', domain: 'mg.shop.example', apiKey: 'key' },
    to: 'anna@example.com',
    content: mail,
    path: '/v3/mg.shop.example/messages',
    sends: [`Basic ${Buffer.from('api:key').toString('base64')}`, 'h%3AList-Unsubscribe=', 'o%3Atracking=no'],
    accepted: {
      status: 200,
      body: json({ id: '<20.1@mg.shop.example>', message: 'Queued. Thank you.' }),
      id: '20.1@mg.shop.example',
    },
    invalidAddress: {
      status: 400,
      body: json({ message: "'to' parameter is not a valid address. please check documentation" }),
    },
    badCredentials: { status: 401, body: 'Forbidden' },
  },
  {
    kind: 'brevo',
    fields: { apiKey: 'xkeysib' },
    to: 'anna@example.com',
    content: mail,
    path: '/v3/smtp/email',
    sends: ['xkeysib', '"htmlContent"', 'List-Unsubscribe'],
    accepted: { status: 201, body: json({ messageId: '<2026@smtp-relay>' }), id: '2026@smtp-relay' },
    invalidAddress: { status: 400, body: json({ code: 'invalid_parameter', message: 'email is not valid in to' }) },
    badCredentials: { status: 401, body: json({ code: 'unauthorized', message: 'Key not found' }) },
  },
  {
    kind: 'postmark',
    fields: { serverToken: 'token', messageStream: 'broadcast' },
    to: 'anna@example.com',
    content: mail,
    path: '/email',
    sends: ['"MessageStream":"broadcast"', '"Name":"List-Unsubscribe"', '"TrackOpens":false'],
    accepted: { status: 200, body: json({ ErrorCode: 0, MessageID: 'b7bc' }), id: 'b7bc' },
    invalidAddress: {
      status: 422,
      body: json({ ErrorCode: 406, Message: 'You tried to send to a recipient that has been marked as inactive.' }),
    },
    badCredentials: {
      status: 401,
      body: json({ ErrorCode: 10, Message: 'No Account or Server API tokens were supplied' }),
    },
  },
  {
    kind: 'twilio',
    fields: { accountSid: 'AC1', authToken: 'token', from: '+33700000000' },
    to: '+33612345678',
    content: sms,
    path: '/2010-04-01/Accounts/AC1/Messages.json',
    sends: ['To=%2B33612345678', 'From=%2B33700000000', 'Body=Bonjour+Anna', 'StatusCallback=https'],
    accepted: { status: 201, body: json({ sid: 'SM1', status: 'queued' }), id: 'SM1' },
    invalidAddress: {
      status: 400,
      body: json({ code: 21211, message: "The 'To' number is not a valid phone number." }),
    },
    badCredentials: { status: 401, body: json({ code: 20003, message: 'Authenticate' }) },
  },
  {
    kind: 'vonage',
    fields: { applicationId: 'app', privateKey: pem('rsa'), from: 'Dupre' },
    to: '+33612345678',
    content: sms,
    path: '/v1/messages',
    sends: [/Bearer ey/, '"to":"33612345678"', '"channel":"sms"', '"text":"Bonjour Anna"'],
    accepted: { status: 202, body: json({ message_uuid: 'u-1' }), id: 'u-1' },
    invalidAddress: {
      status: 422,
      body: json({
        title: 'Invalid params',
        detail: 'The value of one or more parameters is invalid',
        invalid_parameters: [{ name: 'to', reason: 'invalid' }],
      }),
    },
    badCredentials: { status: 401, body: json({ title: 'Unauthorized' }) },
  },
  {
    kind: 'ovh',
    fields: {
      region: 'eu',
      applicationKey: 'ak',
      applicationSecret: 'as',
      consumerKey: 'ck',
      serviceName: 'sms-ab1-1',
      sender: 'Dupre',
    },
    to: '+33612345678',
    content: sms,
    path: '/1.0/sms/sms-ab1-1/jobs',
    sends: ['"receivers":["+33612345678"]', /\$1\$[0-9a-f]{40}/, '"noStopClause":false'],
    accepted: {
      status: 200,
      body: json({ ids: [42], invalidReceivers: [], validReceivers: ['+33612345678'] }),
      id: '42',
    },
    invalidAddress: { status: 200, body: json({ ids: [], invalidReceivers: ['+33612345678'], validReceivers: [] }) },
    badCredentials: {
      status: 403,
      body: json({ errorCode: 'INVALID_CREDENTIAL', message: 'This credential is not valid' }),
    },
  },
  {
    kind: 'vapid',
    fields: { contact: 'it@shop.example', ...vapidKeys },
    to: subscription,
    content: push,
    path: '/send/abc',
    sends: [/vapid t=ey/, 'aes128gcm'],
    accepted: { status: 201, headers: { location: 'https://push.example/m/1' }, id: 'https://push.example/m/1' },
    invalidAddress: { status: 410, body: 'push subscription has unsubscribed or expired.' },
    badCredentials: { status: 403, body: 'the VAPID key does not match' },
  },
  {
    kind: 'fcm',
    fields: { serviceAccount: json({ project_id: 'shop', client_email: 'x@shop.iam', private_key: pem('rsa') }) },
    to: 'device-token',
    content: push,
    path: '/v1/projects/shop/messages:send',
    sends: ['Bearer access', '"token":"device-token"', '"url":"https://shop.example/p/1"'],
    accepted: { status: 200, body: json({ name: 'projects/shop/messages/1' }), id: 'projects/shop/messages/1' },
    invalidAddress: {
      status: 404,
      body: json({
        error: {
          code: 404,
          status: 'NOT_FOUND',
          message: 'Requested entity was not found.',
          details: [{ errorCode: 'UNREGISTERED' }],
        },
      }),
    },
    badCredentials: { status: 401, body: json({ error: { status: 'UNAUTHENTICATED', message: 'no' } }) },
  },
  {
    kind: 'apns',
    fields: {
      environment: 'production',
      teamId: 'TEAM',
      keyId: 'KEY',
      bundleId: 'example.shop',
      privateKey: pem('ec'),
    },
    to: 'ab'.repeat(32),
    content: push,
    path: `/3/device/${'ab'.repeat(32)}`,
    sends: [/bearer ey/, 'example.shop', '"alert":{"title":"Bonjour","body":"Anna"}'],
    accepted: { status: 200, id: /^[0-9a-f-]{36}$/ },
    invalidAddress: { status: 410, body: json({ reason: 'Unregistered' }) },
    badCredentials: { status: 403, body: json({ reason: 'InvalidProviderToken' }) },
  },
  {
    kind: 'whatsapp',
    fields: { phoneNumberId: '100', accessToken: 'EAA' },
    to: '+33612345678',
    content: { kind: 'whatsapp', template: 'panier', language: 'fr', parameters: ['Anna'] },
    path: /^\/v\d+\.0\/100\/messages$/,
    sends: ['Bearer EAA', '"to":"33612345678"', '"name":"panier"', '"code":"fr"'],
    accepted: { status: 200, body: json({ messages: [{ id: 'wamid.1' }] }), id: 'wamid.1' },
    invalidAddress: { status: 400, body: json({ error: { code: 131026, message: 'Message undeliverable' } }) },
    badCredentials: { status: 401, body: json({ error: { code: 190, message: 'Access token has expired' } }) },
  },
  {
    kind: 'webhook',
    fields: { signingSecret: `whsec_${Buffer.alloc(24, 5).toString('base64')}` },
    to: 'https://hooks.example/take',
    content: { kind: 'json', body: { hello: 'Anna' } },
    path: '/take',
    sends: ['{"hello":"Anna"}', /v1,[\w+/]{43}=/],
    accepted: { status: 200, id: /^7-/ },
    invalidAddress: { status: 410 },
    badCredentials: { status: 401 },
  },
  {
    kind: 'slack',
    fields: { webhookUrl: 'https://hooks.slack.example/services/T/B/x' },
    to: '#sales',
    content: { kind: 'text', body: 'Anna bought' },
    path: '/services/T/B/x',
    sends: ['{"text":"Anna bought"}'],
    accepted: { status: 200, body: 'ok', id: /^7-/ },
    // Slack knows channels, not people: a channel that is gone is ours to mend.
    invalidAddress: { status: 404, body: 'channel_not_found' },
    badCredentials: { status: 403, body: 'invalid_token' },
  },
];

export const messageTo = (company: Company, more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  id: 42,
  workspace: 7,
  channel: 'webhook',
  kind: 'marketing',
  to: company.to,
  content: company.content,
  ...more,
});
