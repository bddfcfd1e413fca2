import type { SegmentCondition } from '../segmentDefinition.ts';
import type { SentenceFormat } from './format.ts';
import type { Normal } from './normalForm.ts';

/**
 * What is said of a person. `who`: a verb with the person as its subject ("bought shoes"). `whose`: a phrase about
 * something of theirs ("the city is “Lyon”").
 */
export interface Clause {
  readonly link: 'who' | 'whose';
  readonly text: string;
}

/** A language: how it says one condition, and how it joins what it says. */
export interface Grammar {
  readonly everyone: string;
  readonly nobody: string;
  readonly everyoneWho: (clauses: string) => string;
  readonly anybody: string;
  readonly none: string;
  readonly relative: (clause: Clause) => string;
  readonly and: string;
  readonly or: string;
  readonly clause: (condition: SegmentCondition, negated: boolean, format: SentenceFormat) => Clause;
}

const brackets = [
  ['(', ')'],
  ['[', ']'],
] as const;

/**
 * Conditions joined by words. Every condition carries its own "who", every "or" is written, and a group within a group
 * stands in brackets, so that there is one way to read the whole.
 */
function joinParts(
  node: Normal,
  grammar: Grammar,
  say: (clause: Clause) => string,
  f: SentenceFormat,
  depth: number,
): string {
  switch (node.kind) {
    case 'everybody':
      return grammar.anybody;
    case 'nobody':
      return grammar.none;
    case 'leaf':
      return say(grammar.clause(node.condition, node.negated, f));
    default: {
      const parts = node.of.map((part) => joinParts(part, grammar, say, f, depth + 1));
      const word = node.kind === 'all' ? grammar.and : grammar.or;
      // "A, B, and C", but "A, or B, or C": one "or" at the end of a long list is easily missed.
      const text = parts
        .map((part, index) => {
          if (index === 0) return part;
          return node.kind === 'any' || index === parts.length - 1 ? `, ${word} ${part}` : `, ${part}`;
        })
        .join('');
      if (depth === 0) return text;
      const [open, close] = brackets[(depth - 1) % 2] ?? brackets[0];
      return `${open}${text}${close}`;
    }
  }
}

export function sayWhole(node: Normal, grammar: Grammar, format: SentenceFormat): string {
  if (node.kind === 'everybody') return grammar.everyone;
  if (node.kind === 'nobody') return grammar.nobody;
  return grammar.everyoneWho(joinParts(node, grammar, grammar.relative, format, 0));
}

export const sayPart = (node: Normal, grammar: Grammar, format: SentenceFormat): string =>
  joinParts(node, grammar, (clause) => clause.text, format, 0);
