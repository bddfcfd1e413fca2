import type { ProviderKindName } from '@vitrail/contracts';
import type { Key, Translate } from '../../i18n/messages.ts';

/** Names that companies give their own settings stay as they are in every language; ours are translated. */
const labels: Readonly<Record<string, Key>> = {
  host: 'channels.field.host',
  port: 'channels.field.port',
  security: 'channels.field.security',
  user: 'channels.field.user',
  password: 'channels.field.password',
  returnPath: 'channels.field.returnPath',
  mailboxHost: 'channels.field.mailboxHost',
  mailboxPort: 'channels.field.mailboxPort',
  mailboxSecurity: 'channels.field.mailboxSecurity',
  mailboxUser: 'channels.field.mailboxUser',
  mailboxPassword: 'channels.field.mailboxPassword',
  region: 'channels.field.region',
  domain: 'channels.field.domain',
  from: 'channels.field.from',
  sender: 'channels.field.from',
  contact: 'channels.field.contact',
  url: 'channels.field.url',
  environment: 'channels.field.environment',
  publicKey: 'channels.field.publicKey',
  privateKey: 'channels.field.privateKey',
};
const hints: Readonly<Record<string, Key>> = {
  returnPath: 'channels.hint.returnPath',
  mailboxHost: 'channels.hint.mailboxHost',
  publicKey: 'channels.hint.publicKey',
  url: 'channels.hint.url',
  signingSecret: 'channels.hint.signingSecret',
  webhookPublicKey: 'channels.hint.webhookPublicKey',
  signingKey: 'channels.hint.signingKey',
  signatureSecret: 'channels.hint.signingKey',
  appSecret: 'channels.hint.signingKey',
  serviceAccount: 'channels.hint.serviceAccount',
};

/** As in the company's own console, so that the reader finds it there. */
const names: Readonly<Record<string, string>> = {
  accessKeyId: 'Access key ID',
  secretAccessKey: 'Secret access key',
  configurationSet: 'Configuration set',
  apiKey: 'API key',
  webhookPublicKey: 'Webhook verification key',
  signingKey: 'Webhook signing key',
  serverToken: 'Server API token',
  messageStream: 'Message stream',
  accountSid: 'Account SID',
  authToken: 'Auth token',
  applicationId: 'Application ID',
  signatureSecret: 'Signature secret',
  applicationKey: 'Application key',
  applicationSecret: 'Application secret',
  consumerKey: 'Consumer key',
  serviceName: 'Service name',
  serviceAccount: 'Service account (JSON)',
  teamId: 'Team ID',
  keyId: 'Key ID',
  bundleId: 'Bundle ID',
  phoneNumberId: 'Phone number ID',
  accessToken: 'Access token',
  appSecret: 'App secret',
  signingSecret: 'Signing secret',
  webhookUrl: 'Webhook URL',
};

export function fieldWords(t: Translate, kind: ProviderKindName, name: string): { label: string; hint: string | null } {
  const label = labels[name];
  const hint = name === 'publicKey' && kind !== 'vapid' ? undefined : hints[name];
  return { label: label === undefined ? (names[name] ?? name) : t(label), hint: hint === undefined ? null : t(hint) };
}

const securities: Readonly<Record<string, Key>> = {
  tls: 'channels.security.tls',
  starttls: 'channels.security.starttls',
  optional: 'channels.security.optional',
  none: 'channels.security.none',
};

const choices: Readonly<Record<string, Readonly<Record<string, Key>>>> = {
  security: securities,
  mailboxSecurity: { ...securities, tls: 'channels.security.mailboxTls' },
};

/** What a choice means where its own name does not say it. */
export function choiceWord(t: Translate, field: string, value: string): string {
  const key = choices[field]?.[value];
  return key === undefined ? value : t(key);
}
