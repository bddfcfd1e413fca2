/** One accepted request on its way into `collect.inbox`. */
export interface InboxEntry {
  readonly workspaceId: number;
  readonly sourceId: number;
  readonly receivedAt: Date;
  /** The type the path gave, for a body that leaves it out. */
  readonly typeHint: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** The browser asks not to be sold or shared: Global Privacy Control. */
  readonly gpc?: boolean;
  /** How many events the payload holds. */
  readonly events: number;
  /** A record that a person replays. */
  readonly replay: boolean;
  /** JSON in UTF-8 without the escapes of NUL or lone surrogates. Must not change until `append` settles. */
  readonly payload: Buffer;
}

export interface Inbox {
  /**
   * Resolves once the entry is committed and synced. Rejects with a `Fault` of kind `unavailable` when it cannot be
   * kept: too much waits already, or PostgreSQL does not take it. After a lost connection it may have been kept all the
   * same; sending it again is harmless, because repeated message ids are dropped.
   */
  append(entry: InboxEntry): Promise<void>;
  /** Throws that same fault now, before any work is spent on a request that could not be kept. */
  assertOpen(): void;
  /** Events that wait for the pipeline; exact while one process does all, else at most a few seconds old. */
  backlog(): number;
  /** The pipeline tells, after its commit, that it took this many events out. */
  taken(events: number): void;
  /** Refuses new entries, waits for the ones under way. */
  close(): Promise<void>;
}
