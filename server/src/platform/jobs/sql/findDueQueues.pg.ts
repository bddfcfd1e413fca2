import { pgQuery } from '../../postgres/index.ts';

/** Which queues have something to do now: one question for all of them, so that idling costs one query. Index job_i5 of each queue. */
export const findDueQueues = pgQuery({
  name: 'platform.findDueQueues',
  params: { names: 'text[]' },
  row: { name: 'text' },
  text: `select distinct name from jobs.job
         where name = any(:names) and state < 'active' and start_after < now()`,
});
