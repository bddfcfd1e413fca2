import { type Clock, type Deps, Fault, type Pg } from '../../platform/index.ts';
import { createBatchPace } from './batchPace.ts';
import { createCommitter } from './committer.ts';
import type { IngestRecords } from './ingest.ts';
import { quarantineRequest } from './quarantineRequest.ts';
import { createInboxReader, type TakeRecords } from './readAhead.ts';
import type { RecordOutcome, SourcedRecord, SourceRecord } from './record.ts';
import { openBatch, type ResolvedBatch, resolveBatch, storeShipments } from './resolveBatch.ts';
import type { ProfileChange, Resolver } from './resolver.ts';
import { createShipper, type Reactor } from './shipBatch.ts';
import { countBacklog, listWaiting, lockWorkspace, noteProfiles } from './sql/batches.pg.ts';
import { createContextCache } from './workspaceContext.ts';

/** Events resolved in one transaction: large enough for set-based SQL to pay, small enough to be quick. */
const batchEvents = 4_000;
/** The inbox is asked even when nobody rang, for rows another process accepted. */
const pollMs = 2_000;
/** How often batches of other processes are looked after, and from which age they count as abandoned. */
const recoverEveryMs = 60_000;
const abandonedSeconds = 120;
/** After a failure (an engine away) the next try waits. */
const retryMs = 500;

export interface Pipeline {
  /** Takes up batches a former process left, then works whenever rung. */
  start(): Promise<void>;
  /** Something was accepted. Cheap; call it after every commit to the inbox. */
  ring(): void;
  readonly ingest: IngestRecords;
  /**
   * A change of profiles that ClickHouse must follow (an un-merge): `work` runs alone in its workspace and returns the
   * rows to ship, which commit with it. `version` is newer than every batch before.
   */
  change(workspaceId: number, work: (tx: Pg, version: number) => Promise<ProfileChange>): Promise<void>;
  backlog(workspaceId: number): Promise<{ waiting: number; moving: number }>;
  /** Works off what was accepted, then stops. Resolves with false when the engines would not let it. */
  stop(): Promise<boolean>;
}

/** The four stages: accept is the inbox's; resolve, ship and react run here. */
export function createPipeline(
  deps: Pick<Deps, 'pg' | 'ch' | 'log'> & { clock: Clock },
  parts: {
    resolve: Resolver;
    reactors: readonly Reactor[];
    /** Told how many events left the inbox, after their commit. */
    onTaken?: (events: number) => void;
  },
): Pipeline {
  const contexts = createContextCache(deps.pg, deps.clock);
  const committer = createCommitter(deps);
  const shipper = createShipper(deps, parts.reactors);
  const reader = createInboxReader(deps.pg);
  const pace = createBatchPace(() => performance.now());
  let wake: (() => void) | null = null;
  let rung = false;
  let resting = false;
  let stopping = false;
  let running: Promise<void> = Promise.resolve();

  const ring = (): void => {
    rung = true;
    if (!resting) wake?.();
  };

  const resolve = async (
    workspaceId: number,
    take: TakeRecords,
    also?: (tx: Pg, outcomes: readonly RecordOutcome[]) => Promise<void>,
  ): Promise<ResolvedBatch | null> => {
    const { workspace, plan } = await contexts.get(workspaceId);
    const batch = await committer.commit(async (tx) => {
      await tx.row(lockWorkspace, { workspace: workspaceId });
      const records = await take(tx);
      if (records.length === 0) return null;
      const resolved = await resolveBatch({ clock: deps.clock, resolve: parts.resolve, plan }, tx, workspace, records);
      await also?.(tx, resolved.outcomes);
      return resolved;
    });
    if (batch !== null) await shipper.enqueue(batch);
    return batch;
  };

  /** How many events a workspace's next batch takes: fewer and fewer while batches fail, to find the one at fault. */
  const sizes = new Map<number, number>();

  /** Works off a batch; how many events it had. */
  const resolveWaiting = async (workspaceId: number): Promise<number> => {
    const size = sizes.get(workspaceId) ?? batchEvents;
    let batch: ResolvedBatch | null;
    try {
      batch = await resolve(workspaceId, await reader.next(workspaceId, size));
      if (size < batchEvents) sizes.set(workspaceId, Math.min(batchEvents, size * 8));
    } catch (error) {
      reader.forget(workspaceId);
      if (error instanceof Fault && error.kind === 'unavailable') throw error;
      deps.log.error({ err: error, workspaceId, size }, 'a batch could not be resolved; trying a smaller one');
      if (size > 1) {
        sizes.set(workspaceId, Math.floor(size / 8) || 1);
        return size;
      }
      const cause = error instanceof Fault ? error.code : 'unforeseen error';
      batch = await committer.commit(async (tx) => {
        await tx.row(lockWorkspace, { workspace: workspaceId });
        return quarantineRequest(tx, deps.clock, workspaceId, cause);
      });
      if (batch !== null) await shipper.enqueue(batch);
    }
    if (batch === null) return 0;
    parts.onTaken?.(batch.events);
    return batch.events;
  };

  /** `wake` ends it; so does a ring unless it is a rest that rings do not shorten. */
  const sleep = (ms: number, isRest = false): Promise<void> =>
    new Promise((resume) => {
      const timer = setTimeout(resume, ms);
      resting = isRest;
      wake = () => {
        clearTimeout(timer);
        resume();
      };
    });

  /** Works until no workspace has anything waiting. */
  const drain = async (): Promise<void> => {
    for (;;) {
      const waiting = await deps.pg.rows(listWaiting, {});
      if (waiting.length === 0) return;
      let largest = 0;
      for (const { workspace_id } of waiting) largest = Math.max(largest, await resolveWaiting(workspace_id));
      const rest = pace.restAfter(largest);
      if (rest > 0 && !stopping) await sleep(rest, true);
    }
  };

  const run = async (): Promise<void> => {
    let recoveredAt = performance.now();
    while (!stopping) {
      rung = false;
      try {
        await drain();
        if (committer.isUncertain() || performance.now() - recoveredAt > recoverEveryMs) {
          recoveredAt = performance.now();
          await shipper.recover(committer.isUncertain() ? 0 : abandonedSeconds);
          committer.settled();
        }
      } catch (error) {
        // Everything was rolled back and is still in the inbox. An engine that is away is waited for.
        deps.log.error({ err: error }, 'a batch could not be resolved; trying again');
        await sleep(retryMs);
        continue;
      }
      if (!rung && !stopping) await sleep(pollMs);
      wake = null;
    }
  };

  return {
    ring,
    async start() {
      await shipper.recover(0);
      running = run();
    },
    async ingest({ workspaceId, sourceId, records, also }) {
      if (stopping)
        throw new Fault(
          'unavailable',
          'collect.stopping',
          'Vitrail is stopping; the import goes on at the next start.',
        );
      await shipper.waitForRoom();
      await resolve(workspaceId, async () => records.map((record) => creditTo(sourceId, record)), also);
    },
    async change(workspaceId, work) {
      await shipper.enqueue(await committer.commit((tx) => changeProfiles(tx, workspaceId, work)));
    },
    async backlog(workspaceId) {
      return (await deps.pg.row(countBacklog, { workspace: workspaceId })) ?? { waiting: 0, moving: 0 };
    },
    async stop() {
      stopping = true;
      wake?.();
      await running;
      let drained = true;
      try {
        await drain();
      } catch (error) {
        deps.log.warn({ err: error }, 'stopped with accepted events waiting; they go on at the next start');
        drained = false;
      }
      return (await shipper.stop()) && drained;
    },
  };
}

/** One change of profiles as a batch without events. */
async function changeProfiles(
  tx: Pg,
  workspaceId: number,
  work: (tx: Pg, version: number) => Promise<ProfileChange>,
): Promise<ResolvedBatch> {
  await tx.row(lockWorkspace, { workspace: workspaceId });
  const id = await openBatch(tx, workspaceId, 0);
  const { shipments: given, changed } = await work(tx, id);
  const shipments = given.filter(({ rows }) => rows > 0);
  await storeShipments(tx, id, shipments);
  await tx.run(noteProfiles, { batch: id, touched: [], changed });
  return { id, workspaceId, events: 0, shipments, outcomes: [], live: [], touched: [], changed };
}

/** Written out, as everywhere on this path: a spread would cost more than reading the record (see `enrich`). */
const creditTo = (sourceId: number, record: SourceRecord): SourcedRecord => ({
  sourceId,
  event: record.event,
  receivedAt: record.receivedAt,
  sentAt: record.sentAt ?? null,
  ip: record.ip ?? null,
  userAgent: record.userAgent ?? null,
  typeHint: record.typeHint ?? null,
  fallbackId: record.fallbackId ?? '',
  keep: record.keep,
});
