import { channelSchema, type Deliverability } from '@vitrail/contracts';
import type { Deps } from '../../platform/index.ts';
import { readSendingRules } from '../channels/sql/providers.pg.ts';
import { showBrake } from './brake.ts';
import { showDomain } from './domains.ts';
import {
  countByProvider,
  countMailByDay,
  countMailByDomain,
  countTrouble,
  listBrakes,
  listSenderDomains,
} from './sql/deliverability.pg.ts';

const dayMs = 86_400_000;
const reportDays = 30;
const shownDomains = 15;

/** How mail of a workspace does: its domains, its brakes, what came back. */
export async function readDeliverability(deps: Pick<Deps, 'pg' | 'clock'>, workspace: number): Promise<Deliverability> {
  const now = deps.clock.now().getTime();
  const since = new Date(now - reportDays * dayMs);
  const timeZone = (await deps.pg.row(readSendingRules, { workspace }))?.time_zone ?? 'UTC';
  const [domains, brakes, lately, days, channels, receivers] = await Promise.all([
    deps.pg.rows(listSenderDomains, { workspace }),
    deps.pg.rows(listBrakes, { workspace }),
    deps.pg.row(countTrouble, { workspace, channel: 'email', since: new Date(now - dayMs) }),
    deps.pg.rows(countMailByDay, { workspace, since, timeZone }),
    deps.pg.rows(countByProvider, { workspace, since }),
    deps.pg.rows(countMailByDomain, { workspace, since, limit: shownDomains }),
  ]);
  return {
    domains: domains.map(showDomain),
    brakes: brakes.map(showBrake),
    last24h: lately ?? { sent: 0, bounced: 0, complained: 0 },
    days: [...days],
    channels: channels.map((row) => ({ ...row, channel: channelSchema.parse(row.channel) })),
    receivers: [...receivers],
  };
}
