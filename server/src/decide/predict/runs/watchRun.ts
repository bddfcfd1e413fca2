import { type Deps, Fault } from '../../../platform/index.ts';
import { setPredictionProgress } from '../sql/predictions.pg.ts';

const writeMs = 500;

export const cancelledRun = (): Fault =>
  new Fault(
    'conflict',
    'decide.prediction_run_cancelled',
    'The run was cancelled; the former predictions stay in use.',
  );

/** Writes where a run is, and stops it when somebody cancels it. */
export interface RunWatch {
  readonly signal: AbortSignal;
  report(step: string, done: number, total: number): void;
  end(): Promise<void>;
}

export function watchPredictionRun(
  deps: Pick<Deps, 'pg' | 'log'>,
  run: { readonly workspace: number; readonly id: number },
  outer: AbortSignal,
): RunWatch {
  const stop = new AbortController();
  const forward = (): void => stop.abort(outer.reason);
  if (outer.aborted) forward();
  outer.addEventListener('abort', forward, { once: true });
  let current: { step: string; done: number; total: number } = { step: 'read', done: 0, total: 1 };
  let written: Promise<void> = Promise.resolve();
  let writing = false;
  const write = async (): Promise<void> => {
    const row = await deps.pg.row(setPredictionProgress, { ...run, progress: { ...current } });
    if (row?.cancel_wanted === true) stop.abort(cancelledRun());
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
  const writer = setInterval(writeSoon, writeMs);
  return {
    signal: stop.signal,
    report(step, done, total) {
      stop.signal.throwIfAborted();
      current = { step, done, total };
      writeSoon();
    },
    async end() {
      clearInterval(writer);
      outer.removeEventListener('abort', forward);
      await written;
    },
  };
}
