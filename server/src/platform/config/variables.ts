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

const origins = z.string().transform((text, context) => {
  const given = text.split(',').map((one) => one.trim().replace(/\/$/, ''));
  const isOrigin = (one: string) => /^https?:/.test(one) && URL.canParse(one) && new URL(one).origin === one;
  if (given.every(isOrigin)) return given;
  context.addIssue({
    code: 'custom',
    message: 'must be addresses of servers without a path, like http://pictures.shop.lan:8080, separated by commas.',
  });
  return z.NEVER;
});

const megabyte = 1024 * 1024;

export const variables = z.object({
  VITRAIL_HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be a host name or an IP address, without a port.')
    .default('127.0.0.1')
    .describe('The address to listen on. 0.0.0.0 opens it to other machines.'),
  VITRAIL_PORT: wholeNumber(0, 65_535).default(4400).describe('The port to listen on. 0 lets the system choose.'),
  VITRAIL_PUBLIC_URL: address(['http:', 'https:'], 'https://customers.example.com')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional()
    .describe('Where browsers reach this server, when that is not host and port: behind a proxy, with a domain.'),
  VITRAIL_TRUST_PROXY: proxies.default(false).describe('Whose X-Forwarded headers are believed.'),
  VITRAIL_DATA_DIR: z
    .string()
    .transform((path) => (isAbsolute(path) ? path : resolve(path)))
    .default(resolve('data'))
    .describe('The folder for the embedded databases and uploaded files.'),
  DATABASE_URL: address(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/database')
    .optional()
    .describe('A PostgreSQL server, 15 or newer, in place of the embedded one.'),
  VITRAIL_DATABASE_CONNECTIONS: wholeNumber(4, 500).default(12).describe('Connections to PostgreSQL at most.'),
  CLICKHOUSE_URL: address(['http:', 'https:'], 'http://user:password@host:8123/database')
    .optional()
    .describe('A ClickHouse server in place of the embedded engine.'),
  CLICKHOUSE_CLUSTER: z
    .string()
    .regex(/^[\w-]{1,100}$/, 'must be the name of a cluster: letters, digits, _ and -.')
    .optional()
    .describe('The cluster on which tables are replicated and distributed; needs CLICKHOUSE_URL.'),
  VITRAIL_ADMIN_EMAIL: z
    .email('must be an e-mail address.')
    .optional()
    .describe('Creates the first owner and workspace at the first start, with the password below.'),
  VITRAIL_ADMIN_PASSWORD: z
    .string()
    .min(8, 'must have at least 8 characters.')
    .max(128, 'must have at most 128 characters.')
    .optional()
    .describe('The password of that owner.'),
  VITRAIL_WRITE_KEY: key.optional().describe('A write key to create at the first start, with a source it belongs to.'),
  VITRAIL_SECRET_KEY: key.optional().describe('A secret key to create at the first start.'),
  VITRAIL_LOG_LEVEL: z
    .enum(logLevels, `must be one of ${logLevels.join(', ')}.`)
    .default('info')
    .describe('The least important messages to log.'),
  VITRAIL_MAX_BACKLOG_EVENTS: wholeNumber(1_000, 100_000_000)
    .default(1_000_000)
    .describe('Events that may wait for the pipeline before the door answers 503.'),
  VITRAIL_MAX_BACKLOG_MB: wholeNumber(16, 1_000_000)
    .transform((megabytes) => megabytes * megabyte)
    .default(2_048 * megabyte)
    .describe('Megabytes that may wait for the pipeline before the door answers 503.'),
  VITRAIL_MAX_IMPORT_MB: wholeNumber(1, 1_000_000)
    .transform((megabytes) => megabytes * megabyte)
    .default(10_240 * megabyte)
    .describe('Megabytes of the largest file an import takes.'),
  VITRAIL_SMTP_URL: address(['smtp:', 'smtps:'], 'smtps://user:password@mail.example.com:465?connections=10')
    .optional()
    .describe(
      'The mail server for e-mail of every workspace that set up none of its own. After ?: connections, rate (messages a second), return_path, tls (required, optional or off).',
    ),
  VITRAIL_PICTURE_ORIGINS: origins
    .default([])
    .describe(
      'Servers of private networks that pictures of products may be fetched from, separated by commas: http://pictures.shop.lan:8080.',
    ),
  VITRAIL_PRIVATE_WEBHOOKS: z
    .enum(['true', 'false'], 'must be true or false.')
    .transform((text) => text === 'true')
    .default(false)
    .describe('Whether webhooks may call addresses of private networks and of this machine.'),
  VITRAIL_TEST_CLOCK: z
    .enum(['0', '1'], 'must be 0 or 1.')
    .transform((text) => text === '1')
    .default(false)
    .describe(
      '1 lets POST /api/v1/test-clock move time, to try out what days bring. Never where people are written to.',
    ),
  VITRAIL_STOP_SECONDS: wholeNumber(1, 3_600).default(25).describe('Seconds a stop waits for jobs in progress.'),
});

export type Variables = z.output<typeof variables>;
