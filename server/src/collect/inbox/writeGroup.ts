import type { Pg } from '../../platform/index.ts';
import { appendRequests } from './sql/inbox.pg.ts';
import type { InboxEntry } from './types.ts';

/** Commits entries together, all or none, in their order. */
export async function writeGroup(pg: Pick<Pg, 'run'>, entries: readonly InboxEntry[]): Promise<void> {
  // `substr` counts from 1.
  let next = 1;
  const starts = entries.map((entry) => {
    const start = next;
    next += entry.payload.length;
    return start;
  });
  await pg.run(appendRequests, {
    workspaces: entries.map((entry) => entry.workspaceId),
    sources: entries.map((entry) => entry.sourceId),
    received: entries.map((entry) => entry.receivedAt),
    hints: entries.map((entry) => entry.typeHint),
    ips: entries.map((entry) => entry.ip),
    agents: entries.map((entry) => entry.userAgent),
    gpcs: entries.map((entry) => entry.gpc === true),
    events: entries.map((entry) => entry.events),
    replays: entries.map((entry) => entry.replay),
    starts,
    lengths: entries.map((entry) => entry.payload.length),
    payloads: Buffer.concat(entries.map((entry) => entry.payload)),
  });
}
