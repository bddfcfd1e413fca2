/** Settings under which `toCell` reads what the engine writes. */
export const cellSettings = {
  output_format_json_quote_64bit_integers: 1,
  output_format_json_named_tuples_as_objects: 0,
  output_format_json_quote_denormals: 0,
} as const;

const isWhole = (type: string): boolean => /^(Nullable\(|LowCardinality\()*U?Int(64|128|256)\)*$/.test(type);
const isList = /^Array\((.*)\)$/;

/** A value as the answer shows it: whole numbers as numbers while they keep their digits, people by their outside id. */
export function toCell(value: unknown, type: string, encodePerson: ((id: number) => string) | null): unknown {
  const item = isList.exec(type)?.[1];
  if (item !== undefined && Array.isArray(value)) return value.map((each: unknown) => toCell(each, item, encodePerson));
  if (typeof value !== 'string' || !isWhole(type)) return value;
  const number = Number(value);
  if (!Number.isSafeInteger(number)) return value;
  return encodePerson !== null && number > 0 ? encodePerson(number) : number;
}
