import { gzipSync } from 'node:zlib';
import { type Import, importPreviewSchema } from '@vitrail/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportRequest } from '../harness/apiClient.ts';
import { startServer, type TestServer } from '../harness/startServer.ts';
import { readAnswer } from './send.ts';
import { writeZip } from './writeZip.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.dispose());

const stored = async () => ({ ...(await server.api.stats()), at: '' });
const ordersFile = (content: ImportRequest['content'], name = 'orders.csv'): ImportRequest => ({
  as: 'orders',
  name,
  content,
});
const bytes = (buffer: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(buffer);

describe('a file that cannot be imported at all', () => {
  it.each<[title: string, file: () => ImportRequest, status: number, code: string]>([
    ['empty', () => ordersFile(''), 400, 'imports.empty_file'],
    ['only a header', () => ordersFile('order_id,date,total\n'), 400, 'imports.empty_file'],
    ['only a gzip of nothing', () => ordersFile(bytes(gzipSync(''))), 400, 'imports.empty_file'],
    ['a column that orders need is missing', () => ordersFile('order_id,date,email\n1,2026-01-01,a@b.example\n'), 400, 'imports.column_missing'],
    ['a gzip that is cut off', () => ordersFile(bytes(gzipSync('order_id,date,total\n1,2026-01-01,5\n'.repeat(999)).subarray(0, 60)), 'orders.csv.gz'), 400, 'imports.broken_gzip'],
    ['a workbook that is none', () => ordersFile('PK\x03\x04 is how they begin', 'orders.xlsx'), 400, 'imports.broken_workbook'],
    ['a picture', () => ordersFile(bytes(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')), 'orders.csv'), 400, 'imports.unknown_format'],
    ['a mapping to a field that does not exist', () => ({ ...ordersFile('a,b,c\n1,2,3\n'), mapping: { a: 'order_number' } }), 400, 'imports.unknown_field'],
    ['a mapping of a column that does not exist', () => ({ ...ordersFile('a,b,c\n1,2,3\n'), mapping: { z: 'order_id' } }), 400, 'imports.unknown_column'],
  ])('is refused with a clear answer: %s', async (_title, file, status, code) => {
    const before = await stored();
    const answer = await readAnswer(await server.api.sendImport(file()));
    expect(answer).toMatchObject({ status, code });
    expect(answer.detail.length).toBeGreaterThan(20);
    expect(await stored()).toEqual(before);
  });
});
