import { setTimeout as pause } from 'node:timers/promises';
import type { Reactor } from '../../../collect/index.ts';
import { closeAnswered } from '../reviews/closeStale.ts';
import type { MatchDeps } from '../subject.ts';
import { subjectOf } from '../subjects.ts';
import { compareChanged } from './compareChanged.ts';
import { dequeue, enqueue, listQueued, readQueue, readReadiness } from './sql/queue.pg.ts';

/** Records taken off the queue at once. */
const atOnce = 500;
/** A comparison that takes longer is given up; the nightly run compares those records. */
const patienceMs = 30_000;
/** The queue is looked into even when nobody rang: for what other processes noted. */
const pollMs = 15_000;
const retryMs = 5_000;
/** With more than this waiting, comparing everybody with everybody is quicker; the caller asks for a run. */
const tooMany = 20_000;
const askAgainMs = 600_000;

/** Follows changes of one process's pipeline. */
export type Matching = ReturnType<typeof createMatching>;

/**
 * Compares what changed with everybody, within seconds and beside the pipeline: the reactor only notes what changed, so that
 * a slow comparison holds nobody up. What is noted survives a crash.
 */
export function createMatching(
  deps: MatchDeps,
  options: { readonly onTooMany: (workspace: number, kind: string) => Promise<void> },
) {
  const stop = new AbortController();
  let rung = false;
  let wake: (() => void) | null = null;
  let running: Promise<void> = Promise.resolve();

  const ring = (): void => {
    rung = true;
    wake?.();
  };

  const react: Reactor = async ({ workspaceId: workspace, changed }) => {
    if (changed.length === 0) return;
    await deps.pg.run(enqueue, { workspace, kind: 'people', records: changed, at: deps.clock.now() });
    ring();
  };

  /** When a workspace whose records could not be compared is tried again. */
  const retryAt = new Map<string, number>();
  const unfinished = new Set<string>();
  const startedAt = deps.clock.now();
  /** When a run was asked for because too many waited. */
  const askedAt = new Map<string, number>();

  /** Compares what waits. True when there was something that could be compared. */
  const work = async (): Promise<boolean> => {
    let worked = false;
    for (const { workspace_id: workspace, kind, waiting } of await deps.pg.rows(listQueued, {})) {
      if (stop.signal.aborted) return false;
      const key = `${workspace} ${kind}`;
      if ((retryAt.get(key) ?? 0) > performance.now()) continue;
      try {
        worked = (await workOn(workspace, kind, waiting)) || worked;
        retryAt.delete(key);
      } catch (error) {
        if (stop.signal.aborted) return false;
        // One workspace's trouble is not the others': it waits, they go on.
        retryAt.set(key, performance.now() + retryMs);
        unfinished.add(key);
        deps.log.error({ err: error, workspace, kind }, 'changed records could not be compared; trying again');
      }
    }
    return worked;
  };

  const workOn = async (workspace: number, kind: string, waiting: number): Promise<boolean> => {
    // A run replaces the tables that changes are compared in, and what changes meanwhile waits for its end.
    const ready = await deps.pg.row(readReadiness, { workspace, kind });
    if (ready?.busy === true) return false;
    if (waiting > tooMany && ready?.prepared === true && ready.automatic) {
      const key = `${workspace} ${kind}`;
      if ((askedAt.get(key) ?? -askAgainMs) > performance.now() - askAgainMs) return false;
      askedAt.set(key, performance.now());
      await options.onTooMany(workspace, kind);
      return false;
    }
    const queued = await deps.pg.rows(readQueue, { workspace, kind, limit: atOnce });
    const records = queued.map(({ record_id }) => record_id);
    // What a former run of the process, or a try that failed, left may be written already, and not yet compared.
    const all = unfinished.has(`${workspace} ${kind}`) || queued.some(({ since }) => since < startedAt);
    await compare(workspace, kind, records, { prepared: ready?.prepared === true, all });
    unfinished.delete(`${workspace} ${kind}`);
    await deps.pg.run(dequeue, { workspace, kind, records, since: queued.map(({ since }) => since) });
    return records.length > 0;
  };

  const compare = async (
    workspace: number,
    kind: string,
    records: readonly number[],
    { prepared, all }: { prepared: boolean; all: boolean },
  ): Promise<void> => {
    // Not by `AbortSignal.any`: Node 20 keeps a trace of every combined signal on the one that lives on.
    const limit = new AbortController();
    const onStop = (): void => limit.abort(stop.signal.reason);
    const timer = setTimeout(() => limit.abort(new Error('a comparison took too long')), patienceMs);
    stop.signal.addEventListener('abort', onStop, { once: true });
    try {
      const subject = subjectOf(kind);
      await closeAnswered(deps, subject, workspace, records);
      if (prepared) await compareChanged(deps, subject, workspace, records, { signal: limit.signal, all });
    } catch (error) {
      if (stop.signal.aborted || !limit.signal.aborted) throw error;
      deps.log.warn(
        { workspace, kind, records: records.length },
        'a comparison took too long and is left to the night',
      );
    } finally {
      clearTimeout(timer);
      stop.signal.removeEventListener('abort', onStop);
    }
  };

  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      rung = false;
      try {
        while (await work());
      } catch (error) {
        if (stop.signal.aborted) return;
        deps.log.error({ err: error }, 'the queue of changed records could not be read; trying again');
        await pause(retryMs, undefined, { signal: stop.signal }).catch(() => undefined);
        continue;
      }
      if (rung || stop.signal.aborted) continue;
      await new Promise<void>((resume) => {
        const timer = setTimeout(resume, pollMs);
        wake = () => {
          clearTimeout(timer);
          resume();
        };
      });
      wake = null;
    }
  };

  return {
    react,
    /** Something else changed what is to be compared: a run has ended, a company was named. */
    ring,
    start(): void {
      running = run();
    },
    async stop(): Promise<void> {
      stop.abort();
      wake?.();
      await running;
    },
    /** Works off everything that waits, now: for tests and for the end of a run. */
    async settle(): Promise<void> {
      while (await work());
    },
  };
}
