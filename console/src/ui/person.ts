import { familyOf } from './mosaic/fragments.ts';
import type { MosaicInput } from './mosaic/mosaic.ts';

interface Fragment {
  readonly namespace: string;
  readonly family: string;
  readonly seed: string;
}

/**
 * The picture of a person. Its cut follows the strongest identifier, which stays the same while weaker ones come and go.
 */
export function mosaicInputOf(person: { readonly id: string; readonly fragments: readonly Fragment[] }): MosaicInput {
  return {
    seed: person.fragments[0]?.seed ?? person.id,
    fragments: person.fragments.map((fragment) => familyOf(fragment.namespace, fragment.family)),
  };
}

/** What to call somebody whose name is not known: the first characters of their id tell two of them apart. */
export const shortId = (id: string): string => id.slice(0, 6);
