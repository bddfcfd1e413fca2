import type { Json } from '../../../platform/index.ts';

/** Every text in a JSON value, in the order in which `replaceTexts` puts them back. Names of fields stay as they are. */
export function textsIn(value: Json, into: string[] = []): string[] {
  if (typeof value === 'string') into.push(value);
  else if (Array.isArray(value)) for (const item of value) textsIn(item, into);
  else if (value !== null && typeof value === 'object') for (const item of Object.values(value)) textsIn(item, into);
  return into;
}

/** The same value with other texts. */
export function replaceTexts(value: Json, texts: Iterator<string>): Json {
  if (typeof value === 'string') return texts.next().value ?? '';
  if (Array.isArray(value)) return value.map((item) => replaceTexts(item, texts));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaceTexts(item, texts)]));
}
