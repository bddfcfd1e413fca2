/** Pieces of SQL made from our own tables of words and from settings already checked. Values of users are bound, never here. */
export const sqlText = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

export const sqlTexts = (texts: Iterable<string>): string => `[${[...texts].map(sqlText).join(', ')}]`;

/** `transform` by a table: what the table does not name stays. */
export function sqlMapped(expression: string, table: ReadonlyMap<string, string>): string {
  return `transform(${expression}, ${sqlTexts(table.keys())}, ${sqlTexts(table.values())}, ${expression})`;
}
