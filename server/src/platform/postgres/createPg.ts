import type { Pool, PoolClient } from 'pg';
import { type EncodeParameter, parameterEncoder } from './encodeParameter.ts';
import { toPgFault } from './pgFault.ts';
import type { PgParams, PgQuery, PgRow, PgShape } from './query.ts';
import { runTransaction } from './runTransaction.ts';
import type { Pg } from './types.ts';

type Runner = Pick<PoolClient, 'query'>;
type Encoders = readonly { readonly name: string; readonly encode: EncodeParameter }[];

const encodersByQuery = new WeakMap<object, Encoders>();

function encodersOf<P extends PgShape, R extends PgShape>(query: PgQuery<P, R>): Encoders {
  let encoders = encodersByQuery.get(query);
  if (encoders === undefined) {
    encoders = query.order.map((name) => ({ name, encode: parameterEncoder(query.params[name] ?? 'text') }));
    encodersByQuery.set(query, encoders);
  }
  return encoders;
}

function encode<P extends PgShape, R extends PgShape>(query: PgQuery<P, R>, params: PgParams<P>) {
  const given: { readonly [name: string]: unknown } = params;
  return encodersOf(query).map((parameter) => {
    try {
      return parameter.encode(given[parameter.name]);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new TypeError(`query ${query.name}: parameter :${parameter.name} ${reason}`);
    }
  });
}

/** Runs typed queries on a pool or on one client; `transaction` is given by the caller. */
function createRunner(runner: Runner, transaction: Pg['transaction']): Pg {
  async function execute<P extends PgShape, R extends PgShape>(query: PgQuery<P, R>, params: PgParams<P>) {
    const values = encode(query, params);
    try {
      const { name, text } = query;
      return await runner.query<PgRow<R>>(query.planEachTime ? { text, values } : { name, text, values });
    } catch (error) {
      throw toPgFault(error);
    }
  }
  return {
    rows: async (query, params) => (await execute(query, params)).rows,
    row: async (query, params) => (await execute(query, params)).rows[0] ?? null,
    run: async (query, params) => (await execute(query, params)).rowCount ?? 0,
    transaction,
  };
}

/** Typed queries inside a transaction that is open on `client`. */
export function createTransactionPg(client: PoolClient): Pg {
  const tx: Pg = createRunner(client, (nested) => nested(tx));
  return tx;
}

/**
 * Typed queries over a pool. Each query is a named prepared statement, so its text is parsed once per connection, unless
 * it asks to be planned each time.
 */
export function createPg(pool: Pool): Pg {
  return createRunner(pool, (work) => runTransaction(pool, (client) => work(createTransactionPg(client))));
}
