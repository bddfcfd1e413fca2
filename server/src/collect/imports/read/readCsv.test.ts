import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { tempFile } from '../../../../test/tempFile.ts';
import { isBad } from '../units/unit.ts';
import { openBytes } from './openBytes.ts';
import { detectSettings, openRows } from './openRows.ts';
import type { ReadSettings } from './rows.ts';

async function read(content: string | Uint8Array, given: Partial<ReadSettings> = {}) {
  const path = await tempFile(content);
  const settings = await detectSettings(path, given);
  const source = await openRows(path, settings, 'people');
  const rows = [];
  let bytesRead = 0;
  for await (const batch of source.batches()) {
    rows.push(...batch.rows);
    ({ bytesRead } = batch);
  }
  return {
    settings,
    columns: source.columns,
    bytesRead,
    rows,
    cells: rows.map((row) => (isBad(row) ? row.problem.reason : row.cells)),
  };
}

describe('reading a text table', () => {
  it.each([',', ';', '\t', '|'])('finds the delimiter %j', async (delimiter) => {
    const { cells, columns } = await read(['a,b;c', '1,x', '2;y'].join('\n').replaceAll(/[,;]/g, delimiter));
    expect(columns).toEqual(['a', 'b', 'c']);
    expect(cells).toEqual(['columns_missing', 'columns_missing']);
  });

  it('is not misled by decimal commas', async () => {
    const { settings, cells } = await read('a;b\n1,5;2,5\n3,5;4,5\n');
    expect(settings.delimiter).toBe(';');
    expect(cells).toEqual([
      ['1,5', '2,5'],
      ['3,5', '4,5'],
    ]);
    expect((await read('montant\n12,50\n13,60\n')).cells).toEqual([['12,50'], ['13,60']]);
  });

  it('keeps line ends, delimiters and doubled quotes inside quotes', async () => {
    const { cells } = await read('a,b\r\n"x\r\ny, z","say ""hi"""\r\nlast,row');
    expect(cells).toEqual([
      ['x\r\ny, z', 'say "hi"'],
      ['last', 'row'],
    ]);
  });

  it('leaves out a byte order mark, empty lines and the sep= line of a spreadsheet', async () => {
    expect((await read('\ufeffa,b\n1,2\n\n3,4\n,\n')).cells).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    const { columns, rows } = await read('sep=;\na;b\n1;2\n');
    expect(columns).toEqual(['a', 'b']);
    expect(rows).toEqual([{ row: 2, cells: ['1', '2'] }]);
  });

  it('numbers rows as a spreadsheet shows them', async () => {
    expect((await read('a,b\n1,2\n\n"x\ny",2\n')).rows.map(({ row }) => row)).toEqual([2, 4]);
  });

  it('rejects rows with missing and extra columns and goes on', async () => {
    const { cells, rows } = await read('a,b,c\n1,2\n1,2,3,4\n1,2,3,\n1,2,3\n');
    expect(cells).toEqual(['columns_missing', 'columns_extra', ['1', '2', '3', ''], ['1', '2', '3']]);
    expect(rows[0]).toMatchObject({ row: 2, record: { a: '1', b: '2' } });
  });

  it('names columns that have no name, and two of the same name', async () => {
    expect((await read('email,,email, email \na@b.fr,1,2,3\n')).columns).toEqual([
      'email',
      'Column 2',
      'email (2)',
      'email (3)',
    ]);
  });

  it('sees that the first line is already data', async () => {
    const { settings, columns, rows } = await read('a@example.fr;Zoé\nb@example.fr;Anna\n');
    expect(settings.header).toBe(false);
    expect(columns).toEqual(['Column 1', 'Column 2']);
    expect(rows[0]).toMatchObject({ row: 1 });
  });

  it('says on which line a quotation mark is never closed', async () => {
    await expect(read('a,b\n1,2\n3,"4\n5,6\n')).rejects.toMatchObject({
      code: 'imports.quote_never_closed',
      details: { line: 3 },
    });
    // Also when other quotes follow, so that the open one seems to end somewhere.
    await expect(read('a,b\n1,2\n3,"4\n5,"6"\n7,"8"\n')).rejects.toMatchObject({ details: { line: 3 } });
    // And in a file too large to be held.
    const long = `a,b\n1,"2\n${'x,y\n'.repeat(500_000)}`;
    await expect(read(long)).rejects.toMatchObject({ code: 'imports.quote_never_closed', details: { line: 2 } });
  });

  it('rejects a row with a quotation mark out of place', async () => {
    const { cells, rows } = await read('a,b\n1,2\n"Du"pont,2\n3,4\n"x"y,5');
    expect(cells).toEqual([['1', '2'], 'quotes_malformed', ['3', '4'], 'quotes_malformed']);
    expect(rows[1]).toMatchObject({ row: 3, record: { line: '"Du"pont,2' } });
    await expect(read(`a,b\n${'1,"x"y\r\n'.repeat(30_000)}`)).rejects.toMatchObject({
      code: 'imports.quotes_misplaced',
    });
    expect((await read('a,b\n5" pipe,2\n')).cells).toEqual([['5" pipe', '2']]);
  });

  it('reads old Macs’ line ends', async () => {
    expect((await read('a,b\r1,2\r3,4\r')).cells).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  it('removes NUL characters', async () => {
    expect((await read('a,b\n1\0,2\n')).cells).toEqual([['1', '2']]);
  });
});

describe('encodings', () => {
  const text = 'Prénom;Ville\nZoé;Nîmes\nFrançois;Besançon\nHélène;Évry – « l’été »\n';
  it.each(['windows-1252', 'utf-8', 'utf-16le', 'macroman'])('are guessed: %s', async (encoding) => {
    const { cells, settings } = await read(iconv.encode(text, encoding));
    expect(settings.encoding).toBe(encoding);
    expect(cells[2]).toEqual(['Hélène', 'Évry – « l’été »']);
  });

  it('with a byte order mark are believed', async () => {
    for (const encoding of ['utf-16le', 'utf-16be'])
      expect((await read(iconv.encode(text, encoding, { addBOM: true }))).cells[0]).toEqual(['Zoé', 'Nîmes']);
  });

  it('stated by a person are followed, and rows that make no sense in them are rejected', async () => {
    const { cells } = await read(iconv.encode(text, 'windows-1252'), { encoding: 'utf-8' });
    expect(cells).toEqual(['encoding', 'encoding', 'encoding']);
    await expect(read(text, { encoding: 'klingon' })).rejects.toMatchObject({ code: 'imports.encoding_unknown' });
  });

  it('damaged in a few places lose only those rows', async () => {
    const bytes = Buffer.from(`nom;ville\n${'Zoé;Nîmes\n'.repeat(400)}`);
    const { cells, settings } = await read(
      Buffer.concat([bytes, Buffer.from([0x41, 0xe9, 0x3b, 0x42, 0x0a]), bytes.subarray(10)]),
    );
    expect(settings.encoding).toBe('utf-8');
    expect(cells.filter((row) => row === 'encoding')).toHaveLength(1);
    expect(cells).toHaveLength(801);
  });

  it('are decoded whole when a character lies across two chunks', async () => {
    const row = `${'é'.repeat(1_000)},x\n`;
    const { cells } = await read(`a,b\n${row.repeat(200)}`);
    expect(new Set(cells.map((cell) => JSON.stringify(cell))).size).toBe(1);
    expect(cells).toHaveLength(200);
  });
});

describe('gzip', () => {
  it('is unpacked, and progress counts the bytes of the file', async () => {
    const packed = gzipSync(`a,b\n${'1,2\n'.repeat(100_000)}`);
    const { cells, bytesRead } = await read(packed);
    expect(cells).toHaveLength(100_000);
    expect(bytesRead).toBe(packed.length);
  });

  it('that unpacks to far too much is stopped', async () => {
    const path = await tempFile(gzipSync(Buffer.alloc(150_000_000)));
    const readAll = async () => {
      for await (const chunk of openBytes(path, true).chunks()) expect(chunk.length).toBeLessThan(1_000_000);
    };
    await expect(readAll()).rejects.toMatchObject({ code: 'imports.unpacks_too_large' });
  });
});

it('reads back any table that papaparse writes, whatever its cells hold', async () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', '\r\n', ' ', '1', '😀', "'"),
    maxLength: 8,
  });
  const table = fc
    .integer({ min: 2, max: 4 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
    );
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('\n', '\r\n'),
      async (rows, delimiter, newline) => {
        const header = (rows[0] ?? []).map((_, index) => `c${index}`);
        const text = Papa.unparse([header, ...rows], { delimiter, newline, quotes: true });
        const { cells } = await read(text, { delimiter, header: true });
        expect(cells).toEqual(rows.filter((row) => row.some((value) => value !== '')));
      },
    ),
    { numRuns: 60 },
  );
}, 30_000);
