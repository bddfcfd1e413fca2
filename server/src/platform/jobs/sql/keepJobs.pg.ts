import { pgQuery } from '../../postgres/index.ts';

/** A sign of life of a running job: its time limit starts anew. Primary key (name, id). */
export const touchJob = pgQuery({
  name: 'platform.touchJob',
  params: { name: 'text', id: 'uuid' },
  row: {},
  text: `update jobs.job set started_on = now() where name = :name and id = :id and state = 'active'`,
});

/** Puts running jobs back as if they had not begun: no try is used up. Primary key (name, id). */
export const releaseJobs = pgQuery({
  name: 'platform.releaseJobs',
  params: { name: 'text', ids: 'uuid[]' },
  row: {},
  text: `update jobs.job set state = 'created', started_on = null, start_after = now()
         where name = :name and id = any(:ids) and state = 'active'`,
});

/** The same for everything that a killed process left running. Scans the queues named, once at start. */
export const releaseOrphans = pgQuery({
  name: 'platform.releaseOrphans',
  params: { names: 'text[]' },
  row: {},
  text: `update jobs.job set state = 'created', started_on = null, start_after = now()
         where name = any(:names) and state = 'active'`,
});
