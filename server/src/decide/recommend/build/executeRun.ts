import type { Actor } from '../../../govern/index.ts';
import { recordAudit } from '../../../govern/index.ts';
import { type Deps, Fault, type JobOutcome } from '../../../platform/index.ts';
import { beginBuildRun, cancelBuildRun, endBuildRun, insertBuildRun, setBuildProgress } from '../sql/runs.pg.ts';
import { type BuildStep, type BuildWork, buildAll } from './buildAll.ts';

type RunDeps = Pick<Deps, 'pg' | 'ch' | 'clock' | 'log'>;

/** Queues a full build. Throws `conflict` while one waits or runs. */
export async function startBuild(
  { pg, clock }: Pick<Deps, 'pg' | 'clock'>,
  workspace: number,
  actor: Actor,
  trigger: 'manual' | 'nightly' = 'manual',
): Promise<number> {
  return pg.transaction(async (tx) => {
    const row = await tx.row(insertBuildRun, {
      workspace,
      trigger,
      at: clock.now(),
      actor: `${actor.kind}:${actor.id}`,
    });
    if (row === null)
      throw new Fault('conflict', 'decide.build_under_way', 'A build is under way; wait for its end or cancel it.');
    await recordAudit(
      tx,
      { clock },
      {
        workspaceId: workspace,
        actor,
        action: 'recommendations.build_started',
        target: `run ${row.id}`,
        details: { trigger },
      },
    );
    return row.id;
  });
}

/** Asks the build under way to stop; what serves stays. Throws `not_found` when there is none. */
export async function cancelBuild({ pg }: Pick<Deps, 'pg'>, workspace: number): Promise<void> {
  if ((await pg.row(cancelBuildRun, { workspace })) === null)
    throw new Fault('not_found', 'decide.no_build', 'No build is under way.');
}

const cancelled = (): Fault => new Fault('conflict', 'decide.build_cancelled', 'The build was cancelled.');

/** Carries out a queued build. A crash anywhere: the job is given out again and builds anew; until then the former serves. */
export async function executeBuild(
  deps: RunDeps,
  workspace: number,
  id: number,
  signal: AbortSignal,
): Promise<JobOutcome> {
  const { pg } = deps;
  const run = await pg.row(beginBuildRun, { workspace, id, at: deps.clock.now() });
  if (run === null) return { skipped: 'the build is over' };
  const watch = watchBuild(deps, { workspace, id }, signal);
  const end = (state: string, report: { kept: string } | null, error: { code: string; detail: string } | null) =>
    pg.run(endBuildRun, { workspace, id, state, at: deps.clock.now(), report, error });
  try {
    if (run.cancel_wanted) throw cancelled();
    const outcome = await buildAll(deps, workspace, { accept: run.trigger === 'manual' }, watch);
    await end('done', 'kept' in outcome ? { kept: outcome.kept } : null, null);
    return { done: true };
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof Fault && error.code === 'decide.build_cancelled') {
      await end('cancelled', null, null);
      return { skipped: 'cancelled' };
    }
    if (error instanceof Fault && error.kind === 'unavailable') throw error;
    deps.log.error({ err: error, workspace, run: id }, 'recommendations were not built');
    const known = error instanceof Fault;
    await end('failed', null, {
      code: known ? error.code : 'decide.build_failed',
      detail: known ? error.message : 'Something unforeseen happened; the log says what. The former build serves on.',
    });
    return { skipped: 'failed' };
  } finally {
    await watch.end();
  }
}

const writeMs = 500;

/** Writes where the build is twice a second, and stops it when somebody cancels. */
function watchBuild(
  { pg, log }: Pick<Deps, 'pg' | 'log'>,
  run: { readonly workspace: number; readonly id: number },
  outer: AbortSignal,
): BuildWork & { end(): Promise<void> } {
  const stop = new AbortController();
  const forward = (): void => stop.abort(outer.reason);
  if (outer.aborted) forward();
  outer.addEventListener('abort', forward, { once: true });
  let current: { step: BuildStep; done: number; total: number } | null = null;
  let writing: Promise<void> | null = null;
  const write = async (): Promise<void> => {
    if (current === null) return;
    const row = await pg.row(setBuildProgress, { ...run, progress: { ...current } });
    if (row?.cancel_wanted === true) stop.abort(cancelled());
  };
  const timer = setInterval(() => {
    writing ??= write()
      .catch((error: unknown) => log.debug({ err: error, run: run.id }, 'the progress of a build was not written'))
      .finally(() => {
        writing = null;
      });
  }, writeMs);
  return {
    signal: stop.signal,
    report(step, done, total) {
      current = { step, done, total };
    },
    async end() {
      clearInterval(timer);
      outer.removeEventListener('abort', forward);
      await writing;
    },
  };
}
