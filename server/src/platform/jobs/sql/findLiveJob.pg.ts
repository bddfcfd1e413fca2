import { pgQuery } from '../../postgres/index.ts';

/** Holds off every other sender of the same key until the transaction ends. */
export const lockJobKey = pgQuery({
  name: 'platform.lockJobKey',
  params: { name: 'text', key: 'text' },
  row: { locked: 'text?' },
  text: `select pg_advisory_xact_lock(hashtextextended(:name || ' ' || :key, 4400))::text as locked`,
});

/** Does a job of this key wait or run? Scans one queue, which holds the jobs of the last hour. */
export const findLiveJob = pgQuery({
  name: 'platform.findLiveJob',
  params: { name: 'text', key: 'text' },
  row: { id: 'uuid' },
  text: `select id from jobs.job where name = :name and singleton_key = :key and state <= 'active' limit 1`,
});
