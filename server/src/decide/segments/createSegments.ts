import type { Reactor } from '../../collect/index.ts';
import { createDueTimer, type Deps } from '../../platform/index.ts';
import { createCatalogs, type LoadOthers } from './catalog.ts';
import { createOutbox, type OnChanges } from './outbox.ts';
import { closeOldSweeps, findNextDue, listDue } from './sql/memberships.pg.ts';
import { listForgotten, listUnapplied, listWorkspacesWithSegments } from './sql/segments.pg.ts';
import { applySegment, recomputeSegments } from './sweep.ts';
import { type TouchDeps, touchPeople } from './touchPeople.ts';

/** People asked again at once when their moment has come. */
const duePeople = 2_000;
/** No sweep runs that long: what is older was left by a process that died. */
const abandonedMs = 30 * 60_000;

/** The nightly recompute was missed when it is that long ago. */
const catchUpMs = 26 * 3_600_000;

/** A segment that was set aside is tried again after this. */
const staleMs = 3_600_000;

/** Segments of one process: they follow events, time and edits. */
export type Segments = ReturnType<typeof createSegments>;

export function createSegments(
  deps: Pick<Deps, 'pg' | 'ch' | 'clock' | 'log'>,
  loadOthers: LoadOthers,
  parts: { onChanges?: OnChanges } = {},
) {
  const catalogs = createCatalogs(deps.pg, loadOthers);
  const outbox = createOutbox(deps);
  const { onChanges } = parts;
  const touch: TouchDeps = { ...deps, catalogs, outbox, onChanges, onDue: (at) => timer.note(at) };

  const askDue = async (): Promise<number | null> => {
    for (;;) {
      const next = await deps.pg.row(findNextDue, {});
      if (next === null) return null;
      const now = deps.clock.now();
      if (next.at > now) return next.at.getTime();
      const due = await deps.pg.rows(listDue, { workspace: next.workspace_id, now, limit: duePeople });
      await touchPeople(
        touch,
        next.workspace_id,
        due.map(({ profile_id }) => profile_id),
        'time',
      );
    }
  };
  const timer = createDueTimer(deps, {
    work: askDue,
    failed: 'people whose moment had come could not be asked again',
  });

  /** The fourth stage: whoever a batch touched is asked again. Repeatable. */
  const react: Reactor = async ({ workspaceId, touched, changed }) => {
    await touchPeople(touch, workspaceId, [...new Set([...touched, ...changed])], 'event');
  };

  return {
    deps: touch,
    react,
    /** Asks these customers again: something that is not in a batch happened to them, and can be read. Repeatable. */
    touch: (workspace: number, profiles: readonly number[]): Promise<void> =>
      touchPeople(touch, workspace, profiles, 'event'),
    /** Asks everyone whose moment has come; returns the next moment, in milliseconds since 1970. The timer calls it. */
    askDue,
    /** The clock was moved: looks again at once. */
    wake(): void {
      timer.note(0);
    },
    /** Begins to follow time; sends what a former run left. */
    async start(): Promise<void> {
      await deps.pg.run(closeOldSweeps, { before: new Date(deps.clock.now().getTime() - abandonedMs) });
      await outbox.send();
      timer.start();
    },
    async stop(): Promise<void> {
      await timer.stop();
      await outbox.stop();
    },
    /** Applies the newest versions of all segments that wait for it, and catches up with time after a long stop. */
    async applyWaiting(): Promise<void> {
      const failures: unknown[] = [];
      const retry = new Date(deps.clock.now().getTime() - staleMs);
      for (const { workspace_id, id } of await deps.pg.rows(listUnapplied, { retry })) {
        // One that fails does not hold up those after it; it is tried again with the next call.
        await applySegment(touch, workspace_id, id).catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw new AggregateError(failures, `${failures.length} segments could not be applied`);
      const before = new Date(deps.clock.now().getTime() - catchUpMs);
      for (const { workspace_id } of await deps.pg.rows(listForgotten, { before })) {
        await recomputeSegments(touch, workspace_id);
      }
    },
    async recompute(): Promise<number> {
      let differences = 0;
      for (const { workspace_id } of await deps.pg.rows(listWorkspacesWithSegments, {})) {
        differences += await recomputeSegments(touch, workspace_id);
      }
      return differences;
    },
  };
}
