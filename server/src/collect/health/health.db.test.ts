import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSource, createWorkspace, type TestWorkspace } from '../../../test/builders.ts';
import { useApp } from '../../../test/httpApp.ts';
import { useStores } from '../../../test/stores.ts';
import { pgQuery } from '../../platform/index.ts';
import { registerHealthRoutes } from './index.ts';

const deps = useStores();
let rung = 0;
const http = useApp(deps, {
  rooms: (app) =>
    registerHealthRoutes(app, {
      ...{ pg: deps.pg, ch: deps.ch, clock: deps.clock, log: deps.log },
      onReplay: () => {
        rung += 1;
      },
    }),
});

const everything = ['data.read', 'data.write', 'events.read', 'personal.read'];
const workspace = (scopes: readonly string[] = everything) => createWorkspace(deps, { scopes });
const headersOf = ({ secretKey }: TestWorkspace) => ({ authorization: `Bearer ${secretKey}` });
const get = async (made: TestWorkspace, url: string) =>
  (await http.app.inject({ url: `/api/v1/${url}`, headers: headersOf(made) })).json();

describe('data health', () => {
  const addCounter = pgQuery({
    name: 'test.addCounter',
    params: { workspace: 'int4', source: 'int4', day: 'date', name: 'text', reason: 'text', count: 'int8' },
    row: {},
    text: `insert into collect.counter (workspace_id, source_id, day, name, reason, count)
           values (:workspace, :source, :day, :name, :reason, :count)`,
  });
  const touch = pgQuery({
    name: 'test.touchSource',
    params: { source: 'int4', at: 'timestamptz' },
    row: {},
    text: `update collect.source set last_event_at = :at where id = :source`,
  });
  const wait = pgQuery({
    name: 'test.waitInInbox',
    params: { workspace: 'int4', source: 'int4' },
    row: {},
    text: `insert into collect.inbox (workspace_id, source_id, received_at, events, payload)
           values (:workspace, :source, now(), 12, '{}')`,
  });

  it('tells per source and day what came, what was not kept and why, and how fresh it is', async () => {
    deps.clock.set('2026-11-21T10:00:00Z');
    const made = await workspace();
    const till = await createSource(deps, made.id, { name: 'Till', family: 'store' });
    const count = (source: number, day: string, name: string, reason: string, amount: number) =>
      deps.pg.run(addCounter, { workspace: made.id, source, day, name, reason, count: amount });
    await count(made.sourceId, '2026-11-21', 'accepted', '', 100);
    await count(made.sourceId, '2026-11-20', 'accepted', '', 50);
    await count(made.sourceId, '2026-11-20', 'dropped', 'duplicate', 3);
    await count(made.sourceId, '2026-11-21', 'dropped', 'plan', 2);
    await count(made.sourceId, '2026-11-21', 'refused', 'too_large', 1);
    await count(made.sourceId, '2026-11-21', 'violation', '', 4);
    await count(made.sourceId, '2026-11-01', 'accepted', '', 999);
    await deps.pg.run(touch, { source: made.sourceId, at: new Date('2026-11-21T09:58:30Z') });
    await deps.pg.run(wait, { workspace: made.id, source: till.id });

    const health = await get(made, 'health-data?days=2');
    expect(health).toMatchObject({ from: '2026-11-20', to: '2026-11-21', backlog: 12 });
    expect(health.sources).toHaveLength(2);
    expect(health.sources.find(({ name }: { name: string }) => name === 'Web')).toEqual({
      sourceId: made.sourceId,
      name: 'Web',
      family: 'web',
      archived: false,
      lastEventAt: '2026-11-21T09:58:30.000Z',
      freshnessSeconds: 90,
      accepted: 150,
      violations: 4,
      dropped: { duplicate: 3, plan: 2 },
      refused: { too_large: 1 },
      days: [
        { day: '2026-11-20', accepted: 50, violations: 0, dropped: { duplicate: 3 }, refused: {} },
        { day: '2026-11-21', accepted: 100, violations: 4, dropped: { plan: 2 }, refused: { too_large: 1 } },
      ],
    });
    expect(health.sources.find(({ name }: { name: string }) => name === 'Till')).toMatchObject({
      family: 'store',
      accepted: 0,
      freshnessSeconds: null,
    });
  });
});

const drop = (workspaceId: number, id: string, overrides: object = {}) => ({
  workspace_id: workspaceId,
  at: Date.now() - 60_000,
  id,
  reason: 'plan',
  detail: '/total minimum',
  source_id: 5,
  type: 'track',
  event: 'Order Completed',
  message_id: `message ${id}`,
  raw: JSON.stringify({ type: 'track', event: 'Order Completed', messageId: id, userId: 'anna@example.com' }),
  replayed: false,
  batch_id: 1,
  ...overrides,
});
const keep = (rows: readonly object[]) =>
  deps.ch.insert('drops', Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')), { token: randomUUID() });
const idsOf = (page: { items: { id: string }[] }) => page.items.map(({ id }) => id);

describe('dropped records', () => {
  it('are listed newest first, filtered and paged', async () => {
    const made = await workspace();
    const now = Date.now();
    await keep([
      ...Array.from({ length: 7 }, (_, index) => drop(made.id, `p${index}`, { at: now - index * 1_000 })),
      drop(made.id, 'same-b', { at: now - 50_000 }),
      drop(made.id, 'same-a', { at: now - 50_000 }),
      drop(made.id, 'other', { at: now - 90_000, reason: 'invalid', source_id: 6, event: 'X', replayed: true }),
    ]);
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await get(made, `drops?limit=4${cursor}`);
      seen.push(...idsOf(page));
      cursor = page.next === null ? '' : `&cursor=${page.next}`;
    } while (cursor !== '');
    expect(seen).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'same-b', 'same-a', 'other']);
    for (const query of [
      'reason=invalid',
      'sourceId=6',
      'event=X',
      'replayed=true',
      `to=${new Date(now - 80_000).toISOString()}`,
    ])
      expect(idsOf(await get(made, `drops?${query}`)), query).toEqual(['other']);
  });

  it('show the record with personal.read only', async () => {
    const made = await workspace();
    await keep([drop(made.id, 'a')]);
    expect((await get(made, 'drops')).items[0]).toMatchObject({
      messageId: 'message a',
      raw: expect.stringContaining('anna@example.com'),
      reason: 'plan',
      detail: '/total minimum',
    });
    const analyst = await workspace(['events.read']);
    await keep([drop(analyst.id, 'a')]);
    const masked = await get(analyst, 'drops');
    expect(masked.items[0]).toMatchObject({ id: 'a', reason: 'plan', raw: null, messageId: null });
    expect(JSON.stringify(masked)).not.toContain('anna');
  });

  it('of another workspace are neither seen nor replayed', async () => {
    const made = await workspace();
    await keep([drop(made.id, 'mine')]);
    const other = await workspace();
    expect((await get(other, 'drops')).items).toEqual([]);
    expect(await replay(other, { ids: ['mine'] })).toMatchObject({ replayed: 0, skipped: 1 });
  });
});

const listInbox = pgQuery({
  name: 'test.listInbox',
  params: { workspace: 'int4' },
  row: { source: 'int4', hint: 'text?', replay: 'bool', events: 'int4', payload: 'text' },
  text: `select source_id as source, type_hint as hint, replay, events, payload from collect.inbox
         where workspace_id = :workspace order by id`,
});
async function replay(made: TestWorkspace, body: object) {
  const response = await http.app.inject({
    method: 'POST',
    url: '/api/v1/drops/replay',
    headers: headersOf(made),
    payload: body,
  });
  return response.json();
}
const inbox = (made: TestWorkspace) => deps.pg.rows(listInbox, { workspace: made.id });

describe('a replay', () => {
  it('puts the records back as they came, once, and marks them', async () => {
    const made = await workspace();
    await keep([
      drop(made.id, 'a', { at: Date.now() - 5_000 }),
      drop(made.id, 'b', { type: '' }),
      drop(made.id, 'c', { raw: '' }),
    ]);
    const before = rung;
    expect(await replay(made, { ids: ['a', 'b', 'c', 'unknown', 'a'] })).toEqual({
      replayed: 2,
      skipped: 3,
      more: false,
    });
    expect(rung).toBe(before + 1);
    expect(await inbox(made)).toEqual([
      { source: 5, hint: null, replay: true, events: 1, payload: drop(made.id, 'b').raw },
      { source: 5, hint: 'track', replay: true, events: 1, payload: drop(made.id, 'a').raw },
    ]);
    expect(idsOf(await get(made, 'drops?replayed=true')).sort()).toEqual(['a', 'b']);
    expect(await replay(made, { ids: ['a', 'b'] })).toEqual({ replayed: 0, skipped: 2, more: false });
    expect(await inbox(made)).toHaveLength(2);
  });

  it('asked for twice at once puts each record back once', async () => {
    const made = await workspace();
    await keep(Array.from({ length: 40 }, (_, index) => drop(made.id, `r${index}`)));
    const outcomes = await Promise.all([replay(made, { filter: {} }), replay(made, { filter: {} })]);
    expect(outcomes[0].replayed + outcomes[1].replayed).toBe(40);
    expect(await inbox(made)).toHaveLength(40);
  });

  it('by filter takes the oldest that fit and says when there are more', async () => {
    const made = await workspace();
    const now = Date.now();
    await keep(Array.from({ length: 620 }, (_, index) => drop(made.id, `r${index}`, { at: now - (620 - index) * 10 })));
    await keep([drop(made.id, 'other', { reason: 'invalid' })]);
    expect(await replay(made, { filter: { reason: 'plan' } })).toEqual({ replayed: 500, skipped: 0, more: true });
    expect((await inbox(made))[0]?.payload).toContain('"r0"');
    expect(await replay(made, { filter: { reason: 'plan' } })).toEqual({ replayed: 120, skipped: 0, more: false });
    expect(await replay(made, { filter: { reason: 'plan' } })).toEqual({ replayed: 0, skipped: 0, more: false });
    expect(idsOf(await get(made, 'drops?replayed=false'))).toEqual(['other']);
  });

  it('is not for readers', async () => {
    expect(await replay(await workspace(['events.read']), { filter: {} })).toMatchObject({ status: 403 });
  });
});
