import { types } from 'pg';

/** Ids and counts are numbers here; one that JavaScript cannot hold exactly must never pass silently. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit in a JavaScript number`);
  return value;
}

/** One dimension, of a type whose text never needs quotes. */
function parseBareArray<T>(parse: (text: string) => T): (text: string) => (T | null)[] {
  return (text) => {
    const body = text.slice(1, -1);
    return body === '' ? [] : body.split(',').map((element) => (element === 'NULL' ? null : parse(element)));
  };
}

const same = (text: string): string => text;

/** By type number of PostgreSQL's own catalogue (`pg_type.dat`), fixed for ever. */
const parsers = new Map<number, (text: string) => unknown>([
  [20, parseInt8], // int8
  [1016, parseBareArray(parseInt8)], // int8[]
  [1082, same], // date
  [1182, parseBareArray(same)], // date[]
  [1231, parseBareArray(same)], // numeric[]
]);

type TypeOid = Parameters<typeof types.getTypeParser>[0];

/** How result columns become JavaScript values, for `pg`'s `types` option. Differs from `pg` only where `parsers` says so. */
export const resultTypes = {
  getTypeParser(oid: TypeOid, format?: 'text' | 'binary'): (text: string) => unknown {
    const own = format === 'binary' ? undefined : parsers.get(oid);
    return own ?? types.getTypeParser(oid, format);
  },
};
