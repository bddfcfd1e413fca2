import type { BrandKit, TemplateContent } from '@vitrail/contracts';
import type { Field } from './fields.ts';

/** What stands in a source and cannot be: says where. */
export interface SourceProblem {
  readonly code: 'liquid_error' | 'layout_error';
  readonly field: string;
  readonly line: number | null;
  readonly what: string;
  /** It cannot go out like this. */
  readonly fatal: boolean;
}

/** A template of one language, ready to be filled in. */
export interface Compiled {
  /** Of the same content, kit and parts. */
  readonly key: string;
  readonly language: string;
  readonly content: TemplateContent;
  readonly kit: BrandKit;
  readonly fields: readonly Field[];
  /** First names of what the fields ask for: `customer`, `products` … */
  readonly asks: ReadonlySet<string>;
}

/** Sources of parts by name. */
export type Parts = ReadonlyMap<string, string>;

export interface CompileInput {
  readonly key: string;
  readonly content: TemplateContent;
  readonly language: string;
  readonly kit: BrandKit;
  readonly parts: Parts;
}
