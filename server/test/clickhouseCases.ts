import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { type Ch, type ChQuery, Fault } from '../src/platform/index.ts';
import { poll } from './poll.ts';

type NoShape = Record<never, never>;

const everyType = {
  name: 'test.everyType',
  text: `select {u8:UInt8} as u8, {u64:UInt64} as u64, {i64:Int64} as i64, {f:Float64} as f, {b:Bool} as b,
    {s:String} as s, {d:Date} as d, {t:DateTime} as t, {t3:DateTime64(3)} as t3, {money:Decimal(18, 4)} as money,
    {none:Nullable(String)} as none, {some:Nullable(UInt64)} as some, {texts:Array(String)} as texts,
    {ids:Array(UInt64)} as ids, {flags:Array(Bool)} as flags, {times:Array(DateTime64(3))} as times,
    now64(3) as now`,
  params: {
    u8: 'UInt8',
    u64: 'UInt64',
    i64: 'Int64',
    f: 'Float64',
    b: 'Bool',
    s: 'String',
    d: 'Date',
    t: 'DateTime',
    t3: 'DateTime64(3)',
    money: 'Decimal(18, 4)',
    none: 'Nullable(String)',
    some: 'Nullable(UInt64)',
    texts: 'Array(String)',
    ids: 'Array(UInt64)',
    flags: 'Array(Bool)',
    times: 'Array(DateTime64(3))',
  },
  row: {
    u8: 'UInt8',
    u64: 'UInt64',
    i64: 'Int64',
    f: 'Float64',
    b: 'Bool',
    s: 'String',
    d: 'Date',
    t: 'DateTime',
    t3: 'DateTime64(3)',
    money: 'Decimal(18, 4)',
    none: 'Nullable(String)',
    some: 'Nullable(UInt64)',
    texts: 'Array(String)',
    ids: 'Array(UInt64)',
    flags: 'Array(Bool)',
    times: 'Array(DateTime64(3))',
    now: 'DateTime64(3)',
  },
} as const;

/** Everything that ends strings, fields or statements somewhere on the way. */
const nasty = `a'b"c\`d\\e\\'f\tg\nh\ri;-- j /* k */ {s:String} \\N é 🪟 \u0001`;

const dropsOf: ChQuery<{ workspace: 'UInt32' }, { rows: 'UInt64'; ids: 'Array(String)' }> = {
  name: 'test.dropsOf',
  text: `select count() as rows, arraySort(groupUniqArray(id)) as ids from drops where workspace_id = {workspace:UInt32}`,
  params: { workspace: 'UInt32' },
  row: { rows: 'UInt64', ids: 'Array(String)' },
};

const numbers: ChQuery<{ count: 'UInt64' }, { id: 'UInt64'; name: 'String'; at: 'DateTime64(3)' }> = {
  name: 'test.numbers',
  text: `with 7 as unused select number as id, concat('n ', toString(number)) as name,
    toDateTime64('2026-11-21 10:00:00', 3) + number as at from numbers({count:UInt64})`,
  params: { count: 'UInt64' },
  row: { id: 'UInt64', name: 'String', at: 'DateTime64(3)' },
};

/** Minutes of one core. */
const endless: ChQuery<NoShape, { answer: 'UInt64' }> = {
  name: 'test.endless',
  text: 'select sum(sipHash64(number, number + 1)) as answer from numbers(100000000000)',
  params: {},
  row: { answer: 'UInt64' },
};

const query = <const R extends Record<string, 'UInt64' | 'String'>>(text: string, row: R): ChQuery<NoShape, R> => ({
  name: 'test.query',
  text,
  params: {},
  row,
});

/** Queries that run at this moment, the asking one among them. */
const running = query('select count() as count from system.processes where is_cancelled = 0', { count: 'UInt64' });

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

let lastWorkspace = 0;

const drop = (workspace: number, id: string): object => ({ workspace_id: workspace, at: new Date(), id, reason: 'r' });

function insertDrops(ch: Ch, rows: readonly object[], token: string): Promise<void> {
  return ch.insert('drops', Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')), { token });
}

const countRunning = async (ch: Ch): Promise<number> => (await ch.rows(running, {}))[0]?.count ?? 0;

/** What every implementation of `Ch` promises; `ch` answers with a migrated store. */
export function describeClickhouse(name: string, ch: () => Ch): void {
  describe(`${name}: values`, () => describeValues(ch));
  describe(`${name}: inserts`, () => describeInserts(ch));
  describe(`${name}: streams`, () => describeStreams(ch));
  describe(`${name}: lanes`, () => describeLanes(ch));
  describe(`${name}: the rest`, () => describeRest(ch));
}

function describeValues(ch: () => Ch): void {
  it('come back as they were sent, whatever their type and characters', async () => {
    const sent = {
      u8: 255,
      u64: Number.MAX_SAFE_INTEGER,
      i64: -5,
      f: 0.1,
      b: true,
      s: nasty,
      d: '2026-11-21',
      t: '2026-11-21T10:00:00Z',
      t3: '1969-07-20T20:17:40.123Z',
      money: 1234.5,
      none: null,
      some: 7,
      texts: [nasty, '', "'", '\\'],
      ids: [1, 2],
      flags: [true, false],
      times: ['2026-11-21T10:00:00.001Z'],
    };
    const [row] = await ch().rows(everyType, sent);
    const { now, ...got } = row ?? { now: '' };
    expect(got).toEqual(sent);
    expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000);
  });

  it('reach the engine in lists of a hundred thousand', async () => {
    const wanted: ChQuery<{ ids: 'Array(UInt64)' }, { found: 'UInt64' }> = {
      name: 'test.longList',
      text: 'select count() as found from numbers(1000) where number in {ids:Array(UInt64)}',
      params: { ids: 'Array(UInt64)' },
      row: { found: 'UInt64' },
    };
    const ids = Array.from({ length: 100_000 }, (_, index) => index);
    expect(await ch().rows(wanted, { ids })).toEqual([{ found: 1000 }]);
  });
}

function describeInserts(ch: () => Ch): void {
  it('happen once for a token, and again for another', async () => {
    const workspace = ++lastWorkspace;
    const rows = [drop(workspace, 'a'), drop(workspace, 'b')];
    for (let time = 0; time < 3; time++) await insertDrops(ch(), rows, 'once');
    expect(await ch().rows(dropsOf, { workspace })).toEqual([{ rows: 2, ids: ['a', 'b'] }]);
    await insertDrops(ch(), rows, 'twice');
    expect(await ch().rows(dropsOf, { workspace })).toEqual([{ rows: 4, ids: ['a', 'b'] }]);
  });

  it('happen once when the same token arrives from several callers together', async () => {
    const workspace = ++lastWorkspace;
    await Promise.all(Array.from({ length: 6 }, () => insertDrops(ch(), [drop(workspace, 'x')], 'together')));
    expect(await ch().rows(dropsOf, { workspace })).toEqual([{ rows: 1, ids: ['x'] }]);
  });

  it('are refused whole when a row has a field that the table lacks, without quoting the row', async () => {
    const workspace = ++lastWorkspace;
    const rows = [drop(workspace, 'good'), { ...drop(workspace, 'bad'), email: 'jane@example.com' }];
    const refusal = await insertDrops(ch(), rows, 'unknown field').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Error);
    expect(String(refusal)).toMatch(/refused insert into drops with code 117/);
    expect(String(refusal)).not.toMatch(/jane/);
    expect(await ch().rows(dropsOf, { workspace })).toEqual([{ rows: 0, ids: [] }]);
  });

  it('of nothing do nothing', async () => {
    await ch().insert('drops', Buffer.alloc(0), { token: 'nothing' });
  });

  it('are undone by a delete that has happened when it returns', async () => {
    const workspace = ++lastWorkspace;
    await insertDrops(ch(), [drop(workspace, 'kept'), drop(workspace, 'gone')], 'to delete');
    const erase: ChQuery<{ workspace: 'UInt32'; id: 'String' }, NoShape> = {
      name: 'test.erase',
      text: `
        delete from drops where workspace_id = {workspace:UInt32} and id = {id:String}`,
      params: { workspace: 'UInt32', id: 'String' },
      row: {},
    };
    await ch().run(erase, { workspace, id: 'gone' });
    expect(await ch().rows(dropsOf, { workspace })).toEqual([{ rows: 1, ids: ['kept'] }]);
  });
}

function describeStreams(ch: () => Ch): void {
  it('give one Parquet file', async () => {
    const bytes = await collect(ch().stream(numbers, { count: 250_000 }, { format: 'Parquet' }));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    const rows = await parquetReadObjects({ file: file instanceof ArrayBuffer ? file : new ArrayBuffer(0) });
    expect(rows).toHaveLength(250_000);
    expect(rows.at(-1)).toEqual({ id: 249_999n, name: 'n 249999', at: new Date('2026-11-24T07:26:39.000Z') });
  });

  it('give one CSV header and one line a row', async () => {
    const text = (await collect(ch().stream(numbers, { count: 200_000 }, { format: 'CSVWithNames' }))).toString();
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(200_001);
    expect(lines.filter((line) => line.includes('id'))).toEqual(['"id","name","at"']);
  });

  it('give JSON lines with the values of `rows`', async () => {
    const text = (await collect(ch().stream(numbers, { count: 2 }, { format: 'JSONEachRow' }))).toString();
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(await ch().rows(numbers, { count: 2 }));
  });

  it('fail when their query fails', async () => {
    const broken = query('select throwIf(number = 50000) as id from numbers(100000)', { id: 'UInt64' });
    await expect(collect(ch().stream(broken, {}, { format: 'JSONEachRow' }))).rejects.toThrow(/test.query/);
  });

  it('stop the query when the reader leaves', async () => {
    for await (const chunk of ch().stream(numbers, { count: 10_000_000_000 }, { format: 'JSONEachRow' })) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    await poll('the query to stop', async () => (await countRunning(ch())) === 1);
  });
}

function describeLanes(ch: () => Ch): void {
  it('let a page answer while heavy queries run', async () => {
    const stop = new AbortController();
    const options = { lane: 'heavy', signal: stop.signal } as const;
    const heavy = Promise.allSettled([1, 2, 3, 4].map(() => ch().rows(endless, {}, options)));
    await poll('the heavy queries to run', async () => (await countRunning(ch())) > 1);
    const started = performance.now();
    for (let time = 0; time < 20; time++) await ch().rows(numbers, { count: 10 });
    // Each heavy query needs minutes. Alone an answer takes 2 ms; the limit allows for a busy machine.
    expect(performance.now() - started).toBeLessThan(15_000);
    stop.abort();
    expect((await heavy).map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
  });

  it('stop a query whose caller gives up, and reject with the reason', async () => {
    const stop = new AbortController();
    const asked = ch().rows(endless, {}, { lane: 'interactive', signal: stop.signal });
    setTimeout(() => stop.abort(new Error('the visitor left')), 100);
    await expect(asked).rejects.toThrow('the visitor left');
    await poll('the query to stop', async () => (await countRunning(ch())) === 1);
    const aborted = AbortSignal.abort(new Error('too late'));
    await expect(ch().rows(numbers, { count: 1 }, { signal: aborted })).rejects.toThrow('too late');
  });

  it('keep the settings of one call away from the next', async () => {
    const threads = query(`select toUInt64(getSetting('max_block_size')) as size`, { size: 'UInt64' });
    const before = await ch().rows(threads, {});
    expect(await ch().rows(threads, {}, { settings: { max_block_size: 1234 } })).toEqual([{ size: 1234 }]);
    for (let time = 0; time < 10; time++) expect(await ch().rows(threads, {})).toEqual(before);
  });

  it('refuse a query that takes too long or too much, as a fault that may pass', async () => {
    const slow = ch().rows(endless, {}, { settings: { max_execution_time: 1 } });
    await expect(slow).rejects.toMatchObject({ kind: 'unavailable', code: 'platform.analytics_too_heavy' });
    const big = query('select uniqExact(number) as count from numbers(100000000)', { count: 'UInt64' });
    const large = ch().rows(big, {}, { settings: { max_memory_usage: 50_000_000 } });
    await expect(large).rejects.toBeInstanceOf(Fault);
  });
}

function describeRest(ch: () => Ch): void {
  it('explains a query that does not fit the schema', async () => {
    const wrong = query('select no_such_column from drops', {});
    await expect(ch().rows(wrong, {})).rejects.toThrow(/test.query with code 47 .*no_such_column/);
  });

  it('maps merged profiles through the dictionary as soon as they are written', async () => {
    const workspace = ++lastWorkspace;
    const roots: ChQuery<{ workspace: 'UInt32' }, { merged: 'UInt64'; alone: 'UInt64' }> = {
      name: 'test.roots',
      text: `select
        dictGetOrDefault('profile_root_dict', 'root_id', ({workspace:UInt32}, toUInt64(5)), toUInt64(5)) as merged,
        dictGetOrDefault('profile_root_dict', 'root_id', ({workspace:UInt32}, toUInt64(6)), toUInt64(6)) as alone`,
      params: { workspace: 'UInt32' },
      row: { merged: 'UInt64', alone: 'UInt64' },
    };
    for (const [version, root] of [3, 2, 1].entries()) {
      const row = { workspace_id: workspace, profile_id: 5, root_id: root, version };
      await ch().insert('profile_root', Buffer.from(JSON.stringify(row)), { token: `root ${workspace} ${version}` });
      const asked = await Promise.all([1, 2, 3].map(() => ch().rows(roots, { workspace })));
      expect(asked.flat()).toEqual(Array(3).fill({ merged: root, alone: 6 }));
    }
  });

  it('knows its size on disk', async () => {
    const before = await ch().size();
    await insertDrops(
      ch(),
      Array.from({ length: 1000 }, (_, index) => drop(++lastWorkspace, `size ${index}`)),
      'size',
    );
    expect(await ch().size()).toBeGreaterThan(before);
  });
}
