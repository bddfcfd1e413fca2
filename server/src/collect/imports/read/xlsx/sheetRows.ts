import { recordTooLong } from '../faults.ts';
import { limits } from '../limits.ts';
import type { Cell } from '../rows.ts';
import type { Workbook } from './openWorkbook.ts';

export interface SheetContext {
  readonly part: string;
  readonly texts: readonly string[];
  /** By style index: is a number shown as a date? */
  readonly dates: readonly boolean[];
  readonly from1904: boolean;
}

interface SheetRow {
  readonly row: number;
  readonly cells: Cell[];
}

const day = 86_400_000;
const epoch1900 = Date.UTC(1899, 11, 30);
const epoch1904 = Date.UTC(1904, 0, 1);

/** The rows of a worksheet part, as many at a time as the parser has found. */
export async function* rowsOfSheet(
  book: Workbook,
  context: SheetContext,
): AsyncIterable<{ rows: SheetRow[]; bytes: number }> {
  let found: SheetRow[] = [];
  let row = 0;
  let cells: Cell[] = [];
  let column = -1;
  let type = '';
  let style = 0;
  let text = '';
  let reading = false;
  const handlers = {
    open(name: string, attributes: Readonly<Record<string, string>>) {
      if (name === 'row') {
        row = Number(attributes.r ?? row + 1);
        cells = [];
        column = -1;
      } else if (name === 'c') {
        column = attributes.r === undefined ? column + 1 : columnOf(attributes.r);
        type = attributes.t ?? 'n';
        style = Number(attributes.s ?? 0);
        text = '';
      } else if (name === 'v' || name === 't') reading = true;
      else if (name === 'rPh' || name === 'f') reading = false;
    },
    text(part: string) {
      if (!reading) return;
      text += part;
      if (text.length > limits.recordChars) throw recordTooLong(row);
    },
    close(name: string) {
      if (name === 'v' || name === 't') reading = false;
      else if (name === 'c') {
        if (column < limits.columns * 8) cells[column] = cellValue(context, type, style, text);
      } else if (name === 'row') found.push({ row, cells });
    },
  };
  for await (const { bytes } of book.parse(context.part, handlers)) {
    const rows = found;
    found = [];
    if (rows.length > 0) yield { rows, bytes };
  }
}

/** `BC12` → 54. */
function columnOf(reference: string): number {
  let column = 0;
  for (let index = 0; index < reference.length; index++) {
    const code = reference.charCodeAt(index);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
}

function cellValue({ texts, dates, from1904 }: SheetContext, type: string, style: number, text: string): Cell {
  if (text === '') return undefined;
  switch (type) {
    case 's':
      return texts[Number(text)];
    case 'b':
      return text === '1' || text === 'true';
    case 'e':
      return undefined; // #N/A, #REF! …: a cell without a value
    case 'd':
      return text;
    case 'n': {
      const number = Number(text);
      if (!Number.isFinite(number)) return text;
      return dates[style] === true
        ? new Date((from1904 ? epoch1904 : epoch1900) + Math.round(number * (day / 1000)) * 1000)
        : number;
    }
    default:
      return text; // str, inlineStr
  }
}
