import type { Assigner } from '../../decide/index.ts';
import type { Secrets } from '../../govern/index.ts';
import { createDueTimer, type Deps } from '../../platform/index.ts';
import type { Dispatcher, OutgoingMessage } from '../channels/index.ts';
import { decide } from '../gate/decide.ts';
import { createFinisher } from './finishMessages.ts';
import { findNextAtOnce, findNextMarketing, takeAtOnce, takeMarketing } from './sql/pump.pg.ts';
import { createWorker } from './worker.ts';
import { type Ready, type WriteDeps, writeMessages } from './writeMessages.ts';

/** Messages taken from the queue at once: written out as one. */
const claimSize = 500;
/**
 * Messages decided and handed over as one. What a `kill -9` leaves uncertain is what one of these holds, so it is small; a
 * commit for each costs about 3 ms, which is little beside what a provider takes for as many.
 */
const handSize = 40;
/** Of one claim at once on their way to providers. */
const handsAtOnce = 2;

export interface PumpDeps extends Pick<Deps, 'pg' | 'clock' | 'log'>, WriteDeps {
  readonly pg: Deps['pg'];
  readonly dispatcher: Dispatcher;
  readonly secrets: Pick<Secrets, 'erasure'>;
  readonly assigner: Assigner;
  /** Told when something was written that belongs on timelines. */
  readonly onEvents: () => void;
}

/** Which messages a lane takes: what is marketing waits for its turn, everything else overtakes it. */
const takings = {
  marketing: { take: takeMarketing, next: findNextMarketing },
  atOnce: { take: takeAtOnce, next: findNextAtOnce },
} as const;
type Taking = (typeof takings)[keyof typeof takings];

/** Takes messages whose moment has come, writes them out, asks the gate, and hands them to the channels. */
export function createPump(deps: PumpDeps) {
  const finisher = createFinisher(deps);
  const worker = createWorker(deps, { onRecovered: () => ring() });
  let stopped = true;

  /** By workspace. The gate is asked here so that nobody writes out what will not leave. */
  const claim = async (take: Taking['take']): Promise<ReadonlyMap<number, readonly number[]>> =>
    deps.pg.transaction(async (tx) => {
      const now = deps.clock.now();
      const taken = new Map<number, number[]>();
      for (const { workspace_id, id } of await tx.rows(take, { now, limit: claimSize })) {
        const ids = taken.get(workspace_id) ?? [];
        ids.push(id);
        taken.set(workspace_id, ids);
      }
      const claimed = new Map<number, readonly number[]>();
      for (const [workspace, ids] of taken) {
        const passage = { kind: 'claim', worker: worker.id() } as const;
        const decisions = await decide(tx, { workspace, now, ids, passage, secrets: deps.secrets });
        claimed.set(
          workspace,
          decisions.filter(({ verdict }) => verdict === 'yes').map(({ id }) => id),
        );
      }
      return claimed;
    });

  /** Decides for the last time and hands over what may go. */
  const hand = async (workspace: number, batch: readonly Ready[]): Promise<void> => {
    const decisions = await deps.pg.transaction((tx) =>
      decide(tx, {
        workspace,
        now: deps.clock.now(),
        ids: batch.map(({ id }) => id),
        passage: { kind: 'send', worker: worker.id() },
        secrets: deps.secrets,
      }),
    );
    const known = new Map(batch.map((each) => [each.id, each]));
    const outgoing = decisions.flatMap(({ id, verdict, address }): OutgoingMessage[] => {
      const ready = known.get(id);
      return verdict === 'yes' && address !== null && ready !== undefined ? [{ ...ready.message, to: address }] : [];
    });
    if (outgoing.length === 0) return;
    const results = await deps.dispatcher.dispatch(outgoing);
    await finisher.finish(
      workspace,
      results.map(({ id, provider, outcome }) =>
        finisher.conclude({
          id,
          attempts: known.get(id)?.attempts ?? 0,
          recommendedBy: known.get(id)?.recommendedBy ?? null,
          provider,
          outcome,
        }),
      ),
    );
  };

  const sendOut = async (workspace: number, ids: readonly number[]): Promise<void> => {
    const { ready, failed } = await writeMessages(deps, workspace, ids);
    await finisher.finish(workspace, failed);
    const batches = inBatches(ready, handSize);
    const hands = Array.from({ length: handsAtOnce }, async () => {
      for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) await hand(workspace, batch);
    });
    // All are over before a failure is told: a hand-over goes on when another one failed.
    for (const end of await Promise.allSettled(hands)) if (end.status === 'rejected') throw end.reason;
  };

  const createLane = ({ take, next }: Taking) =>
    createDueTimer(deps, {
      failed: 'messages could not be worked off',
      async work() {
        while (!stopped) {
          const claimed = await claim(take);
          if (claimed.size === 0) return (await deps.pg.row(next, { now: deps.clock.now() }))?.due_at.getTime() ?? null;
          for (const [workspace, ids] of claimed) await sendOut(workspace, ids);
        }
        return null;
      },
    });
  // Two for campaigns, so that one writes out while the other hands over.
  const lanes = [createLane(takings.atOnce), createLane(takings.marketing), createLane(takings.marketing)];
  const ring = (): void => {
    for (const lane of lanes) lane.note(0);
  };
  let stopListening = async (): Promise<void> => undefined;

  return {
    async start(): Promise<void> {
      stopped = false;
      await worker.start();
      stopListening = await deps.pg.listen('vitrail_messages', ring);
      for (const lane of lanes) lane.start();
    },
    /** Looks for work now: time was moved, or something became due. */
    ring,
    /** Finishes what is in hand. */
    async stop(): Promise<void> {
      stopped = true;
      await stopListening();
      await Promise.all(lanes.map((lane) => lane.stop()));
      await worker.stop();
    },
  };
}

function inBatches<T>(items: readonly T[], size: number): T[][] {
  const batches: T[][] = [];
  for (let from = 0; from < items.length; from += size) batches.push(items.slice(from, from + size));
  return batches;
}
