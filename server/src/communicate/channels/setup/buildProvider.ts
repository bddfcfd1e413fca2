import type { ProviderKindName } from '@vitrail/contracts';
import type { Clock } from '../../../platform/index.ts';
import { slack } from '../chat/slack.ts';
import { brevo } from '../email/brevo.ts';
import { mailgun } from '../email/mailgun.ts';
import { postmark } from '../email/postmark.ts';
import { sendgrid } from '../email/sendgrid.ts';
import { ses } from '../email/ses.ts';
import { createSmtpProvider, type SmtpDeps } from '../email/smtp.ts';
import type { HttpClient } from '../http/callHttp.ts';
import { createHttpClient } from '../http/callHttp.ts';
import { createHttpProvider, type HttpAdapter, readJson } from '../http/httpProvider.ts';
import type { MessageReferences } from '../messageReference.ts';
import type { Provider } from '../provider.ts';
import { createApnsProvider } from '../push/apns.ts';
import { fcm, serviceAccountSchema } from '../push/fcm.ts';
import { vapid } from '../push/webPush.ts';
import { ovh } from '../sms/ovh.ts';
import { twilio } from '../sms/twilio.ts';
import { vonage } from '../sms/vonage.ts';
import { webhook } from '../webhook/webhook.ts';
import { whatsapp } from '../whatsapp/cloud.ts';

export interface ProviderSetUp {
  readonly kind: ProviderKindName;
  /** Settings and secrets by the names of the catalogue. */
  readonly fields: Readonly<Record<string, string>>;
  readonly limits: Provider['limits'];
  readonly hookUrl: string | null;
}

export interface BuildDeps {
  readonly clock: Clock;
  readonly references: MessageReferences;
  readonly dkimKeyOf: SmtpDeps['dkimKeyOf'];
  /** Webhooks may call private addresses. */
  readonly privateWebhooks: boolean;
  /** Tests put a stand-in for the companies' servers here. */
  readonly createHttp?: typeof createHttpClient;
}

const timeoutMs = 30_000;

/** The adapter of a kind, with its settings. Throws for settings that the catalogue would have refused. */
export function buildProvider(setUp: ProviderSetUp, deps: BuildDeps): Provider {
  const { kind, limits, fields } = setUp;
  const field = (name: string): string => fields[name] ?? '';
  if (kind === 'smtp')
    return createSmtpProvider(
      {
        host: field('host'),
        port: Number(field('port')) || 587,
        secure: field('security') === 'tls',
        startTls: field('security') === 'none' ? 'off' : field('security') === 'optional' ? 'optional' : 'required',
        credentials: field('user') === '' ? null : { user: field('user'), password: field('password') },
        name: null,
        timeoutMs: 120_000,
        connections: limits.concurrency,
        perSecond: limits.perSecond,
        returnPath: field('returnPath') === '' ? null : field('returnPath'),
        readsReturns: field('mailboxHost') !== '',
      },
      deps,
    );
  if (kind === 'apns')
    return createApnsProvider(
      {
        origin: `https://api${field('environment') === 'sandbox' ? '.sandbox' : ''}.push.apple.com`,
        teamId: field('teamId'),
        keyId: field('keyId'),
        bundleId: field('bundleId'),
        privateKey: field('privateKey'),
      },
      limits,
      deps,
    );
  // Where the address comes from people or their browsers, it may not point into our own network.
  const open = kind === 'webhook' || kind === 'vapid' || kind === 'slack';
  const publicOnly = open && !deps.privateWebhooks;
  const http = (deps.createHttp ?? createHttpClient)({ connections: limits.concurrency, timeoutMs, publicOnly });
  return createHttpProvider(adapterOf(setUp, kind, field, http, deps), http, limits);
}

function adapterOf(
  setUp: ProviderSetUp,
  kind: Exclude<ProviderKindName, 'smtp' | 'apns'>,
  field: (name: string) => string,
  http: HttpClient,
  deps: BuildDeps,
): HttpAdapter {
  const { references } = deps;
  switch (kind) {
    case 'ses':
      return ses(
        {
          region: field('region'),
          accessKeyId: field('accessKeyId'),
          secretAccessKey: field('secretAccessKey'),
          configurationSet: field('configurationSet'),
        },
        deps,
      );
    case 'sendgrid':
      return sendgrid({ region: field('region'), apiKey: field('apiKey') }, references);
    case 'mailgun':
      return mailgun({ region: field('region'), domain: field('domain'), apiKey: field('apiKey') }, references);
    case 'brevo':
      return brevo({ apiKey: field('apiKey') }, references);
    case 'postmark':
      return postmark(
        { serverToken: field('serverToken'), messageStream: field('messageStream') || 'broadcast' },
        references,
      );
    case 'twilio':
      return twilio(
        {
          accountSid: field('accountSid'),
          authToken: field('authToken'),
          from: field('from'),
          hookUrl: setUp.hookUrl,
        },
        references,
      );
    case 'vonage':
      return vonage(
        { applicationId: field('applicationId'), privateKey: field('privateKey'), from: field('from') },
        deps,
      );
    case 'ovh':
      return ovh(
        {
          region: field('region'),
          applicationKey: field('applicationKey'),
          applicationSecret: field('applicationSecret'),
          consumerKey: field('consumerKey'),
          serviceName: field('serviceName'),
          sender: field('sender'),
        },
        deps,
      );
    case 'vapid':
      return vapid(
        { contact: field('contact'), publicKey: field('publicKey'), privateKey: field('privateKey') },
        references,
      );
    case 'fcm':
      return fcm(serviceAccountSchema.parse(readJson(field('serviceAccount'))), { ...deps, http });
    case 'whatsapp':
      return whatsapp({ phoneNumberId: field('phoneNumberId'), accessToken: field('accessToken') }, references);
    case 'webhook':
      return webhook({ url: field('url'), signingSecret: field('signingSecret') }, deps);
    case 'slack':
      return slack({ webhookUrl: field('webhookUrl') }, references);
  }
}
