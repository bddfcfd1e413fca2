import { deflateRawSync } from 'node:zlib';
import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { tempFile } from '../../../../../test/tempFile.ts';
import { isBad } from '../../units/unit.ts';
import { detectSettings, openRows } from '../openRows.ts';
import { showsDate } from './readParts.ts';

async function workbook(fill: (book: exceljs.Workbook) => void): Promise<Uint8Array> {
  const book = new exceljs.Workbook();
  fill(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

async function read(content: Uint8Array, sheet?: string) {
  const path = await tempFile(content);
  const settings = await detectSettings(path, { sheet });
  const source = await openRows(path, settings, 'people');
  const rows = [];
  for await (const batch of source.batches()) rows.push(...batch.rows);
  return {
    source,
    columns: source.columns,
    rows,
    cells: rows.map((row) => (isBad(row) ? row.problem.reason : row.cells)),
  };
}

describe('reading a workbook', () => {
  it('gives texts, numbers, dates and booleans, through formulas, links and rich text', async () => {
    const content = await workbook((book) => {
      const sheet = book.addWorksheet('Clients');
      sheet.addRow(['id', 'né le', 'ok', 'mail', 'total', 'code']);
      sheet.addRow([
        42,
        new Date('2024-03-01T10:30:00Z'),
        true,
        { text: 'a@example.fr', hyperlink: 'mailto:a@example.fr' },
        { formula: 'A2*2', result: 84 },
        '0042',
      ]);
      sheet.addRow([1.5, null, false, { richText: [{ text: 'b@' }, { text: 'example.fr' }] }, { error: '#N/A' }]);
      sheet.addRow([]);
      sheet.addRow(['fin <&> é']);
    });
    const { columns, cells, rows } = await read(content);
    expect(columns).toEqual(['id', 'né le', 'ok', 'mail', 'total', 'code']);
    expect(cells[0]).toEqual([42, new Date('2024-03-01T10:30:00Z'), true, 'a@example.fr', 84, '0042']);
    expect(cells[1]?.slice(0, 4)).toEqual([1.5, undefined, false, 'b@example.fr']);
    expect(cells[1]?.[4]).toBeUndefined();
    expect(rows.map(({ row }) => row)).toEqual([2, 3, 5]);
    expect(cells[2]).toEqual(['fin <&> é']);
  });

  it('takes the first visible sheet, or the one that is named', async () => {
    const content = await workbook((book) => {
      book.addWorksheet('Hidden', { state: 'hidden' }).addRow(['x']);
      book.addWorksheet('One').addRows([['a'], ['1']]);
      book.addWorksheet('Two').addRows([['b'], ['2']]);
    });
    expect(await read(content)).toMatchObject({ columns: ['a'], source: { sheets: ['One', 'Two'] } });
    expect(await read(content, 'Two')).toMatchObject({ columns: ['b'], cells: [['2']] });
    await expect(read(content, 'Three')).rejects.toMatchObject({ code: 'imports.xlsx_sheet_unknown' });
  });

  it('rejects a row with more cells than the header', async () => {
    const content = await workbook((book) => book.addWorksheet('S').addRows([['a'], ['1', '2'], ['3']]));
    expect((await read(content)).cells).toEqual(['columns_extra', ['3']]);
  });

  it('knows formats that show dates', () => {
    expect(['dd/mm/yyyy', 'yyyy-mm-dd hh:mm', '[$-40C]d mmmm yyyy', '[h]:mm'].map(showsDate)).toEqual(
      Array(4).fill(true),
    );
    expect(['0.00', '#,##0 "days"', '[Red]0', 'General', '0\\d'].map(showsDate)).toEqual(Array(5).fill(false));
  });
});

describe('a file that only says it is a workbook', () => {
  const zip = (entries: Record<string, { data: Buffer; size?: number }>): Buffer => {
    const parts: Buffer[] = [];
    const directory: Buffer[] = [];
    let offset = 0;
    for (const [name, { data, size = data.length }] of Object.entries(entries)) {
      const packed = deflateRawSync(data);
      const head = Buffer.alloc(30);
      head.writeUInt32LE(0x04034b50, 0);
      head.writeUInt16LE(20, 4);
      head.writeUInt16LE(8, 8);
      head.writeUInt32LE(packed.length, 18);
      head.writeUInt32LE(size, 22);
      head.writeUInt16LE(name.length, 26);
      const entry = Buffer.alloc(46);
      entry.writeUInt32LE(0x02014b50, 0);
      head.copy(entry, 6, 4, 30);
      entry.writeUInt32LE(offset, 42);
      parts.push(head, Buffer.from(name), packed);
      directory.push(entry, Buffer.from(name));
      offset += 30 + name.length + packed.length;
    }
    const list = Buffer.concat(directory);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(directory.length / 2, 8);
    end.writeUInt16LE(directory.length / 2, 10);
    end.writeUInt32LE(list.length, 12);
    end.writeUInt32LE(offset, 16);
    return Buffer.concat([...parts, list, end]);
  };
  const sheets = { data: Buffer.from('<workbook><sheets><sheet name="A" r:id="r1" xmlns:r="r"/></sheets></workbook>') };

  it('is refused when it unpacks to a thousand times its size', async () => {
    const bomb = zip({
      'xl/workbook.xml': sheets,
      'xl/worksheets/sheet1.xml': { data: Buffer.alloc(120_000_000, ' ') },
    });
    expect(bomb.length).toBeLessThan(200_000);
    await expect(read(bomb)).rejects.toMatchObject({ code: 'imports.unpacks_too_large' });
  });

  it('is refused when it lies about its size', async () => {
    const liar = zip({
      'xl/workbook.xml': sheets,
      'xl/worksheets/sheet1.xml': { data: Buffer.alloc(120_000_000, ' '), size: 1_000 },
    });
    await expect(read(liar)).rejects.toMatchObject({ code: 'imports.xlsx_broken' });
  });

  it('is refused when it is another kind of zip, or entities multiply in it', async () => {
    await expect(read(zip({ 'readme.txt': { data: Buffer.from('hello') } }))).rejects.toMatchObject({
      code: 'imports.not_xlsx',
    });
    const laughs = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData/></worksheet>';
    const bomb = zip({ 'xl/workbook.xml': sheets, 'xl/worksheets/sheet1.xml': { data: Buffer.from(laughs) } });
    await expect(read(bomb)).rejects.toMatchObject({ code: 'imports.xlsx_broken' });
    await expect(read(Buffer.from('PK\x03\x04 and nothing more'))).rejects.toMatchObject({
      code: 'imports.xlsx_broken',
    });
  });
});
