import { describe, expect, test } from 'vitest';
import { Fault } from '../errors.ts';
import { toPgFault } from './pgFault.ts';

const withCode = (code: string) => Object.assign(new Error('as the driver throws it'), { code });

describe('what passes later is a fault', () => {
  test.each([
    ['ECONNREFUSED', 'platform.database_unavailable'],
    ['ENOENT', 'platform.database_unavailable'],
    ['08006', 'platform.database_unavailable'],
    ['57P01', 'platform.database_unavailable'],
    ['57P03', 'platform.database_unavailable'],
    ['53300', 'platform.database_unavailable'],
    ['25006', 'platform.database_unavailable'],
    ['53100', 'platform.disk_full'],
  ])('%s becomes %s', (code, expected) => {
    const cause = withCode(code);
    expect(toPgFault(cause)).toMatchObject({ kind: 'unavailable', code: expected, cause });
  });

  test.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
    'Cannot use a pool after calling end on the pool',
  ])('"%s" becomes platform.database_unavailable', (message) => {
    expect(toPgFault(new Error(message))).toMatchObject({ code: 'platform.database_unavailable' });
  });
});

describe('what is wrong and stays wrong comes back as it was', () => {
  test.each([withCode('23505'), withCode('42P01'), withCode('57014'), new Error('anything'), 'text'])('%o', (error) => {
    expect(toPgFault(error)).toBe(error);
  });

  test('a fault of ours', () => {
    const fault = new Fault('conflict', 'room.reason', 'Said already.');
    expect(toPgFault(fault)).toBe(fault);
  });
});
