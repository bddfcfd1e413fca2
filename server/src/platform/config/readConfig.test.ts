import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Fault } from '../errors.ts';
import { readConfig } from './readConfig.ts';

function problemsOf(env: Record<string, string>): unknown {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof Fault) return error.details.problems;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

test('an empty environment gives the documented defaults', () => {
  const { config, warnings } = readConfig({});
  expect(config).toMatchObject({
    host: '127.0.0.1',
    port: 4400,
    publicUrl: 'http://127.0.0.1:4400',
    dataDir: resolve('data'),
    databaseUrl: undefined,
    clickhouseUrl: undefined,
    firstRun: { admin: undefined, writeKey: undefined, secretKey: undefined },
    logLevel: 'info',
    trustProxy: false,
  });
  expect(warnings).toEqual([]);
  expect(Object.isFrozen(config)).toBe(true);
});

test('every mistake is reported at once, a sentence each, without the value', () => {
  const problems = problemsOf({
    VITRAIL_PORT: '99999',
    VITRAIL_LOG_LEVEL: 'loud',
    DATABASE_URL: 'mysql://root:hunter2@db/shop',
    VITRAIL_ADMIN_EMAIL: 'nobody',
    VITRAIL_TRUST_PROXY: 'perhaps',
  });
  expect(problems).toEqual([
    'VITRAIL_PORT must be a whole number from 0 to 65535.',
    'VITRAIL_TRUST_PROXY must be true, false, the number of proxies in front, or their addresses separated by commas.',
    'DATABASE_URL must be an address like postgres://user:password@host:5432/database.',
    'VITRAIL_ADMIN_EMAIL must be an e-mail address.',
    'VITRAIL_LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent.',
  ]);
});

test('variables that only make sense together are asked for together', () => {
  expect(
    problemsOf({
      VITRAIL_ADMIN_EMAIL: 'admin@example.com',
      CLICKHOUSE_CLUSTER: 'main',
      VITRAIL_WRITE_KEY: 'same',
      VITRAIL_SECRET_KEY: 'same',
    }),
  ).toEqual([
    'VITRAIL_ADMIN_EMAIL is set without VITRAIL_ADMIN_PASSWORD; set both or neither.',
    'CLICKHOUSE_CLUSTER is set without CLICKHOUSE_URL; the embedded engine knows no clusters.',
    'VITRAIL_WRITE_KEY and VITRAIL_SECRET_KEY are the same; the write key is public, so they must differ.',
  ]);
});

test('an unknown name is a warning with the nearest known name', () => {
  const { warnings } = readConfig({ VITRAIL_DATADIR: '/x', VITRAIL_COLOUR: 'blue', OTHER: 'x' });
  expect(warnings).toEqual([
    'VITRAIL_COLOUR is not a setting of Vitrail and is ignored',
    'VITRAIL_DATADIR is not a setting of Vitrail and is ignored; did you mean VITRAIL_DATA_DIR?',
  ]);
});

test('a short secret key is accepted with a warning that does not show it', () => {
  const { config, warnings } = readConfig({ VITRAIL_SECRET_KEY: 'sk_test' });
  expect(config.firstRun.secretKey).toBe('sk_test');
  expect(warnings).toEqual(['VITRAIL_SECRET_KEY is shorter than 20 characters and may be guessed.']);
});

test('an empty variable counts as not set', () => {
  expect(readConfig({ VITRAIL_PORT: '', DATABASE_URL: '' }).config).toMatchObject({
    port: 4400,
    databaseUrl: undefined,
  });
});

describe('the public address', () => {
  test.each([
    [{ VITRAIL_HOST: '0.0.0.0' }, 'http://localhost:4400'],
    [{ VITRAIL_HOST: '::1', VITRAIL_PORT: '8080' }, 'http://[::1]:8080'],
    [{ VITRAIL_PUBLIC_URL: 'https://cdp.example.com/' }, 'https://cdp.example.com'],
  ])('of %j is %s', (env, expected) => {
    expect(readConfig(env).config.publicUrl).toBe(expected);
  });
});

describe('trusted proxies', () => {
  test.each([
    ['true', true],
    ['off', false],
    ['2', 2],
    ['10.0.0.0/8, ::1', ['10.0.0.0/8', '::1']],
  ])('%s is understood', (text, expected) => {
    expect(readConfig({ VITRAIL_TRUST_PROXY: text }).config.trustProxy).toEqual(expected);
  });
});
