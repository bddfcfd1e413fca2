import type { Pg } from '../../platform/index.ts';
import type { Reactor } from './shipBatch.ts';
import { notifyLive } from './sql/batches.pg.ts';

/** PostgreSQL refuses notifications of 8,000 bytes and more. */
const maxBytes = 7_500;

/** Tells every process that events arrived, with the newest of them, for the live view. A sample when many come at once. */
export const publishLive =
  (pg: Pg): Reactor =>
  async ({ workspaceId, events, live }) => {
    if (live.length === 0) return;
    const shown = [...live];
    let payload = JSON.stringify({ workspaceId, total: events, events: shown });
    while (Buffer.byteLength(payload) > maxBytes && shown.length > 1) {
      shown.shift();
      payload = JSON.stringify({ workspaceId, total: events, events: shown });
    }
    if (Buffer.byteLength(payload) <= maxBytes) await pg.row(notifyLive, { payload });
  };
