import type { SegmentCondition, SegmentNode } from '../segmentDefinition.ts';

/** A definition without "not" groups: every negation has moved down to the conditions, where it can be said. */
export type Normal =
  | { readonly kind: 'everybody' }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'leaf'; readonly condition: SegmentCondition; readonly negated: boolean }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Normal[] };

const everybody: Normal = { kind: 'everybody' };
const nobody: Normal = { kind: 'nobody' };

function join(kind: 'all' | 'any', parts: readonly Normal[]): Normal {
  const [neutral, decisive] = kind === 'all' ? [everybody, nobody] : [nobody, everybody];
  if (parts.some((part) => part.kind === decisive.kind)) return decisive;
  const said = parts
    .filter((part) => part.kind !== neutral.kind)
    .flatMap((part) => (part.kind === kind ? part.of : [part]));
  const [first] = said;
  if (first === undefined) return neutral;
  return said.length === 1 ? first : { kind, of: said };
}

/** The same people, said without double negation, empty groups and groups of one (De Morgan). */
export function normalForm(node: SegmentNode, negated = false): Normal {
  switch (node.kind) {
    case 'not':
      return normalForm(node.of, !negated);
    case 'all':
    case 'any': {
      const kind = (node.kind === 'all') === negated ? 'any' : 'all';
      return join(
        kind,
        node.of.map((part) => normalForm(part, negated)),
      );
    }
    default:
      return { kind: 'leaf', condition: node, negated };
  }
}
