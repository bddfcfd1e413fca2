/** What names a person on each line of a pasted text or a small CSV file. */
export interface ListedLines {
  readonly lines: readonly string[];
  /** Lines without anything to go by: a heading, blank ones. */
  readonly left: number;
}

/** Names of columns that hold an identifier, in the order in which they are believed. */
const columns = [
  /^(profile|profil|id|profile[ _]id)$/i,
  /^(e-?mail|mail|courriel|adresse e-?mail|email[ _]address)$/i,
  /^(user[ _]?id|customer[ _]?id|client[ _]?id|num[eé]ro de client)$/i,
  /^(loyalty[ _]?card|card|carte( de fid[eé]lit[eé])?|num[eé]ro de carte)$/i,
  /^(phone|telephone|t[eé]l[eé]phone|mobile)$/i,
  /^crm[ _]?id$/i,
];

const separators = [';', '\t', ','] as const;

function fieldsOf(line: string, separator: string): string[] {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const letter = line[at];
    if (quoted) {
      if (letter === '"' && line[at + 1] === '"') {
        field += '"';
        at += 1;
      } else if (letter === '"') quoted = false;
      else field += letter;
    } else if (letter === '"') quoted = true;
    else if (letter === separator) {
      fields.push(field);
      field = '';
    } else field += letter;
  }
  return [...fields, field].map((one) => one.trim());
}

/** Reads one identifier per line; of a table, the column whose heading or content is an identifier. */
export function readLines(text: string): ListedLines {
  const raw = text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim());
  const filled = raw.filter((line) => line !== '');
  const [head = ''] = filled;
  const separator = separators.find((one) => head.includes(one));
  if (separator === undefined) {
    const isHeading = columns.some((pattern) => pattern.test(head.replaceAll('"', '')));
    const lines = filled.slice(isHeading ? 1 : 0).map((line) => line.replace(/^"(.*)"$/, '$1'));
    return { lines: [...new Set(lines)], left: isHeading ? 1 : 0 };
  }
  const rows = filled.map((line) => fieldsOf(line, separator));
  const heading = rows[0] ?? [];
  const named = columns.map((pattern) => heading.findIndex((name) => pattern.test(name))).find((at) => at !== -1);
  // Without a heading that says so, the column that holds an e-mail, else the first.
  const column =
    named ??
    Math.max(
      0,
      heading.findIndex((value) => value.includes('@')),
    );
  const body = named === undefined ? rows : rows.slice(1);
  const values = body.map((fields) => fields[column] ?? '').filter((value) => value !== '');
  return { lines: [...new Set(values)], left: filled.length - values.length };
}
