import { describe, expect, it } from 'vitest';
import { parseServerUrl } from './parseServerUrl.ts';

describe('the address of a server', () => {
  it('gives host, database, user and password', () => {
    expect(parseServerUrl('https://a%40b:p%2Fw%3A1@db.example:8443/shop')).toEqual({
      origin: 'https://db.example:8443',
      host: 'db.example:8443',
      database: 'shop',
      user: 'a@b',
      password: 'p/w:1',
    });
  });

  it('names the default database and user when it does not say', () => {
    expect(parseServerUrl('http://localhost:8123')).toMatchObject({
      database: 'default',
      user: 'default',
      password: '',
    });
  });

  it.each(['', 'localhost:8123', 'clickhouse://h/db', 'http://h/a;b', 'http://h/a/b'])('cannot be %j', (address) => {
    expect(() => parseServerUrl(address)).toThrow(/must look like/);
  });
});
