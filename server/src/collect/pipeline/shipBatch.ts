import { setTimeout as pause } from 'node:timers/promises';
import type { Deps } from '../../platform/index.ts';
import type { ResolvedBatch } from './resolveBatch.ts';
import { finishBatches, listUnfinished, markShipped, readShipments } from './sql/batches.pg.ts';

export type Shipped = Pick<ResolvedBatch, 'id' | 'workspaceId' | 'events' | 'live' | 'touched' | 'changed'>;

/**
 * Told of a batch, or of several of one workspace as one (with the newest id), once their rows can be read in ClickHouse.
 * May be told twice after a crash: must be repeatable.
 */
export type Reactor = (batch: Shipped) => Promise<void>;

/**
 * Batches resolved and not yet shipped, at most: resolving waits, and so do imports. One on its way and one behind it: a
 * longer queue makes nothing faster, and where shipping is the slower of the two every event waits the whole of it.
 */
const room = 2;
/** Shipped and not yet reacted to, at most. Those that wait are reacted to as one: it costs little more than one of them. */
const reactingRoom = 6;
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
  const shipped: Shipped[] = [];
  let working: Promise<void> | null = null;
  let reacting: Promise<void> | null = null;
  let stopped = false;

  const ship = async (id: number, shipments: ResolvedBatch['shipments']): Promise<void> => {
    // Side by side, since most of an insert is waiting for the disk; all are over before any is tried again.
    const inserts = await Promise.allSettled(
      shipments.map(({ table, payload }) => deps.ch.insert(table, payload, { token: `batch-${id}-${table}` })),
    );
    for (const insert of inserts) if (insert.status === 'rejected') throw insert.reason;
    await deps.pg.run(markShipped, { batch: id });
  };

  const react = async (batches: readonly Shipped[]): Promise<void> => {
    for (const batch of joinByWorkspace(batches)) for (const reactor of reactors) await reactor(batch);
    await deps.pg.run(finishBatches, { batches: batches.map(({ id }) => id) });
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

  /** Reacts to everything shipped so far, in order, while the next batches are on their way. */
  const reactToShipped = async (): Promise<void> => {
    for (let batches = [...shipped]; batches.length > 0; batches = [...shipped]) {
      await untilDone('reacting', () => react(batches));
      shipped.splice(0, batches.length);
      for (const { id } of batches) own.delete(id);
      for (const waiter of waiters.splice(0)) waiter();
    }
  };

  const stopEarly = (error: unknown): void =>
    deps.log.warn({ err: error }, 'stopped before everything was shipped and reacted to');

  const begin = (): void => {
    working ??= work()
      .catch(stopEarly)
      .finally(() => {
        working = null;
        // One may have come between the last look and this line.
        if (queue.length > 0 && !stopped) begin();
      });
  };

  const beginReacting = (): void => {
    reacting ??= reactToShipped()
      .catch(stopEarly)
      .finally(() => {
        reacting = null;
        if (shipped.length > 0 && !stopped) beginReacting();
      });
  };

  return {
    /** Resolves once there is room for another batch. */
    async waitForRoom(): Promise<void> {
      while (queue.length >= room || shipped.length >= reactingRoom)
        await new Promise<void>((resume) => waiters.push(resume));
    },

    async enqueue(batch: ResolvedBatch): Promise<void> {
      own.add(batch.id);
      queue.push(async () => {
        await untilDone('shipping', () => ship(batch.id, batch.shipments));
        shipped.push(batch);
        beginReacting();
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
      for (const { id, workspace_id, stage, events, touched, changed } of unfinished.filter(
        (batch) => !own.has(batch.id),
      )) {
        deps.log.info({ batch: id, stage }, 'finishing a batch that somebody left');
        if (stage === 'resolved') {
          const rows = await deps.pg.rows(readShipments, { batch: id });
          const shipments = rows.map((row) => ({ table: row.table_name, rows: row.rows, payload: row.payload }));
          await untilDone('shipping', () => ship(id, shipments));
        }
        const left = { id, workspaceId: workspace_id, events, live: [], touched, changed };
        await untilDone('reacting', () => react([left]));
      }
    },

    /** Ships what is queued, then stops. False when it could not. */
    async stop(): Promise<boolean> {
      stopped = true;
      await working;
      await reacting;
      return queue.length === 0 && shipped.length === 0;
    },
  };
}

/** Batches of one workspace as one, in the order they came. */
function joinByWorkspace(batches: readonly Shipped[]): Shipped[] {
  const joined = new Map<number, Shipped>();
  for (const batch of batches) {
    const known = joined.get(batch.workspaceId);
    joined.set(
      batch.workspaceId,
      known === undefined
        ? batch
        : {
            id: Math.max(known.id, batch.id),
            workspaceId: batch.workspaceId,
            events: known.events + batch.events,
            live: [...known.live, ...batch.live],
            touched: [...new Set([...known.touched, ...batch.touched])],
            changed: [...new Set([...known.changed, ...batch.changed])],
          },
    );
  }
  return [...joined.values()];
}
