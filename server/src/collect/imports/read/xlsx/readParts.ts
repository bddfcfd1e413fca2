import { unreadable } from '../faults.ts';
import { limits } from '../limits.ts';
import type { Workbook, XmlHandlers } from './openWorkbook.ts';

export interface Sheet {
  readonly name: string;
  readonly part: string;
}

async function readAll(book: Workbook, part: string, handlers: XmlHandlers): Promise<void> {
  for await (const _ of book.parse(part, handlers));
}

/** The visible worksheets in their order, and whether days are counted from 1904 (old Macs). */
export async function readSheets(book: Workbook): Promise<{ sheets: Sheet[]; from1904: boolean }> {
  if (!book.has('xl/workbook.xml'))
    throw unreadable('not_xlsx', 'This zip file is not an .xlsx workbook. Unpack it and send the file inside.');
  const targets = new Map<string, string>();
  if (book.has('xl/_rels/workbook.xml.rels'))
    await readAll(book, 'xl/_rels/workbook.xml.rels', {
      open: (name, { Id, Target }) => {
        if (name === 'Relationship' && Id !== undefined && Target !== undefined) targets.set(Id, Target);
      },
    });
  const sheets: Sheet[] = [];
  let from1904 = false;
  await readAll(book, 'xl/workbook.xml', {
    open: (element, attributes) => {
      if (element === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      if (element !== 'sheet' || (attributes.state ?? 'visible') !== 'visible') return;
      const target = targets.get(attributes['r:id'] ?? '') ?? `worksheets/sheet${sheets.length + 1}.xml`;
      const part = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
      if (book.has(part)) sheets.push({ name: attributes.name ?? `Sheet ${sheets.length + 1}`, part });
    },
  });
  if (sheets.length === 0) throw unreadable('xlsx_no_sheet', 'The workbook has no visible worksheet.');
  return { sheets, from1904 };
}

/** The texts cells point to. They have to be held, so their total is limited. */
export async function readSharedTexts(book: Workbook): Promise<string[]> {
  const texts: string[] = [];
  if (!book.has('xl/sharedStrings.xml')) return texts;
  let text = '';
  let inText = false;
  let phonetic = 0;
  let total = 0;
  await readAll(book, 'xl/sharedStrings.xml', {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') phonetic++;
      else if (name === 't') inText = phonetic === 0;
    },
    text: (part) => {
      if (inText) text += part;
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic--;
      else if (name === 'si') {
        total += text.length + 16;
        if (total > limits.sharedTexts)
          throw unreadable(
            'xlsx_too_large',
            'The workbook holds too much text to be read. Save it as CSV and send that.',
          );
        texts.push(text);
      }
    },
  });
  return texts;
}

// Built-in number formats that show a date or a time (ECMA-376 part 1, 18.8.30).
const builtInDates = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 36, 45, 46, 47, 50, 57]);

/** For each cell style, whether it shows its number as a date. */
export async function readDateStyles(book: Workbook): Promise<boolean[]> {
  const styles: boolean[] = [];
  if (!book.has('xl/styles.xml')) return styles;
  const custom = new Set<number>();
  let inCellFormats = false;
  await readAll(book, 'xl/styles.xml', {
    open: (name, attributes) => {
      if (name === 'numFmt' && showsDate(attributes.formatCode ?? '')) custom.add(Number(attributes.numFmtId));
      else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attributes.numFmtId ?? 0);
        styles.push(builtInDates.has(id) || custom.has(id));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return styles;
}

/** A format code with day, month, year or hour letters outside quoted text and colours: `dd/mm/yyyy`, not `0.00 "jours"`. */
export const showsDate = (code: string): boolean =>
  /[dmyhs]/i.test(code.replace(/"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]|general/gi, ''));
