import type { SegmentCondition } from '../../segmentDefinition.ts';
import type { Clause, Grammar } from '../clause.ts';
import type { SentenceFormat } from '../format.ts';
import { nameOf } from '../names.ts';
import { findNamespaceWords, findPersonaWords, findPurposeWords, findTraitWords } from '../words.ts';
import { eventClause, sequenceClause } from './activity.ts';
import { foreseenClause } from './foreseen.ts';
import { orderClause, productClause } from './purchases.ts';
import { isQuantity, momentText, predicate } from './values.ts';

// The subject is « toute personne »: participles agree with it.
const who = (text: string): Clause => ({ link: 'who', text });
const whose = (text: string): Clause => ({ link: 'whose', text });

function consentText(
  purpose: string,
  is: 'granted' | 'denied' | 'unknown',
  negated: boolean,
  f: SentenceFormat,
): string {
  const what = findPurposeWords(purpose)?.[1] ?? f.quote(purpose);
  const has = negated ? 'n’a pas' : 'a';
  if (is === 'granted') return `${has} accepté ${what}`;
  if (is === 'denied') return `${has} refusé ${what}`;
  return negated ? `a répondu au sujet de ce consentement : ${what}` : `n’a ni accepté ni refusé ${what}`;
}

function identifierText(namespace: string, present: boolean, f: SentenceFormat): string {
  const noun = findNamespaceWords(namespace)?.[1] ?? `un identifiant ${f.quote(namespace)}`;
  return present ? `a ${noun}` : `n’a ${noun.replace(/^une /, 'aucune ').replace(/^un /, 'aucun ')}`;
}

function clause(condition: SegmentCondition, negated: boolean, f: SentenceFormat): Clause {
  const { names } = f;
  switch (condition.kind) {
    case 'trait': {
      const label = findTraitWords(condition.trait)?.[1] ?? `l’attribut ${f.quote(condition.trait)}`;
      return whose(`${label} ${predicate(condition.test, negated, f)}`);
    }
    case 'consent':
      return who(consentText(condition.purpose, condition.is, negated, f));
    case 'identifier':
      return who(identifierText(condition.namespace, condition.present !== negated, f));
    case 'profile':
      return who(`${negated ? 'n’a pas' : 'a'} été vue pour la première fois ${momentText(condition.test, f)}`);
    case 'event':
      return eventClause(condition, negated, f);
    case 'order':
      return orderClause(condition, negated, f);
    case 'product':
      return productClause(condition, negated, f);
    case 'sequence':
      return sequenceClause(condition, negated, f);
    case 'segment': {
      const is = condition.member !== negated ? 'fait partie' : 'ne fait pas partie';
      return who(`${is} du segment ${f.quote(nameOf(names.segments, condition.segment))}`);
    }
    case 'persona': {
      const said = condition.in.map((key) => names.personas?.[key] ?? findPersonaWords(key)?.[1] ?? key);
      return who(`${negated ? 'n’a pas' : 'a'} pour persona ${f.anyOf(said)}`);
    }
    case 'score': {
      const none = negated ? ' (ou n’existe pas)' : '';
      const name = f.quote(nameOf(names.scores, condition.score));
      return whose(`le score ${name} ${isQuantity(condition.test, negated, f.number)}${none}`);
    }
    case 'prediction':
    case 'next_order':
    case 'tier':
    case 'preferred_channel':
    case 'appetence':
    case 'lookalike':
    case 'outside':
      return foreseenClause(condition, negated, f);
    case 'sample': {
      const draw = condition.seed === '' ? '' : ` (tirage ${f.quote(condition.seed)})`;
      const is = negated ? 'ne fait pas partie' : 'fait partie';
      return who(`${is} d’un échantillon fixe de ${f.number(condition.percent)} % de tout le monde${draw}`);
    }
  }
}

export const french: Grammar = {
  everyone: 'Tout le monde.',
  nobody: 'Personne.',
  everyoneWho: (clauses) => `Toute personne ${clauses}.`,
  anybody: 'tout le monde',
  none: 'personne',
  relative: ({ link, text }) => (link === 'who' ? `qui ${text}` : `dont ${text}`),
  and: 'et',
  or: 'ou',
  clause,
};
