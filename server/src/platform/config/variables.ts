import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { logLevels } from './config.ts';

/**
 * The environment variables by name. Each message completes the sentence "NAME …", says what is expected, and never
 * repeats the value, which may be a secret.
 */
const wholeNumber = (least: number, most: number) => {
  const message = `must be a whole number from ${least} to ${most}.`;
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);
};

const address = (protocols: readonly string[], example: string) => {
  const message = `must be an address like ${example}.`;
  return z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), message);
};

const key = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 printable characters without spaces.')
  .refine((text) => !text.includes(':'), 'must not contain a colon, which ends the name in basic authentication.');

const proxies = z.string().transform((text, context) => {
  if (/^(true|yes|on)$/i.test(text)) return true;
  if (/^(false|no|off)$/i.test(text)) return false;
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const ranges = text.split(',').map((range) => range.trim());
  if (ranges.every((range) => /^[\da-f.:]+(\/\d{1,3})?$/i.test(range))) return ranges;
  context.addIssue({
    code: 'custom',
    message: 'must be true, false, the number of proxies in front, or their addresses separated by commas.',
  });
  return z.NEVER;
});

const megabyte = 1024 * 1024;

export const variables = z.object({
  VITRAIL_HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be a host name or an IP address, without a port.')
    .default('127.0.0.1'),
  VITRAIL_PORT: wholeNumber(0, 65_535).default(4400),
  VITRAIL_PUBLIC_URL: address(['http:', 'https:'], 'https://customers.example.com')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  VITRAIL_TRUST_PROXY: proxies.default(false),
  VITRAIL_DATA_DIR: z
    .string()
    .transform((path) => (isAbsolute(path) ? path : resolve(path)))
    .default(resolve('data')),
  DATABASE_URL: address(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/database').optional(),
  VITRAIL_DATABASE_CONNECTIONS: wholeNumber(4, 500).default(12),
  CLICKHOUSE_URL: address(['http:', 'https:'], 'http://user:password@host:8123/database').optional(),
  CLICKHOUSE_CLUSTER: z
    .string()
    .regex(/^[\w-]{1,100}$/, 'must be the name of a cluster: letters, digits, _ and -.')
    .optional(),
  VITRAIL_ADMIN_EMAIL: z.email('must be an e-mail address.').optional(),
  VITRAIL_ADMIN_PASSWORD: z
    .string()
    .min(8, 'must have at least 8 characters.')
    .max(128, 'must have at most 128 characters.')
    .optional(),
  VITRAIL_WRITE_KEY: key.optional(),
  VITRAIL_SECRET_KEY: key.optional(),
  VITRAIL_LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}.`).default('info'),
  VITRAIL_MAX_BACKLOG_EVENTS: wholeNumber(1_000, 100_000_000).default(1_000_000),
  VITRAIL_MAX_BACKLOG_MB: wholeNumber(16, 1_000_000)
    .transform((megabytes) => megabytes * megabyte)
    .default(2_048 * megabyte),
  VITRAIL_MAX_IMPORT_MB: wholeNumber(1, 1_000_000)
    .transform((megabytes) => megabytes * megabyte)
    .default(10_240 * megabyte),
  VITRAIL_STOP_SECONDS: wholeNumber(1, 3_600).default(25),
});

export type Variables = z.output<typeof variables>;
