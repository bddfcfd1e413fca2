import { PassThrough } from 'node:stream';
import type { LiveEvent } from '@vitrail/contracts';
import type { LiveHub } from './liveHub.ts';

interface LiveFilter {
  readonly sourceId?: number | undefined;
  readonly type?: string | undefined;
  readonly event?: string | undefined;
}

export interface LiveStreamOptions {
  readonly workspaceId: number;
  readonly filter: LiveFilter;
  /** Leaves out whose an event is. */
  readonly masked: boolean;
  readonly heartbeatMs?: number;
  /** The stream ends after this; the client comes back by itself and its permissions are looked at again. */
  readonly maxMs?: number;
}

/** A reader this far behind loses events instead of costing memory; it is told how many. */
const maxWaitingBytes = 256 * 1024;

const matches = ({ sourceId, type, event }: LiveFilter, live: LiveEvent): boolean =>
  (sourceId === undefined || live.sourceId === sourceId) &&
  (type === undefined || live.type === type) &&
  (event === undefined || live.event === event);

/**
 * Server-sent events: one message per event (`data` is a `LiveEvent`), `batch` with how many events a batch had and how
 * many of them are shown, `missed` with how many a slow reader lost. Ends, and stops watching, when the reader goes.
 */
export async function openLiveStream(hub: LiveHub, options: LiveStreamOptions): Promise<PassThrough> {
  const { workspaceId, filter, masked, heartbeatMs = 15_000, maxMs = 600_000 } = options;
  const stream = new PassThrough({ highWaterMark: maxWaitingBytes });
  let missed = 0;
  const send = (event: string | null, data: object): void => {
    stream.write(`${event === null ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`);
  };
  const leave = await hub.watch(workspaceId, ({ total, events }) => {
    const shown = events.filter((live) => matches(filter, live));
    if (stream.readableLength + stream.writableLength > maxWaitingBytes) {
      missed += shown.length;
      return;
    }
    if (missed > 0) send('missed', { events: missed });
    missed = 0;
    send('batch', { total, shown: shown.length });
    for (const live of shown) send(null, masked ? { ...live, profileId: null, messageId: null } : live);
  });
  const heartbeat = setInterval(() => {
    if (stream.readableLength + stream.writableLength <= maxWaitingBytes) stream.write(': still here\n\n');
  }, heartbeatMs);
  const end = setTimeout(() => stream.end(), maxMs);
  stream.once('close', () => {
    clearInterval(heartbeat);
    clearTimeout(end);
    leave();
  });
  stream.write('retry: 2000\n: Vitrail live events\n\n');
  return stream;
}
