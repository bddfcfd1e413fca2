import type { ConditionOf, OrderMatch, ProductMatch } from '../../segmentDefinition.ts';
import { isMomentTest, type MeasureTest } from '../../segmentTests.ts';
import type { Clause } from '../clause.ts';
import type { SentenceFormat } from '../format.ts';
import { oppositeOf, passesZero, readOften } from '../saidTest.ts';
import { factsText, textFact } from './facts.ts';
import { howMany, howOften, isQuantity, momentText, type Noun, ofQuantity, quantity, windowText } from './values.ts';

const words = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

/** « d’un montant de plus de 100 € sur le site « fr » contenant un produit de la catégorie « chaussures » ». */
function orderFacts({ where, lines }: OrderMatch, f: SentenceFormat): string {
  const amounts = where.flatMap(({ field, test }) => {
    if ('type' in test) return [];
    return [`${field === 'discount' ? ' avec une remise' : ''} d’un montant ${ofQuantity(test, f.money)}`];
  });
  const texts = where.flatMap(({ field, test }) => ('type' in test ? [textFact({ field, test }, f)] : []));
  const products =
    lines.length === 0
      ? ''
      : ` contenant un produit${factsText(
          lines.map((line) => textFact(line, f)),
          f,
        )}`;
  return `${amounts.join('')}${factsText(texts, f)}${products}`;
}

const orders: Noun = { one: 'commande', many: 'commandes', feminine: true };

function amountSubject(of: 'revenue' | 'average' | 'min' | 'max', facts: string): string {
  if (of === 'revenue') return `le total des commandes${facts}`;
  if (of === 'average') return `le montant moyen des commandes${facts}`;
  return `la ${of === 'min' ? 'plus petite' : 'plus grande'} commande${facts}`;
}

export function orderClause(condition: ConditionOf<'order'>, negated: boolean, f: SentenceFormat): Clause {
  const { match, measure, test, window } = condition;
  const facts = orderFacts(match, f);
  const when = windowText(window, f);
  if (isMomentTest(test)) {
    const which = measure.of === 'first' ? 'première' : 'dernière';
    const verb = negated ? 'n’a pas eu lieu' : 'a eu lieu';
    const said = `${verb} ${momentText(test, f)}${negated ? ' (ou n’existe pas)' : ''}`;
    return { link: 'whose', text: words(`la ${which} commande${facts}`, when, said) };
  }
  if (measure.of === 'count' || measure.of === 'first' || measure.of === 'last') {
    const often = readOften(test, negated);
    if (often.kind !== 'none')
      return { link: 'who', text: words(`a passé ${howMany(often, orders, f)}${facts}`, when) };
    return when === ''
      ? { link: 'who', text: `n’a jamais passé de commande${facts}` }
      : { link: 'who', text: words(`n’a passé aucune commande${facts}`, when) };
  }
  const none = measure.of === 'revenue' ? passesZero(test) !== negated : negated;
  const note = none ? ' (ou n’existe pas)' : '';
  const said = isQuantity(test, negated, f.money);
  return { link: 'whose', text: `${words(amountSubject(measure.of, facts), when, said)}${note}` };
}

const verbs = { viewed: 'consulté', added: 'ajouté au panier', bought: 'acheté' } as const;
const different: Noun = { one: 'produit différent', many: 'produits différents', feminine: false };
const unit: Noun = { one: 'unité', many: 'unités', feminine: true };

const productFacts = (match: ProductMatch, f: SentenceFormat): string =>
  factsText(
    match.where.map((fact) => textFact(fact, f)),
    f,
  );

function spent(test: MeasureTest, negated: boolean, f: SentenceFormat): string {
  if (test.op === 'eq' && test.value === 0) return negated ? 'a dépensé quelque chose' : 'n’a rien dépensé';
  const said = negated ? oppositeOf(test) : test;
  return said === null ? `n’a pas dépensé ${quantity(test, f.money)}` : `a dépensé ${quantity(said, f.money)}`;
}

export function productClause(condition: ConditionOf<'product'>, negated: boolean, f: SentenceFormat): Clause {
  const { match, measure, test, window } = condition;
  const verb = verbs[match.action];
  const facts = productFacts(match, f);
  const when = windowText(window, f);
  const who = (...parts: readonly string[]): Clause => ({ link: 'who', text: words(...parts) });
  if (isMomentTest(test)) {
    const which = `pour la ${measure.of === 'first' ? 'première' : 'dernière'} fois ${momentText(test, f)}`;
    const only = when === '' ? '' : `, en ne comptant que ce qui s’est passé ${when}`;
    return negated
      ? who(`n’a pas ${verb} de produit${facts}`, `${which}${only} (ou ne l’a jamais fait)`)
      : who(`a ${verb} des produits${facts}`, `${which}${only}`);
  }
  if (measure.of === 'revenue')
    return who(spent(test, negated, f), `en produits${facts}`, when, passesZero(test) !== negated ? '(ou rien)' : '');
  const often = readOften(test, negated);
  if (often.kind === 'none')
    return when === '' ? who(`n’a jamais ${verb} de produit${facts}`) : who(`n’a ${verb} aucun produit${facts}`, when);
  if (often.kind === 'some') return who(`a ${verb} un produit${facts}`, when);
  if (measure.of === 'distinct') return who(`a ${verb} ${howMany(often, different, f)}${facts}`, when);
  if (measure.of === 'quantity') return who(`a ${verb} ${howMany(often, unit, f)} de produits${facts}`, when);
  return who(`a ${verb} des produits${facts}`, howOften(often, f), when);
}
