import type { ImportFormat } from '@vitrail/contracts';
import { emptyFile, unreadable } from './faults.ts';
import { guessUtf16 } from './guessEncoding.ts';
import { openBytes, peekBytes } from './openBytes.ts';

/** What a file is by its first bytes; its name is not asked, because names lie. */
export async function detectFormat(path: string): Promise<{ format: ImportFormat; gzip: boolean }> {
  const outer = await peekBytes(openBytes(path, false), 4);
  if (outer.head.length === 0) throw emptyFile();
  const gzip = outer.head[0] === 0x1f && outer.head[1] === 0x8b;
  const { head } = await peekBytes(openBytes(path, gzip), 4096);
  if (head.length === 0) throw emptyFile();
  const format = formatOf(head);
  if (gzip && (format === 'parquet' || format === 'xlsx'))
    throw unreadable(
      'gzip_needless',
      'Parquet files and workbooks are compressed already: send the file without gzip.',
    );
  return { format, gzip };
}

function formatOf(head: Buffer): ImportFormat {
  const magic = head.toString('latin1', 0, 8);
  if (magic.startsWith('PAR1')) return 'parquet';
  if (magic.startsWith('PK\x03\x04')) return 'xlsx';
  if (magic.startsWith('\xd0\xcf\x11\xe0'))
    throw unreadable('old_excel', 'This is an old .xls file, or a workbook with a password. Save it as .xlsx or CSV.');
  if (magic.startsWith('%PDF')) throw unreadable('not_a_table', 'This is a PDF. Export the data as CSV or .xlsx.');
  if (magic.startsWith('\x1f\x8b')) throw unreadable('gzip_twice', 'The file is gzipped twice. Unpack it once.');
  const text = textOf(head);
  if (text === null)
    throw unreadable(
      'not_a_table',
      'This is no table Vitrail can read. Send CSV, NDJSON, Parquet, .xlsx or a product feed.',
    );
  const start = text.trimStart();
  if (start === '' && head.length < 4096) throw emptyFile();
  if (start.startsWith('<')) {
    if (/^<(?:!doctype\s+html|html)/i.test(start))
      throw unreadable('not_a_table', 'This is a web page, perhaps a sign-in or error page saved by mistake.');
    return 'product-feed';
  }
  if (/^\[\s*(?:\{|\])/.test(start)) return 'json';
  return /^\{\s*(?:"|\})/.test(start) ? 'ndjson' : 'csv';
}

/** What text does not hold: all below the space but tab, line ends, form feed and escape. */
const isControl = (code: number): boolean => code < 0x20 && code !== 0x1b && (code < 0x09 || code > 0x0d);

/** The beginning as text good enough to look at, or null for binary content. */
function textOf(head: Buffer): string | null {
  const utf16 = guessUtf16(head);
  const bytes = head.subarray(0, head.length & ~1);
  const text =
    utf16 === 'utf-16le'
      ? bytes.toString('utf16le')
      : utf16 === 'utf-16be'
        ? Buffer.from(bytes).swap16().toString('utf16le')
        : head
            .toString('latin1')
            .replace(/^\xef\xbb\xbf/, '')
            .replaceAll('\0', '');
  let controls = 0;
  for (let index = 0; index < text.length; index++) if (isControl(text.charCodeAt(index))) controls++;
  return controls > text.length * 0.02 ? null : text.replace(/^\ufeff/, '');
}
