import type { SegmentNode } from '../segmentDefinition.ts';
import { sayPart, sayWhole } from './clause.ts';
import { english } from './en/english.ts';
import { sentenceFormat } from './format.ts';
import { french } from './fr/french.ts';
import type { SentenceLanguage, SentenceNames } from './names.ts';
import { normalForm } from './normalForm.ts';

export { isShare } from './foreseen.ts';
export { findEventLabel, findLabel, type LabelKind } from './labels.ts';
export { type SentenceLanguage, type SentenceNames, sentenceLanguages } from './names.ts';

const grammars = { en: english, fr: french } as const;

/**
 * A definition as one sentence: "Everyone who bought products of category “shoes” at least 2 times in the last 90 days,
 * and who …". Pure: the same words for the same definition, language and names.
 */
export const describeSegment = (
  definition: SegmentNode,
  language: SentenceLanguage,
  names: SentenceNames = {},
): string => sayWhole(normalForm(definition), grammars[language], sentenceFormat(language, names));

/**
 * One part of a definition, a condition or a group, as it is said of one person, without subject and full stop:
 * "bought products of category “shoes” at least 2 times in the last 90 days".
 */
export const describeCondition = (node: SegmentNode, language: SentenceLanguage, names: SentenceNames = {}): string =>
  sayPart(normalForm(node), grammars[language], sentenceFormat(language, names));
