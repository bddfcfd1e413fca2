import { Fault } from '../../errors.ts';

export interface ServerAddress {
  /** Scheme, host and port: what may be logged. */
  readonly origin: string;
  readonly host: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

/** `https://user:password@host:8443/database`. The Fault never repeats the address: it may hold a password. */
export function parseServerUrl(address: string): ServerAddress {
  const url = URL.canParse(address) ? new URL(address) : null;
  const database = decodeURIComponent(url?.pathname.slice(1) ?? '');
  if (url === null || !/^https?:$/.test(url.protocol) || !/^\w*$/.test(database)) {
    throw new Fault(
      'invalid',
      'platform.clickhouse_url',
      'The address of ClickHouse must look like http://user:password@host:8123/database.',
    );
  }
  return {
    origin: url.origin,
    host: url.host,
    database: database === '' ? 'default' : database,
    user: url.username === '' ? 'default' : decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
}
