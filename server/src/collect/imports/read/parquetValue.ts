import type { Json } from '../../../platform/index.ts';

/** A decoded Parquet value as JSON: whole numbers beyond 2^53 and bytes become text, dates become ISO instants. */
export function jsonOf(value: unknown, levels: number): Json {
  switch (typeof value) {
    case 'string':
      return value.includes('\0') || !value.isWellFormed() ? value.replaceAll('\0', '').toWellFormed() : value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'bigint':
      return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value.toString();
    case 'boolean':
      return value;
    case 'object': {
      if (value === null) return null;
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
      if (levels === 0) return null;
      if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8').toWellFormed();
      if (Array.isArray(value)) return value.map((item) => jsonOf(item, levels - 1));
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, jsonOf(inner, levels - 1)]));
    }
    default:
      return null;
  }
}
