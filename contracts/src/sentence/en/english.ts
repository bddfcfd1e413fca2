import type { SegmentCondition } from '../../segmentDefinition.ts';
import type { Clause, Grammar } from '../clause.ts';
import type { SentenceFormat } from '../format.ts';
import { nameOf } from '../names.ts';
import { findNamespaceWords, findPersonaWords, findPurposeWords, findTraitWords } from '../words.ts';
import { eventClause, sequenceClause } from './activity.ts';
import { foreseenClause } from './foreseen.ts';
import { orderClause, productClause } from './purchases.ts';
import { isQuantity, momentText, predicate } from './values.ts';

const who = (text: string): Clause => ({ link: 'who', text });
const whose = (text: string): Clause => ({ link: 'whose', text });

function consentText(
  purpose: string,
  is: 'granted' | 'denied' | 'unknown',
  negated: boolean,
  f: SentenceFormat,
): string {
  const what = findPurposeWords(purpose)?.[0] ?? f.quote(purpose);
  if (is === 'granted') return negated ? `has not agreed to ${what}` : `agreed to ${what}`;
  if (is === 'denied') return negated ? `has not refused ${what}` : `refused ${what}`;
  return negated ? `has answered about ${what}` : `has neither agreed to nor refused ${what}`;
}

function identifierText(namespace: string, present: boolean, f: SentenceFormat): string {
  const known = findNamespaceWords(namespace)?.[0];
  const noun = known ?? `identifier ${f.quote(namespace)}`;
  if (!present) return `has no ${noun}`;
  return `has ${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

function clause(condition: SegmentCondition, negated: boolean, f: SentenceFormat): Clause {
  const { names } = f;
  switch (condition.kind) {
    case 'trait': {
      const label = findTraitWords(condition.trait)?.[0] ?? f.quote(condition.trait);
      return whose(`${label} ${predicate(condition.test, negated, f)}`);
    }
    case 'consent':
      return who(consentText(condition.purpose, condition.is, negated, f));
    case 'identifier':
      return who(identifierText(condition.namespace, condition.present !== negated, f));
    case 'profile':
      return who(`was ${negated ? 'not ' : ''}first seen ${momentText(condition.test, f)}`);
    case 'event':
      return eventClause(condition, negated, f);
    case 'order':
      return orderClause(condition, negated, f);
    case 'product':
      return productClause(condition, negated, f);
    case 'sequence':
      return sequenceClause(condition, negated, f);
    case 'segment': {
      const is = condition.member !== negated ? 'is' : 'is not';
      return who(`${is} in the segment ${f.quote(nameOf(names.segments, condition.segment))}`);
    }
    case 'persona': {
      const said = condition.in.map((key) => names.personas?.[key] ?? findPersonaWords(key)?.[0] ?? key);
      return who(`${negated ? 'does not have' : 'has'} the persona ${f.anyOf(said)}`);
    }
    case 'score': {
      const none = negated ? ' (or there is none)' : '';
      const name = f.quote(nameOf(names.scores, condition.score));
      return whose(`score ${name} ${isQuantity(condition.test, negated, f.number)}${none}`);
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
      const draw = condition.seed === '' ? '' : ` (draw ${f.quote(condition.seed)})`;
      const is = negated ? 'is not' : 'is';
      return who(`${is} in a fixed random sample of ${f.number(condition.percent)}% of everyone${draw}`);
    }
  }
}

export const english: Grammar = {
  everyone: 'Everyone.',
  nobody: 'No one.',
  everyoneWho: (clauses) => `Everyone ${clauses}.`,
  anybody: 'everyone',
  none: 'no one',
  relative: ({ link, text }) => `${link} ${text}`,
  and: 'and',
  or: 'or',
  clause,
};
