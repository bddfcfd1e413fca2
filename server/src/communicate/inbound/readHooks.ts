import type { ReadHook } from './hook.ts';
import { readBrevo } from './hooks/brevo.ts';
import { readMailgun } from './hooks/mailgun.ts';
import { readOvh } from './hooks/ovh.ts';
import { readPostmark } from './hooks/postmark.ts';
import { readSendgrid } from './hooks/sendgrid.ts';
import { readSes } from './hooks/ses.ts';
import { readTwilio } from './hooks/twilio.ts';
import { readVonage } from './hooks/vonage.ts';
import { readWhatsapp } from './hooks/whatsapp.ts';
import { readReport } from './mail/readReport.ts';

/** Mail as it came, from any server: bounces and complaints are all it is read for. */
const readMail: ReadHook = async ({ body }, { now }) => {
  const news = await readReport(body, now);
  return { kind: 'read', news: news === null ? [] : [news] };
};

/** Who can send news, by the word in the address. */
export const readHooks: ReadonlyMap<string, ReadHook> = new Map([
  ['ses', readSes],
  ['sendgrid', readSendgrid],
  ['mailgun', readMailgun],
  ['brevo', readBrevo],
  ['postmark', readPostmark],
  ['twilio', readTwilio],
  ['vonage', readVonage],
  ['ovh', readOvh],
  ['whatsapp', readWhatsapp],
  ['smtp', readMail],
  ['mail', readMail],
]);
