import type { PgParams, PgQuery, PgRow, PgShape } from './query.ts';

/** Runs typed queries, on the pool or inside one transaction: callers need not know which. */
export interface Pg {
  rows<P extends PgShape, R extends PgShape>(query: PgQuery<P, R>, params: PgParams<P>): Promise<PgRow<R>[]>;
  /** The first row, or null. */
  row<P extends PgShape, R extends PgShape>(query: PgQuery<P, R>, params: PgParams<P>): Promise<PgRow<R> | null>;
  /** Number of rows written. */
  run<P extends PgShape, R extends PgShape>(query: PgQuery<P, R>, params: PgParams<P>): Promise<number>;
  /**
   * Commits when `work` resolves, rolls back when it throws. Nested calls join the outer transaction.
   * Serialization failures and deadlocks are not retried here: the caller knows whether its work is repeatable.
   */
  transaction<T>(work: (tx: Pg) => Promise<T>): Promise<T>;
}

/** The state store as `app/` holds it. */
export interface PgStore extends Pg {
  /**
   * Calls `handler` for each NOTIFY on `channel`; reconnects by itself. What is sent while the connection is away is not
   * heard, so keep a slow poll beside it. Returns the function that stops listening.
   */
  listen(channel: string, handler: (payload: string) => void): Promise<() => Promise<void>>;
  /** Ready connections: the first for `better-auth` and `pg-boss`, which bring their own SQL. */
  readonly pool: import('pg').Pool;
  /** Human-readable: "embedded PostgreSQL 18.4" or "PostgreSQL 15.8 at db.example". No credentials. */
  readonly description: string;
  /** Bytes on disk of the database. */
  size(): Promise<number>;
  close(): Promise<void>;
}
