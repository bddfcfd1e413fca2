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
const bare = (words: string): string => words.replace(/^(?:les?|la) |^l’/, '');

/** What is foreseen of a person. */
export function foreseenClause(condition: Foreseen, negated: boolean, f: SentenceFormat): Clause {
  switch (condition.kind) {
    case 'prediction': {
      const { field, test } = condition;
      const none = negated ? ' (ou n’existe pas)' : '';
      return whose(
        `${findPredictionWords(field)?.[1] ?? field} ${isQuantity(test, negated, writeForeseen(field, f))}${none}`,
      );
    }
    case 'next_order':
      return whose(`la prochaine commande attendue ${predicate(condition.test, negated, f)}`);
    case 'tier': {
      const said = condition.in.map((tier) => findTierWords(tier)?.[1] ?? tier);
      return whose(`la valeur prévue ${negated ? 'n’est pas' : 'est'} ${f.anyOf(said)}`);
    }
    case 'preferred_channel': {
      const said = condition.in.map((channel) => bare(findChannelWords(channel)?.[1] ?? channel));
      return whose(`le canal préféré ${negated ? 'n’est pas' : 'est'} ${f.anyOf(said)}`);
    }
    case 'appetence': {
      const what = condition.dimension === 'category' ? 'la catégorie' : 'la marque';
      const depth =
        condition.places === 1 ? 'en premier' : `parmi ses ${f.number(condition.places)} premières préférences`;
      return who(`${negated ? 'n’est pas attirée' : 'est attirée'} par ${what} ${f.anyOf(condition.in)} ${depth}`);
    }
    case 'outside': {
      const partner = f.quote(nameOf(f.names.outside, condition.provider));
      return who(
        `${negated ? 'ne fait pas partie' : 'fait partie'} du segment ${f.quote(condition.segment)} du partenaire ${partner}`,
      );
    }
    case 'lookalike': {
      const name = f.quote(nameOf(f.names.lookalikes, condition.lookalike));
      return who(`${negated ? 'ne fait pas partie' : 'fait partie'} des profils semblables ${name}`);
    }
  }
}
