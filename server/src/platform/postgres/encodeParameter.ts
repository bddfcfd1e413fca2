/**
 * JavaScript value → PostgreSQL text, chosen by the declared type. Written by hand because the driver guesses from the
 * value: it would turn a JSON array into a PostgreSQL array, and it is several times slower on arrays of thousands.
 */
export type EncodeParameter = (value: unknown) => string | Buffer | null;

const needsEscape = /["\\]/;
const quote = (text: string): string => (needsEscape.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`);

const yearOne = Date.parse('0001-01-01T00:00:00Z');
const yearTenThousand = Date.UTC(10_000, 0);

/** ISO text that PostgreSQL reads back exactly, also before year 1 and after 9999, where the two write differently. */
function encodeInstant(value: unknown): string {
  if (!(value instanceof Date)) throw new TypeError('expected a Date');
  const iso = value.toISOString();
  const time = value.getTime();
  if (time >= yearOne && time < yearTenThousand) return iso;
  const year = value.getUTCFullYear();
  const rest = iso.slice(iso.indexOf('-', 1));
  return year > 0 ? `${year}${rest}` : `${String(1 - year).padStart(4, '0')}${rest} BC`;
}

function encodeJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError('expected a JSON value');
  return text;
}

function encodeBytes(value: unknown): Buffer {
  if (!Buffer.isBuffer(value)) throw new TypeError('expected a Buffer');
  return value;
}

/** Numbers and booleans need no quotes inside an array; everything else is quoted. */
const bareTypes = new Set(['int2', 'int4', 'int8', 'float8', 'bool']);

function elementEncoder(type: string): (value: unknown) => string {
  if (type === 'timestamptz') return encodeInstant;
  // JSON text holds no raw control characters, so escaping it as a JSON string is what an array wants, done natively.
  if (type === 'jsonb') return (value) => JSON.stringify(encodeJson(value));
  if (type === 'bytea') return (value) => `"\\\\x${encodeBytes(value).toString('hex')}"`;
  if (bareTypes.has(type)) return String;
  return (value) => quote(String(value));
}

function encodeArray(encodeElement: (value: unknown) => string, values: unknown): string {
  if (!Array.isArray(values)) throw new TypeError('expected an array');
  let text = '{';
  for (let index = 0; index < values.length; index++) {
    if (index > 0) text += ',';
    const value: unknown = values[index];
    if (value === undefined) throw new TypeError(`element ${index} is undefined; use null`);
    text += value === null ? 'NULL' : encodeElement(value);
  }
  return `${text}}`;
}

function encoderOf(bareType: string): EncodeParameter {
  if (bareType.endsWith('[]')) {
    const encodeElement = elementEncoder(bareType.slice(0, -2));
    return (value) => encodeArray(encodeElement, value);
  }
  if (bareType === 'timestamptz') return encodeInstant;
  if (bareType === 'jsonb') return encodeJson;
  if (bareType === 'bytea') return encodeBytes;
  return String;
}

/** The encoder of one declared parameter type (`int8`, `jsonb?`, `text[]`). Throws a TypeError on a value that cannot be it. */
export function parameterEncoder(type: string): EncodeParameter {
  const optional = type.endsWith('?');
  const encode = encoderOf(optional ? type.slice(0, -1) : type);
  const jsonNull = !optional && type === 'jsonb';
  return (value) => {
    if (value === undefined) throw new TypeError('is undefined; use null');
    if (value !== null || jsonNull) return encode(value);
    if (!optional) throw new TypeError('is null but its type is not optional');
    return null;
  };
}
