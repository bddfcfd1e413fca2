import type { ConditionOf } from '../../segmentDefinition.ts';
import type { Clause } from '../clause.ts';
import { writeForeseen } from '../foreseen.ts';
import type { SentenceFormat } from '../format.ts';
import { nameOf } from '../names.ts';
import { findChannelWords, findPredictionWords, findTierWords } from '../words.ts';
import { isQuantity, predicate } from './values.ts';

type Foreseen = ConditionOf<
  'prediction' | 'next_order' | 'tier' | 'preferred_channel' | 'appetence' | 'lookalike' | 'outside'
>;

const who = (text: string): Clause => ({ link: 'who', text });
const whose = (text: string): Clause => ({ link: 'whose', text });

/** What is foreseen of a person. */
export function foreseenClause(condition: Foreseen, negated: boolean, f: SentenceFormat): Clause {
  switch (condition.kind) {
    case 'prediction': {
      const { field, test } = condition;
      const none = negated ? ' (or there is none)' : '';
      return whose(
        `${findPredictionWords(field)?.[0] ?? field} ${isQuantity(test, negated, writeForeseen(field, f))}${none}`,
      );
    }
    case 'next_order':
      return whose(`expected next order ${predicate(condition.test, negated, f)}`);
    case 'tier': {
      const said = condition.in.map((tier) => findTierWords(tier)?.[0] ?? tier);
      return whose(`predicted value ${negated ? 'is not' : 'is'} ${f.anyOf(said)}`);
    }
    case 'preferred_channel': {
      const said = condition.in.map((channel) => findChannelWords(channel)?.[0] ?? channel);
      return whose(`preferred channel ${negated ? 'is not' : 'is'} ${f.anyOf(said)}`);
    }
    case 'appetence': {
      const what = condition.dimension === 'category' ? 'the category' : 'the brand';
      const depth = condition.places === 1 ? 'most of all' : `among their first ${f.number(condition.places)}`;
      return who(`${negated ? 'is not' : 'is'} drawn to ${what} ${f.anyOf(condition.in)} ${depth}`);
    }
    case 'outside': {
      const partner = f.quote(nameOf(f.names.outside, condition.provider));
      return who(`${negated ? 'is not' : 'is'} in the segment ${f.quote(condition.segment)} of the partner ${partner}`);
    }
    case 'lookalike': {
      const name = f.quote(nameOf(f.names.lookalikes, condition.lookalike));
      return who(`${negated ? 'is not' : 'is'} in the lookalike audience ${name}`);
    }
  }
}
