import { setTimeout as pause } from 'node:timers/promises';
import type { Deps } from '../../platform/index.ts';
import type { ResolvedBatch } from './resolveBatch.ts';
import { finishBatch, listUnfinished, markShipped, readShipments } from './sql/batches.pg.ts';

/** Told of a batch once its rows can be read in ClickHouse. May be told twice after a crash: must be repeatable. */
export type Reactor = (batch: Pick<ResolvedBatch, 'id' | 'workspaceId' | 'events' | 'live' | 'touched' | 'changed'>) => Promise<void>;

/** Batches resolved and not yet shipped, at most: resolving waits, and so do imports. */
const room = 4;
const retry = { firstMs: 200, longestMs: 10_000 };

/**
 * Ships batches in order and then reacts. The bytes were fixed at resolve time and carry the batch id as deduplication
 * token, so a repeat after a crash or a lost answer inserts nothing twice.
 */
export function createShipper(deps: Pick<Deps, 'pg' | 'ch' | 'log'>, reactors: readonly Reactor[]) {
  const queue: (() => Promise<void>)[] = [];
  /** Batches this process is about to ship itself. */
  const own = new Set<number>();
  const waiters: (() => void)[] = [];
  let working: Promise<void> | null = null;
  let stopped = false;

  const ship = async (id: number, shipments: ResolvedBatch['shipments']): Promise<void> => {
    for (const { table, payload } of shipments) await deps.ch.insert(table, payload, { token: `batch-${id}-${table}` });
    await deps.pg.run(markShipped, { batch: id });
  };

  const react = async (batch: Parameters<Reactor>[0]): Promise<void> => {
    for (const reactor of reactors) await reactor(batch);
    await deps.pg.run(finishBatch, { batch: batch.id });
  };

  /** Each step is tried until it passes: a batch is never given up, and the batches after it wait. */
  const untilDone = async (what: string, step: () => Promise<void>): Promise<void> => {
    for (let wait = retry.firstMs; ; wait = Math.min(wait * 2, retry.longestMs)) {
      try {
        return await step();
      } catch (error) {
        deps.log.error({ err: error }, `${what} failed; trying again`);
        if (stopped) throw error;
        await pause(wait);
      }
    }
  };

  const work = async (): Promise<void> => {
    for (let next = queue[0]; next !== undefined; next = queue[0]) {
      await next();
      queue.shift();
      waiters.shift()?.();
    }
  };

  const begin = (): void => {
    working ??= work()
      .catch((error: unknown) => deps.log.warn({ err: error }, 'stopped before everything was shipped'))
      .finally(() => {
        working = null;
      });
  };

  return {
    /** Resolves once there is room for another batch. */
    async waitForRoom(): Promise<void> {
      while (queue.length >= room) await new Promise<void>((resume) => waiters.push(resume));
    },

    async enqueue(batch: ResolvedBatch): Promise<void> {
      own.add(batch.id);
      queue.push(async () => {
        await untilDone('shipping', () => ship(batch.id, batch.shipments));
        await untilDone('reacting', () => react(batch));
        own.delete(batch.id);
      });
      begin();
      await this.waitForRoom();
    },

    /**
     * Finishes batches that are older than `olderThanSeconds` and that this process did not resolve: those of a former
     * run, or of another process that died. Shipping what a living one ships too does no harm: the tokens are the same.
     */
    async recover(olderThanSeconds: number): Promise<void> {
      const unfinished = await deps.pg.rows(listUnfinished, { olderThan: olderThanSeconds });
      for (const { id, workspace_id, stage, events, touched, changed } of unfinished.filter((batch) => !own.has(batch.id))) {
        deps.log.info({ batch: id, stage }, 'finishing a batch that somebody left');
        if (stage === 'resolved') {
          const rows = await deps.pg.rows(readShipments, { batch: id });
          const shipments = rows.map((row) => ({ table: row.table_name, rows: row.rows, payload: row.payload }));
          await untilDone('shipping', () => ship(id, shipments));
        }
        await untilDone('reacting', () => react({ id, workspaceId: workspace_id, events, live: [], touched, changed }));
      }
    },

    /** Ships what is queued, then stops. False when it could not. */
    async stop(): Promise<boolean> {
      stopped = true;
      await working;
      return queue.length === 0;
    },
  };
}
