import type { ImportKind } from '@vitrail/contracts';
import { guessCsvDialect, nameColumns, newlineOf, splitSample } from './csvDialect.ts';
import { detectFormat } from './detectFormat.ts';
import { emptyFile, unreadable } from './faults.ts';
import { checkEncoding, guessEncoding } from './guessEncoding.ts';
import { limits } from './limits.ts';
import { type Bytes, openBytes, peekBytes } from './openBytes.ts';
import { openText } from './openText.ts';
import { readCsv } from './readCsv.ts';
import { readJson } from './readJson.ts';
import { readParquet } from './readParquet.ts';
import type { ReadSettings, RowSource } from './rows.ts';
import { readXlsx } from './xlsx/readXlsx.ts';

const encodingSample = 8 * 1024 * 1024;
const dialectSample = 256 * 1024;

/** Guesses everything about how a file is read that was not stated. */
export async function detectSettings(path: string, given: Partial<ReadSettings>): Promise<ReadSettings> {
  const found = await detectFormat(path);
  if (found.format === 'parquet' || found.format === 'product-feed') return found;
  if (found.format === 'xlsx') return { ...found, sheet: given.sheet };
  const bytes = openBytes(path, found.gzip);
  const sample = await peekBytes(bytes, encodingSample);
  const encoding =
    given.encoding === undefined ? guessEncoding(sample.head, sample.whole) : checkEncoding(given.encoding);
  if (found.format !== 'csv') return { ...found, encoding };
  const head = await headText(bytes, encoding);
  if (head.text.trim() === '') throw emptyFile();
  const { delimiter, header } = guessCsvDialect(head.text, head.whole, {
    ...(given.delimiter === undefined ? {} : { delimiter: given.delimiter }),
    ...(given.header === undefined ? {} : { header: given.header }),
  });
  return { ...found, encoding, delimiter, header };
}

/** Opens a file as rows, by settings that are complete. Product feeds in XML have their own reader. */
export async function openRows(
  path: string,
  settings: ReadSettings,
  kind: ImportKind,
): Promise<RowSource & { sheets?: string[] }> {
  const encoding = settings.encoding ?? 'utf-8';
  // Events keep their nested properties; everywhere else `address.city` is a column.
  const flat = kind !== 'events';
  switch (settings.format) {
    case 'parquet':
      return readParquet(path, flat);
    case 'xlsx':
      return readXlsx(path, settings.sheet);
    case 'ndjson':
    case 'json':
      return readJson(openBytes(path, settings.gzip), encoding, settings.format, flat);
    case 'csv':
      return openCsv(openBytes(path, settings.gzip), encoding, settings);
    case 'product-feed':
      throw unreadable('feed_kind', 'This is a product feed in XML: import it as products.');
  }
}

async function openCsv(bytes: Bytes, encoding: string, settings: ReadSettings): Promise<RowSource> {
  const { text, whole } = await headText(bytes, encoding);
  const { delimiter = ',', header = true } = settings;
  const dialect = guessCsvDialect(text, whole, { delimiter, header });
  const hintEnd = dialect.hint ? text.indexOf(newlineOf(text)) + 1 : 0;
  const [first] = splitSample(text.slice(hintEnd), delimiter, whole);
  if (first === undefined) throw whole ? emptyFile() : unreadable('not_a_table', 'The file has no line end in sight.');
  if (first.length > limits.columns) throw unreadable('too_many_columns', `More than ${limits.columns} columns.`);
  const columns = nameColumns(header ? first : first.map(() => ''));
  return readCsv(bytes, encoding, dialect, columns);
}

async function headText(bytes: Bytes, encoding: string): Promise<{ text: string; whole: boolean }> {
  let text = '';
  for await (const chunk of openText(bytes, encoding)) {
    text += chunk.text;
    if (text.length >= dialectSample) return { text: text.slice(0, dialectSample), whole: false };
  }
  return { text, whole: true };
}
