import { sqlAnswerSchema, sqlLimits, sqlSchemaSchema, sqlViews } from '@vitrail/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { useApp } from '../../../test/httpApp.ts';
import { createKeyHeaders } from '../../../test/people.ts';
import { openShop, type Shop } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { encodeProfileId } from '../../collect/index.ts';
import { pgQuery } from '../../platform/index.ts';
import { registerSqlRoutes } from './routes.ts';
import { runSql } from './runSql.ts';
import { publishedViewTexts } from './sql/publishedViews.ch.ts';

const deps = useStores();
const opened = useApp(deps, { rooms: (app) => registerSqlRoutes(app, deps) });
let shop: Shop;
afterEach(async () => {
  await shop.pipeline.stop();
});

const listAudit = pgQuery({
  name: 'test.listSqlAudit',
  params: { workspace: 'int4' },
  row: { action: 'text', details: 'jsonb' },
  text: `select action, details from govern.audit where workspace_id = :workspace and target = 'sql' order by id`,
});

async function openAnalyst(scopes: Parameters<typeof createKeyHeaders>[2] = ['sql.read', 'personal.read']) {
  shop = await openShop(deps, { timeZone: 'Europe/Paris' });
  const headers = await createKeyHeaders(deps, shop.id, scopes);
  return async (query: string) => {
    const answer = await opened.app.inject({ method: 'POST', url: '/api/v1/sql', headers, payload: { query } });
    if (answer.statusCode !== 200) return { problem: answer.json() };
    return { answer: sqlAnswerSchema.parse(answer.json()) };
  };
}

const sendOrders = () =>
  shop.send(
    { type: 'identify', anonymousId: 'a1', userId: 'u1', traits: { city: 'Lyon' } },
    {
      type: 'page',
      anonymousId: 'a1',
      timestamp: '2026-05-01T22:30:00Z',
      context: { page: { url: 'https://shop.example/cart?mail=zoe', path: '/cart' } },
    },
    {
      type: 'track',
      event: 'Order Completed',
      userId: 'u1',
      timestamp: '2026-05-02T13:00:00Z',
      properties: {
        order_id: 'o1',
        total: 40,
        currency: 'EUR',
        products: [{ product_id: 'p1', price: 20, quantity: 2 }],
      },
    },
    {
      type: 'track',
      event: 'Order Refunded',
      userId: 'u1',
      timestamp: '2026-05-03T13:00:00Z',
      properties: { order_id: 'o1', total: 15 },
    },
  );

const principal = () => ({
  kind: 'user' as const,
  id: 'somebody',
  workspaceId: shop.id,
  permissions: new Set(['sql.read', 'personal.read'] as const),
});

describe('a statement', () => {
  it('is answered with names, types and values, people by the id of their page, days local', async () => {
    const ask = await openAnalyst();
    await sendOrders();
    const { answer } = await ask(`
      select person_id, toDate(min(e.at)) as day, count() as events, any(o.net_revenue) as net, [toUInt64(7)] as list,
        18446744073709551615 as huge, null as nothing, 0 / 0 as undefined
      from events as e join orders as o using (person_id) group by person_id`);
    const [profile] = await shop.events();
    expect(answer).toMatchObject({
      columns: [
        { name: 'person_id', type: 'UInt64' },
        { name: 'day', type: 'Date' },
        { name: 'events', type: 'UInt64' },
        { name: 'net', type: 'Decimal(18, 4)' },
        { name: 'list', type: 'Array(UInt64)' },
        { name: 'huge', type: 'UInt64' },
        { name: 'nothing', type: 'Nullable(Nothing)' },
        { name: 'undefined', type: 'Float64' },
      ],
      // 22:30 in London is already the next day in Paris.
      rows: [[encodeProfileId(profile?.profile_id ?? 0), '2026-05-02', 4, 25, [7], '18446744073709551615', null, null]],
      truncated: false,
      at: deps.clock.now().toISOString(),
    });
  });

  it('finds a person by the id of the customer page', async () => {
    const ask = await openAnalyst();
    await sendOrders();
    const [profile] = await shop.events();
    const id = encodeProfileId(profile?.profile_id ?? 0);
    const { answer } = await ask(`select count() from events where person_id = person('${id}')`);
    expect(answer?.rows).toEqual([[4]]);
  });

  it('shows personal columns masked to those who may not see them, whatever is done to them', async () => {
    const ask = await openAnalyst(['sql.read']);
    await sendOrders();
    const { answer } = await ask(
      'select url, path, user_id, substringUTF8(properties, 1, 9), length(url) from events where path != $$$$',
    );
    expect(answer?.rows).toEqual([['•••••', '/cart', '•••••', '•••••', 15]]);
    const found = await ask(
      `select count() from events where url like '%zoe%' or user_id = 'u1' or properties like '%o1%'`,
    );
    expect(found.answer?.rows).toEqual([[0]]);
  });

  it('says that there is more than the rows it answers', async () => {
    const ask = await openAnalyst();
    const { answer } = await ask('select arrayJoin(range(10500)) as n order by n desc');
    expect(answer?.truncated).toBe(true);
    expect(answer?.rows).toHaveLength(sqlLimits.rows);
    expect(answer?.rows.at(-1)).toEqual([500]);
  });

  it('that needs too much memory or recursion is stopped and says so, one with a large answer cut off', async () => {
    const ask = await openAnalyst();
    const heavy = await ask('select arraySort(x -> -x, range(400000000)) as a');
    expect(heavy.problem).toMatchObject({ status: 413, code: 'decide.sql_too_heavy', limit: 'needs' });
    const large = await ask(`select repeat('x', 1000000) as a from (select arrayJoin(range(200)) as n)`);
    expect(large.answer?.truncated).toBe(true);
    expect(large.answer?.rows.length).toBe(50);
    const deep = await ask('with recursive t as (select 1 as n union all select n + 1 from t) select max(n) from t');
    expect(deep.problem).toMatchObject({ status: 400, code: 'decide.sql_wrong', symbol: 'TOO_DEEP_RECURSION' });
    const nested = await ask(`select ${'('.repeat(3000)}1${')'.repeat(3000)}`);
    expect(nested.problem).toMatchObject({ status: 400 });
  });

  it('that runs for too long is stopped, and the next one is answered', async () => {
    const ask = await openAnalyst();
    const endless = `select count() from (select arrayJoin(range(1000000)) as a) as x
      cross join (select arrayJoin(range(1000000)) as a) as y where sipHash64(x.a, y.a) = 1`;
    const signal = new AbortController().signal;
    await expect(runSql(deps, principal(), endless, { signal, seconds: 1 })).rejects.toMatchObject({
      code: 'decide.sql_too_heavy',
      kind: 'too_large',
    });
    expect((await ask('select 1')).answer?.rows).toEqual([[1]]);
  });

  it('stops when its reader goes', async () => {
    await openAnalyst();
    const endless = `select count() from (select arrayJoin(range(1000000)) as a) as x
      cross join (select arrayJoin(range(1000000)) as a) as y where sipHash64(x.a, y.a) = 1`;
    const leaving = new AbortController();
    const running = runSql(deps, principal(), endless, { signal: leaving.signal });
    setTimeout(() => leaving.abort(new Error('gone')), 300);
    await expect(running).rejects.toThrow('gone');
  });

  it('with a mistake gets the place or the name that is wrong', async () => {
    const ask = await openAnalyst();
    expect((await ask('select 1,\n  é from events wher 1')).problem).toMatchObject({
      code: 'decide.sql_syntax',
      line: 2,
    });
    const unknown = (await ask('select colour from events')).problem;
    expect(unknown).toMatchObject({ code: 'decide.sql_wrong', symbol: 'UNKNOWN_IDENTIFIER' });
    expect(unknown.detail).toBe('The statement cannot be answered: Unknown expression identifier `colour`.');
    const ungrouped = (await ask('select site, count() from events')).problem;
    expect(ungrouped.detail).toContain('not under aggregate function');
    expect((await ask('select 1 as a, 2 as a')).problem).toMatchObject({ code: 'decide.sql_wrong' });
    expect((await ask('select * from sales')).problem.detail).toContain('people, events');
  });

  it('is written into the audit log without its values', async () => {
    const ask = await openAnalyst();
    await ask(`select 'zoe@shop.example', 42 from people`);
    await ask(`select * from system.users where name = 'zoe'`);
    const log = await deps.pg.rows(listAudit, { workspace: shop.id });
    expect(log).toEqual([
      { action: 'sql.run', details: { query: 'SELECT ? , ? FROM people', rows: 0, ms: expect.any(Number) } },
      { action: 'sql.refused', details: { query: '', reason: 'decide.sql_other_database' } },
    ]);
  });

  it('needs the permission', async () => {
    const ask = await openAnalyst(['analytics.read']);
    expect((await ask('select 1')).problem).toMatchObject({ status: 403, permission: 'sql.read' });
  });
});

describe('the published views', () => {
  it.each([true, false])('have the columns they promise (masked: %s)', async (mask) => {
    const ask = await openAnalyst(mask ? ['sql.read'] : ['sql.read', 'personal.read']);
    expect([...publishedViewTexts(mask).keys()]).toEqual(sqlViews.map(({ name }) => name));
    for (const { name, columns } of sqlViews) {
      const { answer } = await ask(`select * from ${name}`);
      const plain = (type: string) => (mask ? type.replace(/^LowCardinality\((.*)\)$/, '$1') : type);
      expect(answer?.columns.map((column) => [column.name, column.type.replace("'Europe/Paris'", "'zone'")])).toEqual(
        columns.map((column) => [column.name, column.personal ? plain(column.type) : column.type]),
      );
    }
  });

  it('are listed with what is masked for the reader', async () => {
    await openAnalyst();
    const headers = await createKeyHeaders(deps, shop.id, ['sql.read']);
    const answer = await opened.app.inject({ url: '/api/v1/sql/schema', headers });
    const { views, functions } = sqlSchemaSchema.parse(answer.json());
    const url = views.find(({ name }) => name === 'events')?.columns.find(({ name }) => name === 'url');
    expect(url).toMatchObject({ type: 'String', masked: true });
    expect(functions).toContain('uniqexact');
  });
});
