import { type ImportKind, type ImportMapping, importFields } from '@vitrail/contracts';
import { Fault } from '../../../platform/index.ts';

/** What partners send has no room for columns of one's own. */
const closed: ReadonlySet<ImportKind> = new Set(['outside-segments', 'id-mappings']);

/** True for anything a column of this kind of import may be mapped to. */
export function isField(field: string, kind: ImportKind): boolean {
  if (field === 'ignore' || field === '') return true;
  if (importFields[kind].some(({ name }) => name === field)) return true;
  if (closed.has(kind)) return false;
  if (kind === 'people') {
    if (/^trait\.\S/.test(field) || /^consent\.[a-z][\w-]{0,60}$/i.test(field)) return true;
  } else if (/^property\.\S/.test(field)) return true;
  return kind !== 'products' && /^[a-z][a-z0-9_]{0,50}_id$/.test(field);
}

/**
 * A mapping as a person gave it, with column names as the file has them (case and outer spaces do not matter). Throws on
 * a column or a field that does not exist: silently ignoring either would import something else than was asked.
 */
export function checkMapping(
  given: ImportMapping,
  kind: ImportKind,
  columns: readonly string[],
  columnsMayGrow: boolean,
): ImportMapping {
  const byName = new Map(columns.map((column) => [column.toLowerCase(), column]));
  const checked: Record<string, string> = {};
  for (const [name, field] of Object.entries(given)) {
    const column = columns.includes(name) ? name : byName.get(name.trim().replace(/\s+/g, ' ').toLowerCase());
    if (column === undefined && !columnsMayGrow)
      throw new Fault(
        'invalid',
        'imports.unknown_column',
        `The file has no column “${name}”. It has: ${columns.join(', ')}.`,
      );
    if (!isField(field, kind)) {
      const fields = importFields[kind].map((known) => known.name).join(', ');
      throw new Fault(
        'invalid',
        'imports.unknown_field',
        `“${field}” is nothing a column of ${kind} can be. It can be: ${fields}${closed.has(kind) ? '' : `, <system>_id, ${kind === 'people' ? 'consent.<category>, trait.<name>' : 'property.<name>'}`} or ignore.`,
      );
    }
    checked[column ?? name] = field;
  }
  return checked;
}

/** Required fields no column is mapped to; of a group of which one is enough, its first field. */
export function missingFields(mapping: ImportMapping, kind: ImportKind): string[] {
  const mapped = new Set(Object.values(mapping));
  const otherId = kind === 'people' && [...mapped].some((field) => field.endsWith('_id'));
  const missing: string[] = [];
  const groups = new Map<string, string[]>();
  for (const { name, required, oneOf } of importFields[kind]) {
    if (required === true && !mapped.has(name)) missing.push(name);
    if (oneOf !== undefined) groups.set(oneOf, [...(groups.get(oneOf) ?? []), name]);
  }
  for (const names of groups.values()) {
    const [first = ''] = names;
    if (!otherId && !names.some((name) => mapped.has(name))) missing.push(first);
  }
  return missing;
}

/** Refuses a mapping that leaves out what every row needs. */
export function requireFields(mapping: ImportMapping, kind: ImportKind, columns: readonly string[]): void {
  const missing = missingFields(mapping, kind);
  if (missing.length === 0) return;
  throw new Fault(
    'invalid',
    'imports.column_missing',
    `No column gives ${missing.join(', ')}, which ${kind} need. The file has: ${columns.join(', ')}. Say which column it is with a mapping, for example {"${columns[0] ?? 'column'}": "${missing[0] ?? ''}"}.`,
    { details: { missing, columns: [...columns] } },
  );
}
