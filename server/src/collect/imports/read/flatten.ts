import { isJsonObject, type Json, type JsonObject } from '../../../platform/index.ts';
import type { Cell } from './rows.ts';

/** Columns of records made of keys: they appear as records bring them. */
export interface Columns {
  readonly names: string[];
  readonly indexes: Map<string, number>;
}

export const newColumns = (): Columns => ({ names: [], indexes: new Map() });

const deepest = 3;

/** A record's cells in the order of `columns`, which grows by keys not seen before. */
export function flattenInto(columns: Columns, record: JsonObject, flat: boolean): Cell[] {
  const cells: Cell[] = [];
  fill(columns, cells, record, '', flat ? deepest : 0);
  return cells;
}

function fill(columns: Columns, cells: Cell[], record: JsonObject, prefix: string, levels: number): void {
  for (const key of Object.keys(record)) {
    const value = record[key];
    if (levels > 0 && isJsonObject(value)) {
      fill(columns, cells, value, `${prefix}${key}.`, levels - 1);
      continue;
    }
    const name = prefix + key;
    let index = columns.indexes.get(name);
    if (index === undefined) {
      index = columns.names.push(name) - 1;
      columns.indexes.set(name, index);
    }
    cells[index] = value;
  }
}

/** True when a value holds more than `levels` levels of objects and arrays. Never recurses deeper than that. */
export function tooDeep(value: Json | undefined, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((inner) => tooDeep(inner, levels - 1));
}
