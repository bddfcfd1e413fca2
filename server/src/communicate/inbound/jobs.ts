import type { Deps } from '../../platform/index.ts';
import { createMailboxWatch, type MailboxDeps } from './mailbox/watchMailboxes.ts';

const mailboxJob = 'communicate.readMailboxes';

/** Returns that come by mail. */
export function defineInboundJobs(deps: MailboxDeps & Pick<Deps, 'jobs'>): void {
  const watch = createMailboxWatch(deps);
  deps.jobs.define({
    name: mailboxJob,
    cron: '* * * * *',
    async run(_, signal) {
      return (await watch(signal)) > 0 ? { done: true } : { skipped: 'no mailbox was read' };
    },
  });
}
