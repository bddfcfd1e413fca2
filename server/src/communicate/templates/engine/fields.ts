import type { JsonObject } from '../../../platform/index.ts';
import type { Speech } from './speech.ts';

/** One text of a message. `line`: of one line; `url`: an address, or a text of one line that holds no space. */
export interface Field {
  readonly name: string;
  readonly source: string;
  readonly writing: 'page' | 'plain' | 'line';
}

/** What one message may say, and to whom. */
export interface FieldInput {
  readonly context: JsonObject;
  readonly speech: Speech;
}

/** The texts in the order of the fields, or why there are none. */
export type FieldsOutcome =
  | { readonly ok: true; readonly texts: readonly string[] }
  | { readonly ok: false; readonly detail: string };
