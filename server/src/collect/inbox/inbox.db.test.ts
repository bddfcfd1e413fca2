import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { openLine } from '../../../test/pgLine.ts';
import { poll } from '../../../test/poll.ts';
import { openTestPostgres, silentLog } from '../../../test/stores.ts';
import { openPostgres, type PgStore, pgQuery } from '../../platform/index.ts';
import { countRefusals, type InboxEntry, openInbox } from './index.ts';

const listPayloads = pgQuery({
  name: 'test.inbox.listPayloads',
  params: { workspace: 'int4' },
  row: { payload: 'text', received_at: 'timestamptz', ip: 'text?', replay: 'bool' },
  text: `select payload, received_at, ip, replay from collect.inbox where workspace_id = :workspace order by id`,
});
const takeAll = pgQuery({
  name: 'test.inbox.takeAll',
  params: { workspace: 'int4' },
  row: {},
  text: 'delete from collect.inbox where workspace_id = :workspace',
});
const listCounts = pgQuery({
  name: 'test.inbox.listCounts',
  params: { workspace: 'int4' },
  row: { source_id: 'int4', day: 'date', reason: 'text', count: 'int8' },
  text: `select source_id, day, reason, count from collect.counter where workspace_id = :workspace order by day, source_id, reason`,
});

let postgres: Awaited<ReturnType<typeof openTestPostgres>>;
let pg: PgStore;
let workspaceId = 0;

beforeAll(async () => {
  postgres = await openTestPostgres();
  pg = postgres.pg;
});
afterAll(() => postgres.close());

async function freshWorkspace(): Promise<void> {
  workspaceId = (await createWorkspace({ pg })).id;
}
const entry = (payload: string | Buffer = '{}', fields: Partial<InboxEntry> = {}): InboxEntry => ({
  workspaceId,
  sourceId: 1,
  receivedAt: new Date('2026-11-21T10:00:00Z'),
  typeHint: null,
  ip: null,
  userAgent: null,
  events: 1,
  replay: false,
  payload: Buffer.from(payload),
  ...fields,
});
const payloads = async () => (await pg.rows(listPayloads, { workspace: workspaceId })).map(({ payload }) => payload);
const open = (options: Partial<Parameters<typeof openInbox>[1]> = {}, store: PgStore = pg) =>
  openInbox({ pg: store, log: silentLog }, { limitEvents: 1_000_000, ...options });

describe('the inbox', () => {
  it('has committed an entry when append resolves, whole and in order', async () => {
    await freshWorkspace();
    const inbox = await open();
    const texts = Array.from({ length: 300 }, (_, index) =>
      JSON.stringify({ index, text: `é€😀 "quoted" \\ ${'x'.repeat(index)}` }),
    );
    await Promise.all(texts.map((text) => inbox.append(entry(text, { ip: '10.0.0.1', replay: true }))));
    expect(await payloads()).toEqual(texts);
    expect((await pg.rows(listPayloads, { workspace: workspaceId }))[0]).toMatchObject({
      received_at: new Date('2026-11-21T10:00:00Z'),
      ip: '10.0.0.1',
      replay: true,
    });
    await inbox.close();
  });

  it('wakes the pipeline after the commit and counts what waits', async () => {
    await freshWorkspace();
    const seen: number[] = [];
    const inbox = await open({ onAppended: (events) => seen.push(events) });
    const before = inbox.backlog();
    await inbox.append(entry('{}', { events: 7 }));
    await inbox.append(entry('{}', { events: 3 }));
    expect(seen).toEqual([7, 3]);
    expect(inbox.backlog() - before).toBe(10);
    inbox.taken(10);
    expect(inbox.backlog() - before).toBe(0);
    await inbox.close();
  });

  it('knows after a restart what waits from before, and sees what other processes take', async () => {
    await freshWorkspace();
    const writer = await open();
    await writer.append(entry('{}', { events: 40 }));
    await writer.close();
    const inbox = await open({ measureEverySeconds: 0.05 });
    const waiting = inbox.backlog();
    expect(waiting).toBeGreaterThanOrEqual(40);
    await pg.run(takeAll, { workspace: workspaceId });
    await poll('the taken events are seen', () => inbox.backlog() === waiting - 40);
    await inbox.close();
  });

  it('refuses with 503 while too much waits, and takes again afterwards', async () => {
    await freshWorkspace();
    const inbox = await open({ limitEvents: 100_000 });
    const room = 100_000 - inbox.backlog();
    await inbox.append(entry('{}', { events: room }));
    const refused = expect.objectContaining({ kind: 'unavailable', code: 'collect.backlog_full' });
    expect(() => inbox.assertOpen()).toThrow(refused);
    await expect(inbox.append(entry())).rejects.toThrow(refused);
    inbox.taken(room);
    await inbox.append(entry('{"after":true}'));
    expect(await payloads()).toEqual(['{}', '{"after":true}']);
    await inbox.close();
  });

  it('refuses as well when the bodies that wait are too large together', async () => {
    await freshWorkspace();
    await pg.pool.query('truncate collect.inbox');
    const inbox = await open({ limitBytes: 10_000, measureEverySeconds: 0.05 });
    await inbox.append(entry('x'.repeat(10_000)));
    expect(() => inbox.assertOpen()).toThrow(expect.objectContaining({ code: 'collect.backlog_full' }));
    inbox.taken(1);
    await inbox.append(entry('x'.repeat(9_000)));
    await poll('the real size is seen', () => {
      try {
        inbox.assertOpen();
        return false;
      } catch {
        return true;
      }
    });
    await inbox.close();
  });

  it('commits what is under way when it closes, and refuses the rest', async () => {
    await freshWorkspace();
    const inbox = await open();
    const accepted = Array.from({ length: 50 }, () => inbox.append(entry()));
    const closing = inbox.close();
    await expect(inbox.append(entry())).rejects.toMatchObject({ kind: 'unavailable', code: 'collect.stopping' });
    await closing;
    await Promise.all(accepted);
    expect(await payloads()).toHaveLength(50);
  });

  it('keeps the others of a group when PostgreSQL refuses the data of one', async () => {
    await freshWorkspace();
    const inbox = await open();
    const results = await Promise.allSettled([
      inbox.append(entry('{"n":1}')),
      inbox.append(entry(Buffer.from([0x7b, 0x00, 0x7d]))),
      inbox.append(entry('{"n":2}')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await payloads()).toEqual(['{"n":1}', '{"n":2}']);
    await inbox.close();
  });
});

describe('when PostgreSQL cannot', () => {
  const unavailable = expect.objectContaining({ kind: 'unavailable', code: 'collect.inbox_unavailable' });

  it('because the disk is full, nothing is accepted; when there is room again, everything is', async () => {
    await freshWorkspace();
    const inbox = await open();
    await pg.pool.query(`
      create function pg_temp_disk_full() returns trigger language plpgsql as
        $$begin raise exception 'no space left on device' using errcode = 'disk_full'; end$$;
      create trigger disk_full before insert on collect.inbox execute function pg_temp_disk_full()`);
    try {
      await expect(inbox.append(entry())).rejects.toThrow(unavailable);
    } finally {
      await pg.pool.query('drop trigger disk_full on collect.inbox; drop function pg_temp_disk_full');
    }
    await inbox.append(entry('{"after":true}'));
    expect(await payloads()).toEqual(['{"after":true}']);
    await inbox.close();
  });

  it('because it hangs, requests are given up in time and it goes on afterwards', async () => {
    await freshWorkspace();
    const inbox = await open({ patienceSeconds: 0.2 });
    const holder = await pg.pool.connect();
    await holder.query('begin; lock table collect.inbox in access exclusive mode');
    try {
      await expect(inbox.append(entry('{"stuck":true}'))).rejects.toThrow(unavailable);
    } finally {
      await holder.query('rollback');
      holder.release();
    }
    await inbox.append(entry('{"after":true}'));
    expect(await payloads()).toContain('{"after":true}');
    await inbox.close();
  });

  it('because it is gone, requests are refused at once and accepted again when it is back', async () => {
    await freshWorkspace();
    const line = await openLine(postgres.url);
    const store = await openPostgres({ url: line.url, dataDir: '', log: silentLog, maxConnections: 3 });
    const inbox = await open({}, store);
    await inbox.append(entry('{"before":true}'));
    await line.cut();
    await expect(inbox.append(entry())).rejects.toThrow(unavailable);
    await line.mend();
    await inbox.append(entry('{"after":true}'));
    expect(await payloads()).toEqual(['{"before":true}', '{"after":true}']);
    await inbox.close();
    await store.close();
    await line.cut();
  });
});

describe('refusals', () => {
  it('are counted in memory and written together, by source, day and reason', async () => {
    await freshWorkspace();
    let now = new Date('2026-11-21T23:59:59Z');
    const counts = countRefusals({ pg, clock: { now: () => now }, log: silentLog }, 3_600);
    const origin = { workspaceId, sourceId: 4 };
    for (let times = 0; times < 1_000; times++) counts.count(origin, 'broken_json');
    counts.count({ workspaceId, sourceId: 5 }, 'too_large');
    now = new Date('2026-11-22T00:00:01Z');
    counts.count(origin, 'broken_json');
    await counts.flush();
    counts.count(origin, 'broken_json');
    await counts.close();
    expect(await pg.rows(listCounts, { workspace: workspaceId })).toEqual([
      { source_id: 4, day: '2026-11-21', reason: 'broken_json', count: 1_000 },
      { source_id: 5, day: '2026-11-21', reason: 'too_large', count: 1 },
      { source_id: 4, day: '2026-11-22', reason: 'broken_json', count: 2 },
    ]);
  });

  it('are written by themselves after a while, and kept while PostgreSQL is gone', async () => {
    await freshWorkspace();
    const line = await openLine(postgres.url);
    const store = await openPostgres({ url: line.url, dataDir: '', log: silentLog, maxConnections: 2 });
    await line.cut();
    const counts = countRefusals({ pg: store, clock: { now: () => new Date() }, log: silentLog }, 0.05);
    counts.count({ workspaceId, sourceId: 4 }, 'empty');
    await counts.flush();
    await line.mend();
    await poll(
      'the count arrives',
      async () => (await pg.rows(listCounts, { workspace: workspaceId }))[0]?.count === 1,
    );
    await counts.close();
    await store.close();
    await line.cut();
  });
});
