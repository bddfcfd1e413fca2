import type { Pool, PoolClient } from 'pg';
import { toPgFault } from './pgFault.ts';

/** A connection whose state is unknown must not go back to the pool: the error makes the pool close it. */
async function rollBack(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Commits when `work` resolves, rolls back when it throws. Lost connections become a `Fault`. */
export async function runTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  let client: PoolClient;
  try {
    client = await pool.connect();
  } catch (error) {
    throw toPgFault(error);
  }
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    const { command } = await client.query('commit');
    // PostgreSQL answers ROLLBACK to the COMMIT of a transaction in which a statement failed and was caught.
    if (command === 'ROLLBACK') throw new Error('nothing was committed: a statement of the transaction had failed');
    return result;
  } catch (error) {
    broken = await rollBack(client);
    throw toPgFault(error);
  } finally {
    client.release(broken);
  }
}
