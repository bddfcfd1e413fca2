/** Background work that survives a restart. Payloads are small JSON without personal data: ids, not people. */
export interface JobPayload {
  readonly [key: string]: string | number | boolean | null;
}

export type JobOutcome = { done: true } | { skipped: string };

export interface JobDefinition<P extends JobPayload> {
  readonly name: string;
  /** Runs at most this many at once in one process. Default 1. */
  readonly concurrency?: number;
  /** Tries after the first failure, with exponential back-off. Default 3. */
  readonly retries?: number;
  /**
   * A running job shows a sign of life by itself, however long it takes; when a worker died, its job is given to another
   * after this many seconds without one. Default 60.
   */
  readonly expireSeconds?: number;
  /** Cron expression in UTC, for recurring work (payload `{}`). */
  readonly cron?: string;
  /** Says how it ended; throws to be tried again. `signal` aborts at shutdown. */
  run(payload: P, signal: AbortSignal): Promise<JobOutcome>;
}

export interface Jobs {
  /** Registers the work; call before `start`. */
  define<P extends JobPayload>(job: JobDefinition<P>): void;
  /** Enqueues. With `key`, a second job of the same key is not queued while the first waits or runs. */
  send(name: string, payload: JobPayload, options?: { key?: string; afterSeconds?: number }): Promise<void>;
  /** Begins to work (`workers: false` only enqueues, for api-only roles). */
  start(options: { workers: boolean; schedules: boolean }): Promise<void>;
  /** Lets running jobs end (up to `graceSeconds`), then stops. */
  stop(graceSeconds: number): Promise<void>;
}
