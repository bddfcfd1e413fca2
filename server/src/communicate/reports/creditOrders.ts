import { creditDays } from '@vitrail/contracts';
import type { Reactor } from '../../collect/index.ts';
import type { Deps } from '../../platform/index.ts';
import { creditOrders, hasSent } from './sql/credits.pg.ts';

/** Orders that come later than this after they were placed (an import of the past) are put down to nothing. */
const lateDays = 60;
const dayMs = 86_400_000;

/** Follows orders: each is put down to the message that came before it. Repeatable. */
export const followCredits =
  (deps: Pick<Deps, 'pg' | 'clock'>): Reactor =>
  async ({ workspaceId: workspace, touched }) => {
    if (touched.length === 0) return;
    const now = deps.clock.now().getTime();
    const since = new Date(now - lateDays * dayMs);
    const sentSince = new Date(since.getTime() - creditDays.most * dayMs);
    const known = await deps.pg.row(hasSent, { workspace, since: sentSince });
    if (known?.sent !== true) return;
    await deps.pg.run(creditOrders, { workspace, profiles: touched, since, days: creditDays.most });
  };
