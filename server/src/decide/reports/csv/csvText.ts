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

/** A table as Excel reads it: French with semicolons, decimal commas and a byte order mark; English with commas. */
export function writeCsv({ head, rows }: CsvTable, locale: 'en' | 'fr'): string {
  const french = locale === 'fr';
  const lines = [head, ...rows].map((row) => row.map((value) => field(value, french)).join(french ? ';' : ','));
  return `${french ? '\ufeff' : ''}${lines.join('\r\n')}\r\n`;
}
