export type CsvValue = string | number | null;

export interface CsvTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly CsvValue[])[];
}

/** A text that begins like a formula would be run by the spreadsheet; visitors choose campaign names. */
const startsFormula = /^[=+\-@\t\r]/;

function field(value: CsvValue, french: boolean): string {
  if (value === null) return '';
  if (typeof value === 'number') return french ? String(value).replace('.', ',') : String(value);
  const safe = startsFormula.test(value) ? `'${value}` : value;
  return /[",;\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export type CsvLocale = 'en' | 'fr';

/** A line as Excel reads it: French with semicolons and decimal commas, English with commas. */
export function csvLine(values: readonly CsvValue[], locale: CsvLocale): string {
  const french = locale === 'fr';
  return `${values.map((value) => field(value, french)).join(french ? ';' : ',')}\r\n`;
}

/** What a file begins with: French Excel needs the mark that says UTF-8. */
export const csvStart = (locale: CsvLocale): string => (locale === 'fr' ? '\ufeff' : '');

export const writeCsv = ({ head, rows }: CsvTable, locale: CsvLocale): string =>
  csvStart(locale) + [head, ...rows].map((row) => csvLine(row, locale)).join('');
