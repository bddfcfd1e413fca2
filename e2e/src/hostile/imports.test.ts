import { gzipSync } from 'node:zlib';
import { importStartedSchema } from '@vitrail/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportRequest } from '../harness/apiClient.ts';
import { startServer, type TestServer } from '../harness/startServer.ts';
import { readAnswer } from './send.ts';
import { sheetRow, writeWorkbook } from './writeZip.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.dispose());

const stored = async () => ({ ...(await server.api.stats()), at: '' });
const bytes = (buffer: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(buffer);
const orders = (content: ImportRequest['content'], name = 'orders.csv'): ImportRequest => ({
  as: 'orders',
  name,
  content,
});
const header = 'order_id,date,total,customer_id\n';
const rows = (from: number, to: number, prefix: string): string[] =>
  Array.from(
    { length: to - from },
    (_, index) => `${prefix}${from + index},2026-03-01 10:00,10.50,${prefix}c${(from + index) % 50}`,
  );

describe('a file that cannot be imported is refused at once, with what to do', () => {
  it.each<[title: string, code: string, file: () => ImportRequest]>([
    ['an empty file', 'imports.empty_file', () => orders('')],
    ['a gzip of nothing', 'imports.empty_file', () => orders(bytes(gzipSync('')), 'orders.csv.gz')],
    [
      'a file without a column that orders need',
      'imports.column_missing',
      () => orders('order_id,date,email\n1,2026-01-01,a@b.example\n'),
    ],
    [
      'a gzip that is cut off',
      'imports.gzip_broken',
      () => orders(bytes(gzipSync(header + rows(0, 999, 'g').join('\n')).subarray(0, 60))),
    ],
    ['a workbook that is none', 'imports.xlsx_broken', () => orders('PK\x03\x04 is how they begin', 'orders.xlsx')],
    [
      'a zip bomb of a workbook',
      'imports.unpacks_too_large',
      () => orders(writeWorkbook(Buffer.alloc(300_000_000, ' ')), 'orders.xlsx'),
    ],
    [
      'a gzip bomb without a line',
      'imports.not_a_table',
      () => orders(bytes(gzipSync(Buffer.alloc(300_000_000, 'x'))), 'orders.csv.gz'),
    ],
    [
      'a picture',
      'imports.not_a_table',
      () => orders(bytes(Buffer.from('89504e470d0a1a0a0000000d494844520000', 'hex'))),
    ],
    ['a web page', 'imports.not_a_table', () => orders('<!doctype html><html><body>Please sign in</body></html>')],
    [
      'a mapping to a field that does not exist',
      'imports.unknown_field',
      () => ({ ...orders('a,b,c\n1,2,3\n'), mapping: { a: 'order_number' } }),
    ],
    [
      'a mapping of a column that does not exist',
      'imports.unknown_column',
      () => ({ ...orders('a,b,c\n1,2,3\n'), mapping: { z: 'order_id' } }),
    ],
  ])('%s: %s', async (_title, code, file) => {
    const before = await stored();
    const answer = await readAnswer(await server.api.sendImport(file()));
    expect(answer).toMatchObject({ status: 400, code });
    expect(answer.detail.length).toBeGreaterThan(20);
    expect(await stored()).toEqual(before);
  });
});

describe('a file with a mistake far inside', () => {
  it.each<[title: string, code: string, file: () => ImportRequest]>([
    [
      'whose quotation mark is never closed',
      'imports.quote_never_closed',
      () => {
        const lines = rows(0, 150_000, 'q');
        lines[140_000] = 'q140000,2026-03-01,"10.50,c1';
        return orders(header + lines.join('\n'), 'quotes.csv');
      },
    ],
    [
      'whose gzip is damaged at the end',
      'imports.gzip_broken',
      () => orders(bytes(gzipSync(header + rows(0, 150_000, 'z').join('\n')).subarray(0, -2_000)), 'cut.csv.gz'),
    ],
    [
      'that is a gzip bomb of rows',
      'imports.unpacks_too_large',
      () => orders(bytes(gzipSync(header + 'b1,2026-03-01,1,b\n'.repeat(17_000_000))), 'bomb.csv.gz'),
    ],
  ])('%s, brings in nothing at all: %s', async (_title, code, file) => {
    const before = await stored();
    const request = file();
    const answer = await server.api.sendImport(request);
    // The first part of a file is looked at before the answer, all of it before the first row goes in.
    if (answer.status === 202) {
      const { id } = importStartedSchema.parse(await answer.json());
      const done = await server.api.waitForImport(id);
      expect(done).toMatchObject({ state: 'failed', accepted: 0, error: { code } });
    } else expect(await readAnswer(answer)).toMatchObject({ status: 400, code });
    expect(await stored()).toEqual(before);
  });

  it('brings in its good rows, counts each bad one by its reason and gives them back', async () => {
    const before = await stored();
    const good = rows(0, 3_000, 'm');
    const bad = [
      ['m-short,2026-03-01', 'columns_missing'],
      ['m-long,2026-03-01,5,c1,6,7', 'columns_extra'],
      ['m-date,soon,5,c1', 'date_unreadable'],
      ['m-1900,1900-01-01,5,c1', 'date_out_of_range'],
      ['m-9999,9999-12-31,5,c1', 'date_out_of_range'],
      ['m-sum,2026-03-01,many,c1', 'number_unreadable'],
      [`m-big,2026-03-01,1${'0'.repeat(308)},c1`, 'number_out_of_range'],
      ['m-void,2026-03-01,,c1', 'required_missing'],
      ['1.2E+12,2026-03-01,5,c1', 'id_in_scientific_notation'],
    ] as const;
    const lines = [...good];
    for (const [index, [line]] of bad.entries()) lines.splice(index * 300 + 7, 0, line);
    const done = await server.api.importFile(orders(header + lines.join('\n'), 'mixed.csv'));
    const reasons: Record<string, number> = {};
    for (const [, reason] of bad) reasons[reason] = (reasons[reason] ?? 0) + 1;
    expect(done).toMatchObject({ state: 'done', rows: lines.length, accepted: good.length, rejected: bad.length });
    expect(done.reasons).toEqual(reasons);
    const after = await stored();
    expect(after.orders).toBe(before.orders + good.length);
    expect(after.revenue).toBeCloseTo(before.revenue + good.length * 10.5, 2);

    const rejects = await (await server.api.request(`/api/v1/imports/${done.id}/rejects.csv`)).text();
    for (const [line, reason] of bad) {
      const [id = ''] = line.split(',');
      expect(
        rejects.split('\n').find((row) => row.includes(id)),
        id,
      ).toContain(reason);
    }
  });

  it('with bytes of another encoding than it says rejects those rows and spoils no name', async () => {
    const people = (name: string, encoding?: string): ImportRequest => ({
      as: 'people',
      name,
      content: bytes(
        Buffer.from(
          'email,first_name\nzoe@enc.example,Zo\xeb\nandre@enc.example,Andr\xe9\nann@enc.example,Ann\n',
          'latin1',
        ),
      ),
      ...(encoding === undefined ? {} : { options: { encoding } }),
    });
    const told = await server.api.importFile(people('told.csv', 'utf-8'));
    expect(told).toMatchObject({ state: 'done', accepted: 1, rejected: 2, reasons: { encoding: 2 } });
    expect(await server.api.findProfile('email', 'zoe@enc.example')).toBeNull();
    const guessed = await server.api.importFile(people('guessed.csv'));
    expect(guessed).toMatchObject({ state: 'done', accepted: 3, rejected: 0 });
    const { traits } = await server.api.profile((await server.api.findProfile('email', 'zoe@enc.example')) ?? '');
    expect(traits.firstName?.value).toBe('Zoë');
  });

  it('reads a hostile workbook as text: formulas, entities and file references stay what they are', async () => {
    const sheet =
      sheetRow(['order_id', 'date', 'total', 'note']) +
      sheetRow(['x-1', '2026-03-01', '5', '=HYPERLINK(&quot;http://x&quot;)']);
    const done = await server.api.importFile(orders(writeWorkbook(sheet), 'formulas.xlsx'));
    expect(done).toMatchObject({ state: 'done', accepted: 1, rejected: 0 });
    const doctype = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>';
    const answer = await readAnswer(
      await server.api.sendImport(
        orders(writeWorkbook(`${doctype}<row><c t="inlineStr"><is><t>&e;</t></is></c></row>`), 'xxe.xlsx'),
      ),
    );
    expect(answer.status).toBe(400);
  });
});

it('the same file sent twice at the same moment is imported once, whoever wins', async () => {
  const before = await stored();
  const lines = rows(0, 12_000, 'twin');
  const file = orders(header + lines.join('\n'), 'twins.csv');
  const ids = await Promise.all([
    server.api.startImport(file),
    server.api.startImport(file),
    server.api.startImport(file),
  ]);
  const done = await Promise.all(ids.map((id) => server.api.waitForImport(id)));
  await server.api.waitSettled();
  expect(done.map(({ state, accepted, rejected }) => ({ state, accepted, rejected }))).toEqual(
    ids.map(() => ({ state: 'done', accepted: lines.length, rejected: 0 })),
  );
  expect(done.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(2 * lines.length);
  const after = await stored();
  expect(after).toMatchObject({ orders: before.orders + lines.length, events: before.events + lines.length });
});

it('an upload over the limit is refused while it arrives, and the connection goes on working', async () => {
  const small = await startServer({ env: { VITRAIL_MAX_IMPORT_MB: '1' } });
  try {
    const content = header + rows(0, 60_000, 'large').join('\n');
    expect(content.length).toBeGreaterThan(1_200_000);
    for (let round = 0; round < 3; round++) {
      const answer = await readAnswer(await small.api.sendImport(orders(content)));
      expect(answer).toMatchObject({ status: 413, code: 'imports.file_too_large' });
      const began = performance.now();
      expect(await small.api.stats()).toMatchObject({ orders: 0, events: 0 });
      expect(performance.now() - began).toBeLessThan(10_000);
    }
    const done = await small.api.importFile(orders(header + rows(0, 1_000, 'small').join('\n')));
    expect(done).toMatchObject({ state: 'done', accepted: 1_000 });
  } finally {
    await small.dispose();
  }
});
