import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { poll } from '../../../test/poll.ts';
import { useStores } from '../../../test/stores.ts';
import { Fault } from '../errors.ts';
import { createPg } from './createPg.ts';
import { openPostgres } from './openPostgres.ts';
import { pgQuery } from './query.ts';

const deps = useStores();

const echo = pgQuery({
  name: 'test.echo',
  params: { objects: 'jsonb[]', list: 'jsonb', texts: 'text[]', bytes: 'bytea[]', instants: 'timestamptz[]' },
  row: { objects: 'jsonb[]', list: 'jsonb', texts: 'text[]', bytes: 'bytea[]', instants: 'timestamptz[]' },
  text: 'select :objects as objects, :list as list, :texts as texts, :bytes as bytes, :instants as instants',
});

const echoScalars = pgQuery({
  name: 'test.echoScalars',
  params: { id: 'int8', amount: 'numeric', day: 'date', ids: 'int8[]', amounts: 'numeric[]', days: 'date[]' },
  row: { id: 'int8', amount: 'numeric', day: 'date', ids: 'int8[]', amounts: 'numeric[]', days: 'date[]' },
  text: 'select :id as id, :amount as amount, :day as day, :ids as ids, :amounts as amounts, :days as days',
});

const readBigint = pgQuery({
  name: 'test.readBigint',
  params: { text: 'text' },
  row: { value: 'int8' },
  text: 'select :text::int8 as value',
});

const addCounter = pgQuery({
  name: 'test.addTally',
  params: { workspace: 'int4', names: 'text[]' },
  row: {},
  text: `insert into collect.counter (workspace_id, source_id, day, name, count)
         select :workspace, 1, '2026-01-01', name, 1 from unnest(:names) as name`,
});

const listCounters = pgQuery({
  name: 'test.listTallies',
  params: { workspace: 'int4' },
  row: { name: 'text' },
  text: 'select name from collect.counter where workspace_id = :workspace order by name',
});

const fail = pgQuery({ name: 'test.fail', params: {}, row: { one: 'int4' }, text: 'select 1 / 0 as one' });

describe('values', () => {
  test('arrays, JSON, bytes and instants come back as they went', async () => {
    const sent = {
      objects: [{ x: 'a"b\\' }, [1, 2], 'text', null],
      list: [1, { a: '2' }],
      texts: ['a"', 'NULL', null, '', '{,}', 'back\\slash', 'é😀\n'],
      bytes: [Buffer.from('hi\0'), null, Buffer.alloc(0)],
      instants: [new Date('2026-11-21T10:00:00.123Z'), null, new Date('+010000-01-01T00:00:00Z'), new Date(-1e14)],
    };
    expect(await deps.pg.rows(echo, sent)).toEqual([sent]);
  });

  test('numbers stay numbers, money stays text, days stay ISO text', async () => {
    const sent = {
      id: Number.MAX_SAFE_INTEGER,
      amount: '12345678901234567890.10',
      day: '2026-11-21',
      ids: [1, null, -9007199254740991],
      amounts: ['0.10', null],
      days: ['1900-01-01', null, '9999-12-31'],
    };
    expect(await deps.pg.row(echoScalars, sent)).toEqual(sent);
  });

  test('a bigint beyond 2^53 throws instead of losing digits, and the connection stays usable', async () => {
    await expect(deps.pg.row(readBigint, { text: '9007199254740993' })).rejects.toThrow(
      'bigint 9007199254740993 does not fit',
    );
    expect(await deps.pg.row(readBigint, { text: '-1' })).toEqual({ value: -1 });
  });

  test('a wrong parameter is named', async () => {
    const params = JSON.parse('{"text": null}');
    await expect(deps.pg.row(readBigint, params)).rejects.toThrow(
      'query test.readBigint: parameter :text is null but its type is not optional',
    );
  });
});

describe('transactions', () => {
  test('a nested transaction joins the outer one, and everything is undone when it throws', async () => {
    const attempt = deps.pg.transaction(async (tx) => {
      await tx.run(addCounter, { workspace: 1, names: ['outer'] });
      await tx.transaction((inner) => inner.run(addCounter, { workspace: 1, names: ['inner'] }));
      expect(await tx.rows(listCounters, { workspace: 1 })).toHaveLength(2);
      throw new Error('changed my mind');
    });
    await expect(attempt).rejects.toThrow('changed my mind');
    expect(await deps.pg.rows(listCounters, { workspace: 1 })).toEqual([]);
  });

  test('what is committed stays and the number of rows is told', async () => {
    const written = await deps.pg.transaction((tx) => tx.run(addCounter, { workspace: 2, names: ['a', 'b'] }));
    expect(written).toBe(2);
    expect(await deps.pg.rows(listCounters, { workspace: 2 })).toEqual([{ name: 'a' }, { name: 'b' }]);
  });

  test('a failed statement that is caught does not let the transaction pass as committed', async () => {
    const attempt = deps.pg.transaction(async (tx) => {
      await tx.run(addCounter, { workspace: 3, names: ['lost'] });
      await tx.row(fail, {}).catch(() => null);
    });
    await expect(attempt).rejects.toThrow('nothing was committed');
    expect(await deps.pg.rows(listCounters, { workspace: 3 })).toEqual([]);
  });

  test('a connection cut in the middle of a transaction is a fault, and the next transaction works', async () => {
    const attempt = deps.pg.transaction(async (tx) => {
      await tx.run(addCounter, { workspace: 4, names: ['lost'] });
      await deps.pg.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where state = 'idle in transaction' and datname = current_database()`,
      );
      await tx.run(addCounter, { workspace: 4, names: ['lost too'] });
    });
    await expect(attempt).rejects.toMatchObject({ kind: 'unavailable', code: 'platform.database_unavailable' });
    await deps.pg.transaction((tx) => tx.run(addCounter, { workspace: 4, names: ['kept'] }));
    expect(await deps.pg.rows(listCounters, { workspace: 4 })).toEqual([{ name: 'kept' }]);
  });
});

describe('listening', () => {
  test('every notification of the channel arrives until one stops listening', async () => {
    const heard: string[] = [];
    const stop = await deps.pg.listen('news', (payload) => heard.push(payload));
    await deps.pg.pool.query(`select pg_notify('news', 'one'), pg_notify('other', 'x'), pg_notify('news', 'two')`);
    await poll('both notifications', () => heard.length === 2);
    expect(heard).toEqual(['one', 'two']);
    await stop();
    await deps.pg.pool.query(`select pg_notify('news', 'three')`);
    await sleep(50);
    expect(heard).toHaveLength(2);
  });

  test('a lost listening connection comes back by itself', async () => {
    const heard: string[] = [];
    const stop = await deps.pg.listen('lasting', (payload) => heard.push(payload));
    await deps.pg.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'vitrail listen' and datname = current_database()`,
    );
    await poll('a notification after the loss', async () => {
      await deps.pg.pool.query(`select pg_notify('lasting', 'again')`);
      return heard.length > 0;
    });
    await stop();
  });
});

test('a server that is not there is a fault that says so', async () => {
  await expect(
    openPostgres({ url: 'postgres://nobody@127.0.0.1:1/none', dataDir: '', log: deps.log }),
  ).rejects.toBeInstanceOf(Fault);
});

test('the description shows no credentials', () => {
  expect(deps.pg.description).toMatch(/^PostgreSQL \d+\.\d+ at /);
  expect(deps.pg.description).not.toContain('@');
});

test('typed queries run on any pool', async () => {
  expect(await createPg(deps.pg.pool).row(readBigint, { text: '5' })).toEqual({ value: 5 });
});
