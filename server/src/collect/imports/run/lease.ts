import type { Log, Pg } from '../../../platform/index.ts';
import { recordPhase, releaseLease, renewLease } from '../sql/imports.pg.ts';

/** Long enough for a slow chunk, short enough that a crashed server's import is taken up soon after it starts again. */
export const leaseSeconds = 8;
const renewEveryMs = 2_000;

/** Thrown inside the work when the import is no longer ours: cancelled, or taken after our lease ran out. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Thrown inside the work when the process stops: the job is put back and goes on at the next start. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** The right to work on an import, renewed in the background. */
export interface Lease {
  readonly id: string;
  readonly worker: string;
  /** Throws `Stopped` when the import is no longer ours, `Interrupted` when the process is stopping. */
  check(): void;
  /** Says what the work is at; throws `Stopped` when the import is no longer ours. */
  phase(phase: 'checking' | 'importing', rowsTotal: number | null, bytesRead: number): Promise<void>;
  /** Gives it back, for another process to go on. */
  release(): Promise<void>;
  close(): void;
}

export function holdLease(deps: { pg: Pg; log: Log }, id: string, worker: string, signal: AbortSignal): Lease {
  let lost = false;
  const timer = setInterval(() => {
    deps.pg.run(renewLease, { id, worker, leaseSeconds }).then(
      (held) => {
        lost = held === 0;
      },
      (error: unknown) => deps.log.warn({ err: error, import: id }, 'the lease of an import could not be renewed'),
    );
  }, renewEveryMs);
  timer.unref();
  return {
    id,
    worker,
    check() {
      if (lost) throw new Stopped('the import is no longer ours');
      if (signal.aborted) throw new Interrupted('the process is stopping');
    },
    async phase(phase, rowsTotal, bytesRead) {
      const held = await deps.pg.run(recordPhase, { id, worker, phase, rowsTotal, bytesRead: Math.round(bytesRead) });
      if (held === 0) throw new Stopped('the import is no longer ours');
    },
    async release() {
      await deps.pg.run(releaseLease, { id, worker });
    },
    close: () => clearInterval(timer),
  };
}
