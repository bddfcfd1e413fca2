import { pgQuery } from '../../platform/index.ts';

/** Creates the installation's secret at the first start; later starts change nothing. */
export const insertInstallation = pgQuery({
  name: 'govern.insertInstallation',
  params: { secret: 'bytea' },
  row: {},
  text: `insert into govern.installation (secret) values (:secret) on conflict do nothing`,
});

/** The one row of this table. */
export const findInstallation = pgQuery({
  name: 'govern.findInstallation',
  params: {},
  row: { secret: 'bytea' },
  text: `select secret from govern.installation`,
});

/** Waits for, then holds until the end of the transaction, a lock that all processes on this database share. */
export const holdLock = pgQuery({
  name: 'govern.holdLock',
  params: { lock: 'int8' },
  row: { held: 'text' },
  text: `select pg_advisory_xact_lock(:lock)::text as held`,
});

/** The same lock when it is free, without waiting for it. */
export const tryLock = pgQuery({
  name: 'govern.tryLock',
  params: { lock: 'int8' },
  row: { held: 'bool' },
  text: `select pg_try_advisory_xact_lock(:lock) as held`,
});
