import type { RunStage } from '@vitrail/contracts';
import type { Deps } from '../../../platform/index.ts';
import { Fault } from '../../../platform/index.ts';
import { setProgress } from './sql/runs.pg.ts';

/** Written at most this often. */
const writeMs = 500;
const sampleMs = 250;

export const cancelled = (): Fault => new Fault('conflict', 'unify.run_cancelled', 'The run was cancelled.');

/** Watches one run: where it is, how long each stage took, how much memory; and stops it when somebody cancels it. */
export interface RunProgress {
  readonly signal: AbortSignal;
  readonly stages: ReadonlyMap<RunStage, number>;
  report(stage: RunStage, done: number, total: number): void;
  peakRssMb(): number;
  end(): Promise<void>;
}

export function watchRun(
  deps: Pick<Deps, 'pg' | 'log'>,
  run: { readonly workspace: number; readonly id: number },
  outer: AbortSignal,
): RunProgress {
  const stop = new AbortController();
  const forward = (): void => stop.abort(outer.reason);
  if (outer.aborted) forward();
  outer.addEventListener('abort', forward, { once: true });
  const stages = new Map<RunStage, number>();
  let current: { stage: RunStage; done: number; total: number; at: number } | null = null;
  let written: Promise<void> = Promise.resolve();
  let writing = false;
  let peak = 0;

  const write = async (): Promise<void> => {
    if (current === null) return;
    const { stage, done, total, at } = current;
    const row = await deps.pg.row(setProgress, {
      ...run,
      progress: { stage, done, total, elapsed: (performance.now() - at) / 1000 },
    });
    if (row?.cancel_wanted === true) stop.abort(cancelled());
  };
  const writeSoon = (): void => {
    if (writing) return;
    writing = true;
    written = write()
      .catch((error: unknown) => deps.log.debug({ err: error, run: run.id }, 'the progress of a run was not written'))
      .finally(() => {
        writing = false;
      });
  };
  const sample = (): void => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const sampler = setInterval(sample, sampleMs);
  const writer = setInterval(writeSoon, writeMs);
  const close = (): void => {
    if (current === null) return;
    stages.set(current.stage, (stages.get(current.stage) ?? 0) + (performance.now() - current.at) / 1000);
  };

  return {
    signal: stop.signal,
    stages,
    report(stage, done, total) {
      if (current?.stage === stage) {
        current = { ...current, done, total };
        return;
      }
      close();
      current = { stage, done, total, at: performance.now() };
      writeSoon();
    },
    peakRssMb() {
      sample();
      return Math.round(peak / 1_048_576);
    },
    async end() {
      close();
      current = null;
      clearInterval(sampler);
      clearInterval(writer);
      outer.removeEventListener('abort', forward);
      await written;
    },
  };
}
