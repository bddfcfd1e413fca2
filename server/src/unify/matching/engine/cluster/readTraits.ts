import type { MatchModel } from '@vitrail/contracts';
import type { Workbench } from '../work.ts';
import type { Edges } from './edges.ts';
import { readPages } from './readPages.ts';

/** What can forbid a join, by the record's place: birth date as yyyymmdd (0: none) and values of the exclusive fields. */
export interface VetoTraits {
  readonly birth: Uint32Array | null;
  readonly exclusive: readonly (readonly string[])[];
}

export async function readTraits(bench: Workbench, { settings }: MatchModel, edges: Edges): Promise<VetoTraits> {
  const born = settings.comparisons.find(({ method }) => method === 'birth_date')?.field;
  const exclusive = settings.exclusive.filter((field) => settings.comparisons.some((each) => each.field === field));
  const birth = born === undefined ? null : new Uint32Array(edges.ids.length);
  const values = exclusive.map(() => Array.from({ length: edges.ids.length }, () => ''));
  // A SIRET, a French VAT number and their SIREN are one number.
  const numbered = exclusive.map((field) =>
    settings.comparisons.some((each) => each.field === field && each.method === 'identifier')
      ? `a_${field}_core`
      : `v_${field}`,
  );
  const columns = [...(born === undefined ? [] : [`v_${born}`]), ...numbered];
  if (columns.length === 0) return { birth, exclusive: values };
  const pages = readPages(bench, 'page', {
    name: 'readVetoTraits',
    from: `select record_id, ${born === undefined ? '0' : `toUInt32OrZero(v_${born})`} as born,
        arrayStringConcat([${numbered.join(', ')}]::Array(String), ' ') as numbers
      from ${bench.table('records')} final
      where removed = 0 and (${columns.map((column) => `${column} != ''`).join(' or ')})`,
    orderBy: 'record_id',
    row: { record_id: 'Array(UInt64)', born: 'Array(UInt32)', numbers: 'Array(String)' },
  });
  for await (const rows of pages) {
    for (const [index, id] of rows.record_id.entries()) {
      const place = edges.placeOf(id);
      if (place === null) continue;
      if (birth !== null) birth[place] = rows.born[index] ?? 0;
      // Normal forms of identifiers are letters and digits: no spaces in them.
      const numbers = (rows.numbers[index] ?? '').split(' ');
      for (const [at, list] of values.entries()) list[place] = numbers[at] ?? '';
    }
  }
  return { birth, exclusive: values };
}
