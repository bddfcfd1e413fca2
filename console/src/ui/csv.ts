/** How spreadsheets in the reader's country expect a CSV file. */
interface CsvStyle {
  readonly separator: ',' | ';';
  readonly decimal: '.' | ',';
}

export const csvStyleOf = (locale: string): CsvStyle =>
  (1.5).toLocaleString(locale).includes(',') ? { separator: ';', decimal: ',' } : { separator: ',', decimal: '.' };

type CsvValue = string | number | null | undefined;

function field(value: CsvValue, style: CsvStyle): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value).replace('.', style.decimal);
  // A text that begins like a formula would be run by the spreadsheet.
  const safe = /^[=+\-@\t\r]/.test(value) && !/^[+-]?[\d\s().-]+$/.test(value) ? `'${value}` : value;
  return /[",;\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** CSV with a byte-order mark, so that Excel reads accents, and CRLF line ends. */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvValue[])[], locale: string): string {
  const style = csvStyleOf(locale);
  const lines = [header, ...rows].map((row) => row.map((value) => field(value, style)).join(style.separator));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

/** Hands a file to the browser's download. */
export function saveFile(name: string, content: Blob | string, type = 'text/csv;charset=utf-8'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
