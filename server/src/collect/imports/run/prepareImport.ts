import type { ImportKind, ImportMapping, ImportOptions, ImportSettings } from '@vitrail/contracts';
import { Fault, type Pg } from '../../../platform/index.ts';
import { checkMapping } from '../mapping/checkMapping.ts';
import { guessFormats } from '../mapping/guessFormats.ts';
import { type ColumnSample, type GuessedField, guessKind, guessMapping } from '../mapping/guessMapping.ts';
import { sampleColumns } from '../mapping/sampleColumns.ts';
import { detectSettings, openRows } from '../read/openRows.ts';
import { readImportDefaults } from '../sql/imports.pg.ts';
import { isTimeZone } from '../values/timeZone.ts';

export interface Prepared {
  readonly kind: ImportKind;
  readonly settings: ImportSettings;
  readonly columns: readonly ColumnSample[];
  readonly guessed: ReadonlyMap<string, GuessedField>;
  readonly sheets: readonly string[];
}

/**
 * Looks at a file and decides everything about reading it: what was stated stays, the rest is guessed. The answer is
 * complete, so that reading the file later, or again after a crash, repeats exactly.
 */
export async function prepareImport(
  deps: { pg: Pg },
  workspaceId: number,
  path: string,
  asked: { kind: ImportKind | null; mapping: ImportMapping; options: ImportOptions },
): Promise<Prepared> {
  const { options } = asked;
  const defaults = await deps.pg.row(readImportDefaults, { workspace: workspaceId });
  if (defaults === null) throw new Fault('not_found', 'imports.workspace_gone', 'This workspace does not exist.');
  const timeZone = options.timeZone ?? defaults.time_zone;
  if (!isTimeZone(timeZone))
    throw new Fault('invalid', 'imports.unknown_time_zone', `“${timeZone}” is no time zone. Try Europe/Paris.`);
  const read = await detectSettings(path, options);
  const shared = {
    ...read,
    timeZone,
    currency: options.currency ?? defaults.base_currency,
    site: options.site,
    asOf: options.asOf,
    fullFeed: options.fullFeed,
    provider: options.provider,
  };
  if (read.format === 'product-feed') {
    if (asked.kind !== null && asked.kind !== 'products')
      throw new Fault('invalid', 'imports.feed_kind', 'This is a product feed in XML: import it as products.');
    const settings = { ...shared, columns: [], mapping: {}, formats: {} };
    return { kind: 'products', settings, columns: [], guessed: new Map(), sheets: [] };
  }
  const source = await openRows(path, read, asked.kind ?? 'people');
  const columns = await sampleColumns(source);
  const kind = asked.kind ?? guessKind(columns);
  const growing = read.format === 'ndjson' || read.format === 'json' || read.format === 'parquet';
  const names = columns.map(({ name }) => name);
  const given = checkMapping({ ...options.mapping, ...asked.mapping }, kind, names, growing);
  const guessed = guessMapping(columns, kind, given);
  const mapping: Record<string, string> = { ...given };
  for (const [column, { field }] of guessed) mapping[column] = field;
  const formats = {
    ...guessFormats(columns, mapping, { country: defaults.country, delimiter: read.delimiter }),
    ...options.formats,
  };
  return {
    kind,
    settings: { ...shared, columns: names, mapping, formats },
    columns,
    guessed,
    sheets: source.sheets ?? [],
  };
}
