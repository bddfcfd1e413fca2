import type { Clock, Log, Pg } from '../../platform/index.ts';
import { addRefusals } from './sql/counters.pg.ts';

/** Whose request it was; null when no known key says so. */
export interface Origin {
  readonly workspaceId: number;
  readonly sourceId: number;
}

export interface RefusalCounts {
  /** Counts in memory: a flood of refused requests costs PostgreSQL one statement every few seconds. */
  count(origin: Origin | null, reason: string): void;
  /** Writes what was counted. On failure the counts stay for the next time. */
  flush(): Promise<void>;
  /** Stops the clock and writes the rest. */
  close(): Promise<void>;
}

interface Count {
  readonly workspace: number;
  readonly source: number;
  readonly day: string;
  readonly reason: string;
  count: number;
}

/**
 * Refusals at the door, in `collect.counter` under the name `refused`. Requests without a known key belong to nobody:
 * they are kept under workspace 0.
 */
export function countRefusals(
  deps: { readonly pg: Pick<Pg, 'run'>; readonly clock: Clock; readonly log: Log },
  everySeconds = 5,
): RefusalCounts {
  const { pg, clock, log } = deps;
  let counts = new Map<string, Count>();
  let timer: NodeJS.Timeout | null = null;

  function add(row: Omit<Count, 'count'>, count: number): void {
    const key = `${row.workspace} ${row.source} ${row.day} ${row.reason}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { ...row, count });
    else known.count += count;
  }

  async function flush(): Promise<void> {
    const rows = [...counts.values()];
    if (rows.length === 0) return;
    counts = new Map();
    try {
      await pg.run(addRefusals, {
        workspaces: rows.map((row) => row.workspace),
        sources: rows.map((row) => row.source),
        days: rows.map((row) => row.day),
        reasons: rows.map((row) => row.reason),
        counts: rows.map((row) => row.count),
      });
    } catch (error) {
      log.debug({ err: error }, 'refusals could not be written yet');
      for (const row of rows) add(row, row.count);
    }
  }

  function schedule(): void {
    if (counts.size === 0 || timer !== null) return;
    timer = setTimeout(async () => {
      await flush();
      timer = null;
      schedule();
    }, everySeconds * 1_000);
    timer.unref();
  }

  return {
    count(origin, reason) {
      const day = clock.now().toISOString().slice(0, 10);
      add({ workspace: origin?.workspaceId ?? 0, source: origin?.sourceId ?? 0, day, reason }, 1);
      schedule();
    },
    flush,
    async close() {
      if (timer !== null) clearTimeout(timer);
      await flush();
    },
  };
}
