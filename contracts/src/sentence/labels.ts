import type { SentenceLanguage } from './names.ts';
import { findEventVerb } from './verbs.ts';
import {
  findChannelWords,
  findFieldWords,
  findNamespaceWords,
  findPersonaWords,
  findPredictionWords,
  findPropertyWords,
  findPurposeWords,
  findTierWords,
  findTraitWords,
} from './words.ts';

const finders = {
  trait: findTraitWords,
  property: findPropertyWords,
  field: findFieldWords,
  namespace: findNamespaceWords,
  purpose: findPurposeWords,
  persona: findPersonaWords,
  prediction: findPredictionWords,
  tier: findTierWords,
  channel: findChannelWords,
} as const;
export type LabelKind = keyof typeof finders;

/** The word that sentences use for a name, without its article ("ville", "date of birth"); null for a name of the shop's own. */
export function findLabel(kind: LabelKind, name: string, language: SentenceLanguage): string | null {
  const words = finders[kind](name);
  if (words === null) return null;
  return language === 'en' ? words[0].replace(/^the /, '') : words[1].replace(/^(?:les?|la|une?) |^l’/, '');
}

/** What one event of this name is called ("opened e-mails"); null for an event of the shop's own. */
export function findEventLabel(event: string, language: SentenceLanguage): string | null {
  const noun = findEventVerb(event)?.noun;
  if (noun === undefined) return null;
  return language === 'en' ? noun[0] : noun[1].replace(/^les? |^la |^l’/, '');
}
