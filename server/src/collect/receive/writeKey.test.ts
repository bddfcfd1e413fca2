import { describe, expect, it } from 'vitest';
import { readBearerKey, readWriteKey } from './writeKey.ts';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('readWriteKey', () => {
  it.each([
    ['Basic with an empty password', { authorization: basic('wk_1:') }, 'wk_1'],
    ['Basic with a password', { authorization: basic('wk_1:secret') }, 'wk_1'],
    ['Basic without a colon', { authorization: basic('wk_1') }, 'wk_1'],
    ['Basic in small letters', { authorization: basic('wk_1:').replace('Basic', 'basic') }, 'wk_1'],
    ['X-Write-Key', { xWriteKey: 'wk_1' }, 'wk_1'],
    ['X-Write-Key with a secret half', { xWriteKey: 'wk_1:anything' }, 'wk_1'],
    ['the query', { query: 'wk_1' }, 'wk_1'],
    ['Basic before the others', { authorization: basic('a:'), xWriteKey: 'b', query: 'c' }, 'a'],
    ['X-Write-Key before the query', { xWriteKey: 'b', query: 'c' }, 'b'],
    ['the query when Basic is empty', { authorization: basic(':'), query: 'c' }, 'c'],
  ])('reads %s', (_title, carriers, key) => {
    expect(readWriteKey(carriers)).toBe(key);
  });

  it('finds none in what is not a key', () => {
    for (const carriers of [
      {},
      { authorization: 'Basic' },
      { authorization: 'Basic ' },
      { authorization: 'Bearer wk_1' },
      { authorization: 'wk_1' },
      { xWriteKey: '', query: '' },
    ]) {
      expect(readWriteKey(carriers)).toBeNull();
    }
  });

  it('reads a bearer key apart', () => {
    expect(readBearerKey('Bearer wk_1')).toBe('wk_1');
    expect(readBearerKey('Bearer ')).toBeNull();
    expect(readBearerKey(undefined)).toBeNull();
  });
});
