import type { Log, Pg } from '../../platform/index.ts';
import { sumWaiting } from './sql/inbox.pg.ts';

/** How much waits in the inbox, without asking PostgreSQL for each request. */
export interface Backlog {
  events(): number;
  bytes(): number;
  added(events: number, bytes: number): void;
  taken(events: number): void;
  close(): void;
}

/**
 * Counts along, and looks at the table every few seconds while anything waits: other processes take out what this one
 * put in. Idle, it asks nothing.
 */
export async function measureBacklog(
  deps: { readonly pg: Pick<Pg, 'row'>; readonly log: Log },
  everySeconds: number,
): Promise<Backlog> {
  const { pg, log } = deps;
  let events = 0;
  let bytes = 0;
  let closed = false;
  let timer: NodeJS.Timeout | null = null;

  async function measure(): Promise<void> {
    const before = { events, bytes };
    const row = await pg.row(sumWaiting, {});
    // What was added or taken while the query ran may or may not be in its answer; the next look corrects that.
    events += (row?.events ?? 0) - before.events;
    bytes += (row?.bytes ?? 0) - before.bytes;
  }

  function watch(): void {
    if (closed || events === 0 || timer !== null) return;
    timer = setTimeout(async () => {
      try {
        await measure();
      } catch (error) {
        log.debug({ err: error }, 'the inbox could not be measured; the last count stands');
      }
      timer = null;
      watch();
    }, everySeconds * 1_000);
    timer.unref();
  }

  await measure();
  watch();
  return {
    // The pipeline may take out what `added` has not told yet.
    events: () => Math.max(0, events),
    bytes: () => Math.max(0, bytes),
    added(count, size) {
      events += count;
      bytes += size;
      watch();
    },
    taken(count) {
      // Which bodies went is not told: their average size is near enough until the next look.
      bytes -= events > count ? (bytes * count) / events : bytes;
      events -= count;
      watch();
    },
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
