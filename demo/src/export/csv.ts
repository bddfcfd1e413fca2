/** One CSV line; a field is quoted only when it must be. */
export function csvLine(fields: readonly (string | number)[], delimiter: string): string {
  return `${fields.map((field) => csvField(String(field), delimiter)).join(delimiter)}\r\n`;
}

function csvField(text: string, delimiter: string): string {
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Cents with a decimal comma. */
export function commaAmount(cents: number): string {
  return (cents / 100).toFixed(2).replace('.', ',');
}
