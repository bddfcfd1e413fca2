import { describeCondition, type SegmentNode, type SentenceLanguage, type SentenceNames } from '@vitrail/contracts';

/** What changed between two definitions, condition by condition, as sentences. */
export interface VersionDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly kept: readonly string[];
  /** The same conditions, but joined in another way. */
  readonly regrouped: boolean;
}

function leavesOf(node: SegmentNode, negated = false): SegmentNode[] {
  switch (node.kind) {
    case 'all':
    case 'any':
      return node.of.flatMap((part) => leavesOf(part, negated));
    case 'not':
      return leavesOf(node.of, !negated);
    default:
      return [negated ? { kind: 'not', of: node } : node];
  }
}

export function diffVersions(
  before: SegmentNode,
  after: SegmentNode,
  language: SentenceLanguage,
  names: SentenceNames,
): VersionDiff {
  const say = (node: SegmentNode) => leavesOf(node).map((leaf) => describeCondition(leaf, language, names));
  const [former, latter] = [say(before), say(after)];
  // As often as it stands there: the same condition may be written twice.
  const rest = [...former];
  const added: string[] = [];
  const kept: string[] = [];
  for (const sentence of latter) {
    const at = rest.indexOf(sentence);
    if (at === -1) added.push(sentence);
    else {
      rest.splice(at, 1);
      kept.push(sentence);
    }
  }
  const same = added.length === 0 && rest.length === 0;
  return { added, removed: rest, kept, regrouped: same && JSON.stringify(before) !== JSON.stringify(after) };
}
