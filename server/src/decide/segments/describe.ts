import {
  describeCondition,
  describeSegment,
  type SegmentNode,
  type Sentence,
  type SentenceNames,
} from '@vitrail/contracts';
import type { Catalog } from './catalog.ts';

/** Names for the sentence: those of the workspace's segments, and what others contribute. */
export const namesOf = (
  catalog: Pick<Catalog, 'segments' | 'zone' | 'references'>,
  currency: string,
): SentenceNames => ({
  ...catalog.references.names,
  segments: Object.fromEntries(catalog.segments.map(({ id, name }) => [String(id), name])),
  currency,
  timeZone: catalog.zone,
});

export const sayWhole = (definition: SegmentNode, names: SentenceNames): Sentence => ({
  en: describeSegment(definition, 'en', names),
  fr: describeSegment(definition, 'fr', names),
});

export const sayPart = (part: SegmentNode, names: SentenceNames): Sentence => ({
  en: describeCondition(part, 'en', names),
  fr: describeCondition(part, 'fr', names),
});

/** Every part of a definition by its path, the whole first: in the order in which they are compiled. */
export function listParts(node: SegmentNode, path = ''): { path: string; node: SegmentNode }[] {
  const at = (part: string): string => (path === '' ? part : `${path}.${part}`);
  switch (node.kind) {
    case 'all':
    case 'any':
      return [{ path, node }, ...node.of.flatMap((each, index) => listParts(each, at(`of.${index}`)))];
    case 'not':
      return [{ path, node }, ...listParts(node.of, at('of'))];
    default:
      return [{ path, node }];
  }
}
