import type { Reactor } from '../../collect/index.ts';
import { type Assigner, createAskPeople, type SaveDeps } from '../../decide/index.ts';
import type { Deps } from '../../platform/index.ts';
import { advanceDue, runsAtOnce } from './advance.ts';
import type { ClaimCode } from './answerAsks.ts';
import { createJourneyCatalogs } from './catalog.ts';
import { createRunner } from './createRunner.ts';
import { takeIn } from './intake.ts';
import { moveListed } from './moveListed.ts';
import { forgetRefusals, listWorkspacesWithEvents } from './sql/events.pg.ts';
import { listDueJourneys } from './sql/runs.pg.ts';
import { followCalendar } from './triggers/followCalendar.ts';
import { followProducts } from './triggers/followProducts.ts';

/** Chunks of one journey before others have their turn. */
const turns = 8;
const forgetMs = 60 * 86_400_000;
const forgetEveryMs = 3_600_000;

export type JourneyDeps = Pick<Deps, 'pg' | 'ch' | 'clock' | 'log' | 'jobs'> & { readonly segments: SaveDeps };

/** Journeys of one process: they follow events, the calendar and each person's time. */
export function createJourneys(
  deps: JourneyDeps,
  parts: {
    claimCode: ClaimCode;
    /** Who is given which way of a split by experiment. */
    assigner: Assigner;
    /** Messages, or events of the timeline, were put into the outbox. */
    onMessages?: () => void;
    /** Calls were accepted for the pipeline. */
    onCalls?: () => void;
  },
) {
  const catalogs = createJourneyCatalogs(deps.pg);
  const ask = createAskPeople(deps.segments, 'messages');
  const inside = { ...deps, catalogs, ask, claimCode: parts.claimCode, assigner: parts.assigner };
  let forgotAt = 0;

  /** News of everybody, until there is none. Those that ClickHouse cannot show yet wait for their batch. */
  const takeAllIn = async (): Promise<boolean> => {
    let any = false;
    for (const { workspace_id } of await deps.pg.rows(listWorkspacesWithEvents, {})) {
      while ((await takeIn(inside, workspace_id)) > 0) any = true;
    }
    return any;
  };

  /** Whether anybody went on, and the moments of those who stand in waits. */
  const advanceAll = async (): Promise<{ went: boolean; moments: readonly Date[] }> => {
    let any = false;
    const now = deps.clock.now();
    const due = await deps.pg.rows(listDueJourneys, {});
    for (const { workspace_id, id, at } of due) {
      if (at > now) continue;
      for (let turn = 0; turn < turns; turn += 1) {
        const done = await advanceDue(inside, workspace_id, id);
        any ||= done > 0;
        if (done < runsAtOnce) break;
      }
    }
    return { went: any, moments: due.map(({ at }) => at) };
  };

  /** Does everything that can be done now; when something can be done next. */
  const work = async (): Promise<Date | null> => {
    let next = await followCalendar(inside);
    await followProducts(inside);
    let moments: readonly Date[] = [];
    for (let any = true; any; ) {
      // First what happened, then who is due: whoever bought is not reminded.
      const heard = await takeAllIn();
      const advanced = await advanceAll();
      const { went } = advanced;
      // Of the last round, in which nothing changed any more.
      moments = advanced.moments;
      if (heard || went) parts.onMessages?.();
      if (went) {
        parts.onCalls?.();
        while (await moveListed(deps.segments));
      }
      any = heard || went;
    }
    while (await moveListed(deps.segments));
    const now = deps.clock.now();
    if (now.getTime() - forgotAt > forgetEveryMs) {
      forgotAt = now.getTime();
      await deps.pg.run(forgetRefusals, { before: new Date(now.getTime() - forgetMs) });
    }
    for (const at of moments) {
      // Due and not taken: somebody of whom something is still on its way. Looked at again soon.
      const moment = at > now ? at : new Date(now.getTime() + 100);
      if (next === null || moment < next) next = moment;
    }
    return next;
  };
  const runner = createRunner(deps, work);

  /** After segments: whoever a batch touched is where they belong when journeys ask. */
  const react: Reactor = async () => runner.ring();

  return {
    deps: { ...inside, ring: () => runner.ring() },
    react,
    ring: () => runner.ring(),
    /** Does everything that can be done now. The runner calls it; tests do, too. */
    work,
    start: () => runner.start(),
    stop: () => runner.stop(),
  };
}
export type Journeys = ReturnType<typeof createJourneys>;
