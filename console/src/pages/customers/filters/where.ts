import { type SegmentNode, segmentDefinitionSchema } from '@vitrail/contracts';
import { isComplete } from '../../segments/draft/complete.ts';
import { type DraftGroup, definitionOf, draftOf, emptyDraft } from '../../segments/draft/draft.ts';

/** The filters that an address names; null for what cannot be read. */
export function readWhere(text: string): SegmentNode | null {
  try {
    return segmentDefinitionSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export const draftOfWhere = (text: string): DraftGroup => {
  const definition = readWhere(text);
  return definition === null ? emptyDraft : draftOf(definition);
};

/** What is asked of people, without what still waits for its value; null when that is nothing. */
export function definitionOfFilters(draft: DraftGroup): SegmentNode | null {
  const { definition } = definitionOf(draft, ({ condition }) => !isComplete(condition));
  const whole = definition.kind === 'not' ? definition.of : definition;
  return 'of' in whole && Array.isArray(whole.of) && whole.of.length === 0 ? null : definition;
}

/** Filters as the address carries them; '' for none. */
export function writeWhere(draft: DraftGroup): string {
  const definition = definitionOfFilters(draft);
  return definition === null ? '' : JSON.stringify(definition);
}

/**
 * The filters as a segment of exactly the people listed: where unknown visitors are hidden, with the condition that something
 * else than browser ids is known.
 */
export function segmentOfFilters(
  definition: SegmentNode,
  { visitors, namespaces }: { visitors: boolean; namespaces: readonly string[] },
): SegmentNode {
  const known = namespaces.filter((namespace) => namespace !== 'anonymous_id');
  if (visitors || known.length === 0) return definition;
  const own = definition.kind === 'all' ? definition.of : [definition];
  const anyKnown: SegmentNode = {
    kind: 'any',
    of: known.map((namespace) => ({ kind: 'identifier', namespace, present: true })),
  };
  return { kind: 'all', of: [...own, anyKnown] };
}
