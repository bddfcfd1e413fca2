import { existsSync } from 'node:fs';
import { sqlViews } from '@vitrail/contracts';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { createWorkspace, type TestWorkspace } from '../../../test/builders.ts';
import { useApp } from '../../../test/httpApp.ts';
import { createKeyHeaders } from '../../../test/people.ts';
import { useStores } from '../../../test/stores.ts';
import { compileRows } from './compileSql.ts';
import { registerSqlRoutes } from './routes.ts';
import { listEngineTables } from './sql/engineNames.ch.ts';

const deps = useStores();
const opened = useApp(deps, { rooms: (app) => registerSqlRoutes(app, deps) });
const secret = 'neighbour-secret';
let own: TestWorkspace;
let neighbour: TestWorkspace;
let headers: Record<string, string>;

const rows = (list: readonly object[]): Buffer => Buffer.from(list.map((row) => JSON.stringify(row)).join('\n'));

/** One person with one row in every table, whose values tell the workspace. */
async function fill(workspace: TestWorkspace, person: number, mark: string): Promise<void> {
  const base = { workspace_id: workspace.id, profile_id: person, version: 1 };
  const at = '2026-05-01 10:00:00.000';
  const tables: Record<string, object> = {
    customers: {
      ...base,
      members: [person],
      traits: { city: mark },
      consents: {},
      namespaces: ['email'],
      first_seen: at,
    },
    events: {
      workspace_id: workspace.id,
      profile_id: person,
      timestamp: at,
      received_at: at,
      message_id: mark,
      type: 'track',
      event: mark,
      url: mark,
      properties: JSON.stringify({ word: mark }),
    },
    orders: {
      ...base,
      order_id: mark,
      ordered_at: at,
      status: 'completed',
      currency: 'EUR',
      total: 10,
      base_total: 10,
    },
    order_lines: { ...base, order_id: mark, line: 1, ordered_at: at, product_id: mark, quantity: 1, price: 10 },
    memberships: { ...base, segment_id: 1, member: true, since: at },
    products: { workspace_id: workspace.id, version: 1, product_id: mark, title: mark, updated_at: at },
    // Old ones would be removed in the background.
    drops: { workspace_id: workspace.id, at: new Date().toISOString(), id: mark, reason: 'invalid', raw: mark },
    profile_root: { ...base, root_id: person },
  };
  for (const [table, row] of Object.entries(tables))
    await deps.ch.insert(table, rows([row]), { token: `${table} ${mark}` });
}

beforeAll(async () => {
  own = await createWorkspace(deps);
  neighbour = await createWorkspace(deps);
  await fill(own, 11, 'own-word');
  await fill(neighbour, 22, secret);
  headers = await createKeyHeaders(deps, own.id, ['sql.read', 'personal.read']);
});

const ask = async (query: string, by = headers) =>
  opened.app.inject({ method: 'POST', url: '/api/v1/sql', headers: by, payload: { query } });

const readsNothing: readonly (readonly [statement: string, reason: string])[] = [
  // The engine's own tables, other databases, our base tables.
  ['select * from system.tables', 'other_database'],
  ['select * from system.query_log', 'other_database'],
  ['select * from `system`.`users`', 'other_database'],
  ['select * from `system.tables`', 'name'],
  ['select * from SYSTEM.tables', 'other_database'],
  ['select * from information_schema.tables', 'other_database'],
  ['select * from INFORMATION_SCHEMA.columns', 'other_database'],
  ['select * from default.events', 'other_database'],
  ['select 1 where (1, 2) in system.one', 'other_database'],
  ["select 'x' in default.drops", 'other_database'],
  ['select * from customers', 'wrong'],
  ['select * from drops', 'wrong'],
  ['select * from profile_root', 'wrong'],
  ['select * from profile_root_dict', 'wrong'],
  ['select * from memberships', 'wrong'],
  ['select (1, 2) in drops', 'wrong'],
  ['select * from vitrail.events', 'other_database'],
  // Table functions that read files, addresses, other databases, or anything at all.
  ["select * from file('/etc/passwd', 'LineAsString')", 'table_function'],
  ["select * from url('http://127.0.0.1:1/x', 'CSV', 'a String')", 'table_function'],
  ["select * from s3('http://127.0.0.1:1/b/x.csv', 'CSV', 'a String')", 'table_function'],
  ["select * from remote('127.0.0.1', system.one)", 'other_database'],
  ["select * from remote('127.0.0.1', 'default', 'events')", 'table_function'],
  ["select * from remoteSecure('127.0.0.1', 'default', 'events')", 'table_function'],
  ["select * from cluster('default', 'default', 'events')", 'table_function'],
  ["select * from clusterAllReplicas('default', 'default', 'events')", 'table_function'],
  ["select * from postgresql('127.0.0.1:5432', 'd', 't', 'u', 'p')", 'table_function'],
  ["select * from mysql('127.0.0.1:3306', 'd', 't', 'u', 'p')", 'table_function'],
  ["select * from mongodb('127.0.0.1:1', 'd', 't', 'u', 'p', 'a String')", 'table_function'],
  ["select * from sqlite('/tmp/x.db', 't')", 'table_function'],
  ["select * from jdbc('x', 'y', 'z')", 'table_function'],
  ["select * from executable('x.sh', 'TSV', 'a String')", 'table_function'],
  ["select * from python('x')", 'table_function'],
  ["select * from merge('default', '.*')", 'table_function'],
  ["select * from merge('events')", 'table_function'],
  ["select * from dictionary('profile_root_dict')", 'table_function'],
  ['select * from view(select 1)', 'table_function'],
  ["select * from input('a String')", 'table_function'],
  ['select * from numbers(10)', 'table_function'],
  ['select * from generateRandom()', 'table_function'],
  ['select * from (values (1))', 'table_function'],
  ["select * from loop('default', 'events')", 'table_function'],
  ["select * from mergeTreeIndex('default', 'events')", 'table_function'],
  ["select * from events e join url('http://127.0.0.1:1/', 'CSV', 'a String') u on 1 = 1", 'table_function'],
  [
    "select * from people where person_id in (select person_id from file('/etc/passwd', 'CSV', 'person_id UInt64'))",
    'table_function',
  ],
  // Functions that read state, dictionaries, settings, files; that wait; that name tables in texts.
  ["select dictGet('profile_root_dict', 'root_id', (toUInt32(2), toUInt64(22)))", 'function'],
  ["select dictHas('profile_root_dict', (toUInt32(2), toUInt64(22)))", 'function'],
  ["select joinGet('default.j', 'a', 1)", 'function'],
  ["select file('/etc/passwd')", 'function'],
  ["select hasColumnInTable('default', 'events', 'url')", 'function'],
  ["select getSetting('max_threads')", 'function'],
  ["select getServerSetting('max_connections')", 'function'],
  ["select getMacro('shard')", 'function'],
  ['select currentDatabase(), currentUser(), hostName(), version(), serverUUID()', 'function'],
  ['select sleep(3)', 'function'],
  ['select SLEEP(3)', 'function'],
  ['select sleepEachRow(1) from events', 'function'],
  ["select throwIf(1, 'x')", 'function'],
  ['select addressToLine(1)', 'function'],
  ["select catboostEvaluate('/etc/passwd', 1)", 'function'],
  ["select aiGenerate('x')", 'function'],
  ['select @@version', 'function'],
  ['select * apply(sleep) from people', 'construct'],
  ["select finalizeAggregation(cast(unhex('00') as AggregateFunction(sum, UInt64)))", 'construct'],
  // Settings, outputs, parameters.
  ['select * from events settings max_execution_time = 0', 'settings'],
  ["select * from events settings additional_table_filters = {'events': '1'}", 'parameter'],
  ['select * from (select * from events settings readonly = 0)', 'settings'],
  ["select * from events into outfile '/tmp/vitrail-outfile' format CSV", 'output'],
  ["select * from events into outfile '/tmp/vitrail-outfile' truncate", 'output'],
  ['select 1 format Native', 'output'],
  ['select {workspace:UInt32}', 'parameter'],
  ['select * from {table:Identifier}', 'parameter'],
  // More than one statement; anything but SELECT.
  ['select 1; drop table events', 'several'],
  ['select 1;; select 2', 'several'],
  ['select 1 parallel with select 2', 'several'],
  ['select 1 /* ; */ ; -- \n truncate table events', 'several'],
  ['drop table events', 'not_a_select'],
  ["insert into events (event) values ('x')", 'not_a_select'],
  ['insert into events select * from events', 'not_a_select'],
  ['alter table events delete where 1', 'not_a_select'],
  ['delete from events where 1', 'not_a_select'],
  ['truncate table events', 'not_a_select'],
  ['create table x (a Int8) engine = Memory', 'not_a_select'],
  ['create view x as select 1', 'not_a_select'],
  ['create function f as (x) -> x', 'not_a_select'],
  ["attach table x from '/etc' (a String) engine = File(CSV)", 'not_a_select'],
  ['rename table events to x', 'not_a_select'],
  ['set max_memory_usage = 0', 'not_a_select'],
  ['use system', 'not_a_select'],
  ['system reload config', 'not_a_select'],
  ['system shutdown', 'not_a_select'],
  ['kill query where 1', 'not_a_select'],
  ['optimize table events final', 'not_a_select'],
  ["backup table events to File('/tmp/x')", 'not_a_select'],
  ['grant all on *.* to default', 'not_a_select'],
  ['show tables', 'not_a_select'],
  ['show create table events', 'not_a_select'],
  ['describe table events', 'not_a_select'],
  ['explain select * from events', 'not_a_select'],
  ['explain ast drop table events', 'not_a_select'],
  ['exists table events', 'not_a_select'],
  ['select * from published_events', 'name'],
  ['select 1 as published_x', 'name'],
  ['select `a\nTableIdentifier x` from events', 'name'],
  ["select person('nobody')", 'unknown_person'],
  ['select * from events sample 0.1', 'construct'],
  ['select from where', 'syntax'],
  ['', 'request'],
];

describe('a statement that reaches beyond the published views is refused', () => {
  test.each(readsNothing)('%s', async (statement, reason) => {
    const answer = await ask(statement);
    const code = reason === 'request' ? 'http.invalid_request' : `decide.sql_${reason}`;
    expect(answer.json()).toMatchObject({ status: 400, code });
    expect(answer.body).not.toContain(secret);
  });

  it('and leaves no trace: no file, no lost table', async () => {
    expect(existsSync('/tmp/vitrail-outfile')).toBe(false);
    expect((await ask('select count() from events')).json()).toMatchObject({ rows: [[1]] });
  });
});

/** Allowed statements that try to reach the neighbour's rows by other ways: all answer, and none with his. */
const readsOwn: readonly string[] = [
  ...sqlViews.map(({ name }) => `select * from ${name}`),
  'with events as (select * from events) select * from events',
  'with events as (select 1 as a) select * from events',
  'with people as (select * from events), events as (select * from people) select * from events',
  'with recursive orders as (select 1 as n union all select n + 1 from orders where n < 3) select * from orders',
  'select * from (with orders as (select * from orders) select * from orders) as orders',
  'with x as (with events as (select event from events) select * from events) select * from x',
  'select * from events as people, people as events',
  'select events.event from events',
  `select * from events where 1 or event = 'x'`,
  `select * from events where event = 'x' or 1 = 1 -- and workspace_id = 1`,
  "select * from events /* '; */ where '/*' != '*/'",
  'select * from events union all select * from events',
  'select event from events intersect select event from events',
  'select a.event, b.event from events a cross join events b',
  'select * from order_lines l left join products p on l.product_id = p.product_id',
  'select title, site_price from products left array join prices as site_price',
  'with products as (select * from products) select * from products',
  'select * from people where person_id in (select person_id from events)',
  'select * from orders where person_id in (select person_id from people)',
  'select * from people full join orders using (person_id)',
  'select * from people right join order_lines using (person_id)',
  'select (select groupArray(event) from events)',
  'select *, (select max(event) from events) as m from people group by all',
  "select columns('.*') from events",
  'select * except (url) from events',
  "select * replace ('y' as url) from events",
  'from events select *',
  'select ‘a’, event from events',
  'select groupArray(event) over () from events',
  'select count() as events, 1 as customers, 2 as drops from events',
  'select arrayJoin(groupArray(tuple(*))) from events',
];

describe('whatever an allowed statement does, it sees its own workspace alone', () => {
  test.each(readsOwn)('%s', async (statement) => {
    const answer = await ask(statement);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.body).not.toContain(secret);
  });

  test.each([
    'select workspace_id from events',
    'select * from events where workspace_id = 2',
    'select traits from events',
    'select _table, _part from events',
    'select * from events final',
    'select catalogue, version from products',
  ])('%s knows no column of the table behind the view', async (statement) => {
    expect((await ask(statement)).json()).toMatchObject({ status: 400, code: 'decide.sql_wrong' });
  });

  it('even if a name slipped through all checks: the engine binds every read of every table', async () => {
    const tables = await deps.ch.rows(listEngineTables, {});
    const boundTables = tables.filter(({ bound }) => bound === 1).map(({ name }) => name);
    const run = (statement: string) =>
      deps.ch.rows(
        compileRows({ statement, views: new Map(), boundTables, workspace: own.id }, { rows: 10, bytes: 10_000 }),
        { workspace: own.id, zone: 'UTC' },
        { lane: 'heavy', signal: new AbortController().signal },
      );
    const found = [
      await run('select * from events'),
      await run('select * from drops'),
      await run('select * from orders'),
      await run('select * from products'),
      await run('select id from drops where id in (select order_id from orders)'),
      await run('with events as (select * from events) select a.event, b.event from events a, events b'),
    ];
    expect(found.map((list) => list.length)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(JSON.stringify(found)).not.toContain(secret);
  });

  it('also when its key is of the other workspace', async () => {
    const theirs = await createKeyHeaders(deps, neighbour.id, ['sql.read', 'personal.read']);
    const answer = (await ask('select event from events', theirs)).json();
    expect(answer.rows).toEqual([[secret]]);
  });
});
