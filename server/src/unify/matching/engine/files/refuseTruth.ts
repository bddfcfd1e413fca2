import { Fault } from '../../../../platform/index.ts';
import { sqlText } from '../sqlText.ts';
import type { Workbench } from '../work.ts';
import { rawColumn } from './compileRecords.ts';
import { headerKey } from './guessFields.ts';
import type { LoadedFiles } from './loadFiles.ts';

/** Names under which data sets keep the answer. */
const answers = new Set(
  'truth label labels cluster clusterid entity entityid personid person householdid household groupid group goldid gold matchid trueid duplicateof dupid simulantid simulant'.split(
    ' ',
  ),
);

/** Fields that have one value for each person by their nature, and what such a value looks like: that is no leak. */
const ownValues: Readonly<Record<string, string>> = {
  national_id: '.',
  registration: '.',
  email: '@',
  domain: '[.]',
  phone: '([0-9][^0-9]*){8}',
};

/**
 * Refuses to compare a column that holds the answer: the truth column, one named like an answer, one that names the
 * record, or one whose values are the truth under other names. A model that reads it would look perfect and be worthless.
 */
export async function refuseTruth(
  bench: Workbench,
  loaded: LoadedFiles,
  fields: Readonly<Record<string, readonly string[]>>,
  truth: string | undefined,
): Promise<void> {
  const truthColumn = loaded.headers.find((header) => header === truth) ?? truth?.split(':')[0];
  for (const [field, columns] of Object.entries(fields)) {
    for (const column of columns) {
      const why = await reasonToRefuse(bench, loaded, field, column, truthColumn);
      if (why !== null) {
        throw new Fault(
          'invalid',
          'match.truth_as_feature',
          `The column ${column} cannot be compared as ${field}: ${why} Comparing it would give away the answer.`,
          { details: { column, field } },
        );
      }
    }
  }
}

async function reasonToRefuse(
  bench: Workbench,
  loaded: LoadedFiles,
  field: string,
  column: string,
  truth: string | undefined,
): Promise<string | null> {
  if (column === truth) return 'it is the truth column.';
  if (answers.has(headerKey(column))) return 'its name says that it tells which records are the same.';
  if (column === loaded.idColumn) return 'it names the record.';
  const own = rawColumn(loaded.headers.indexOf(column));
  const place = truth === undefined ? -1 : loaded.headers.indexOf(truth);
  if (place < 0) return null;
  const label = rawColumn(place);
  const [row] = await bench.rowsPlain(
    'compareWithTruth',
    `select count() as filled, uniqExact(label) as labels, uniqExact(value) as values, uniqExact((label, value)) as both,
       countIf(match(value, ${sqlText(ownValues[field] ?? '^$')})) as natural
     from (select trim(${label}) as label, trim(${own}) as value from ${loaded.table}) where label != '' and value != ''`,
    { filled: 'UInt64', labels: 'UInt64', values: 'UInt64', both: 'UInt64', natural: 'UInt64' },
  );
  if (row === undefined || row.filled < 20 || row.labels === row.filled || row.natural * 2 > row.filled) return null;
  const same = row.both === row.labels && row.both === row.values;
  return same ? `its values are those of ${truth ?? ''} under other names.` : null;
}
