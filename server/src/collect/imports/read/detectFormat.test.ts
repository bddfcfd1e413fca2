import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { tempFile } from '../../../../test/tempFile.ts';
import { detectFormat } from './detectFormat.ts';

describe('detectFormat', () => {
  const found: readonly (readonly [string, string | Uint8Array, string, boolean])[] = [
    ['a table', 'a,b\n1,2\n', 'csv', false],
    ['a table in UTF-16', Buffer.from('\ufeffa\tb\n', 'utf16le'), 'csv', false],
    ['JSON lines', '{"a":1}\n{"a":2}\n', 'ndjson', false],
    ['a JSON array', '  [ {"a":1} ]', 'json', false],
    ['a table whose first cell is in brackets', '[id],[name]\n1,2\n', 'csv', false],
    ['a product feed', '<?xml version="1.0"?><rss></rss>', 'product-feed', false],
    ['gzip of a table', gzipSync('a,b\n'), 'csv', true],
    ['gzip of JSON lines', gzipSync('{"a":1}'), 'ndjson', true],
  ];
  it.each(found)('knows %s by its content', async (_, content, format, gzip) => {
    expect(await detectFormat(await tempFile(content, 'misleading.pdf'))).toEqual({ format, gzip });
  });

  const refused: readonly (readonly [string, string | Uint8Array, string])[] = [
    ['an empty file', '', 'imports.empty_file'],
    ['an empty gzip file', gzipSync(''), 'imports.empty_file'],
    ['blank lines', '\n\n  \n', 'imports.empty_file'],
    ['a web page', '<!DOCTYPE html><html></html>', 'imports.not_a_table'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452000100020003040506', 'hex'), 'imports.not_a_table'],
    ['gzip of gzip', gzipSync(gzipSync('a,b')), 'imports.gzip_twice'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'imports.old_excel'],
  ];
  it.each(refused)('refuses %s with a sentence', async (_, content, code) => {
    await expect(detectFormat(await tempFile(content))).rejects.toMatchObject({ code });
  });
});
