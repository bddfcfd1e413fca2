import { Fault } from '../../../platform/index.ts';
import { cleanAddress } from './headers.ts';
import type { SmtpSettings } from './smtp.ts';

const wrong = (what: string): Fault => new Fault('invalid', 'communicate.smtp_url', `VITRAIL_SMTP_URL: ${what}`);

/** `smtps://user:password@host:465?connections=10&rate=100&return_path=bounces@shop.example&tls=required` */
export function readSmtpUrl(text: string): SmtpSettings {
  const url = new URL(text);
  const secure = url.protocol === 'smtps:';
  const numberOf = (name: string, usual: number, most: number): number => {
    const value = Number(url.searchParams.get(name) ?? usual);
    if (!Number.isInteger(value) || value < 1 || value > most)
      throw wrong(`${name} must be a whole number from 1 to ${most}.`);
    return value;
  };
  const startTls = url.searchParams.get('tls') ?? 'optional';
  if (startTls !== 'required' && startTls !== 'optional' && startTls !== 'off')
    throw wrong('tls must be required, optional or off.');
  const given = url.searchParams.get('return_path');
  const returnPath = given === null ? null : cleanAddress(given);
  if (given !== null && returnPath === null) throw wrong('return_path must be an e-mail address.');
  const user = decodeURIComponent(url.username);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    startTls,
    credentials: user === '' ? null : { user, password: decodeURIComponent(url.password) },
    name: url.searchParams.get('name'),
    timeoutMs: 120_000,
    connections: numberOf('connections', 10, 500),
    perSecond: numberOf('rate', 10_000, 10_000),
    returnPath,
    readsReturns: false,
  };
}
