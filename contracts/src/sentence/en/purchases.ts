import type { ConditionOf, OrderMatch, ProductMatch } from '../../segmentDefinition.ts';
import { isMomentTest, type MeasureTest } from '../../segmentTests.ts';
import type { Clause } from '../clause.ts';
import type { SentenceFormat } from '../format.ts';
import { oppositeOf, passesZero, readOften } from '../saidTest.ts';
import { factsText, textFact } from './facts.ts';
import { howMany, howOften, isQuantity, momentText, quantity, windowText } from './values.ts';

const words = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

/** " on site “fr” of more than €100 with a product of category “shoes”". */
function orderFacts({ where, lines }: OrderMatch, f: SentenceFormat): string {
  const amounts = where.flatMap(({ field, test }) => {
    if ('type' in test) return [];
    return [field === 'discount' ? ` with a discount of ${quantity(test, f.money)}` : ` of ${quantity(test, f.money)}`];
  });
  const texts = where.flatMap(({ field, test }) => ('type' in test ? [textFact({ field, test }, f)] : []));
  const products =
    lines.length === 0
      ? ''
      : ` with a product${factsText(
          lines.map((line) => textFact(line, f)),
          f,
        )}`;
  return `${amounts.join('')}${factsText(texts, f)}${products}`;
}

const subjects = {
  revenue: 'revenue from orders',
  average: 'average amount of orders',
  min: 'smallest order',
  max: 'largest order',
};

export function orderClause(condition: ConditionOf<'order'>, negated: boolean, f: SentenceFormat): Clause {
  const { match, measure, test, window } = condition;
  const facts = orderFacts(match, f);
  const when = windowText(window, f);
  if (isMomentTest(test)) {
    const which = measure.of === 'first' ? 'first' : 'last';
    const said = `${negated ? 'was not' : 'was'} ${momentText(test, f)}${negated ? ' (or there is none)' : ''}`;
    return { link: 'whose', text: words(`${which} order${facts}`, when, said) };
  }
  if (measure.of === 'count' || measure.of === 'first' || measure.of === 'last') {
    const often = readOften(test, negated);
    if (often.kind === 'none' && when === '') return { link: 'who', text: `never placed an order${facts}` };
    return { link: 'who', text: words(`placed ${howMany(often, 'order', 'orders', f)}${facts}`, when) };
  }
  const none = measure.of === 'revenue' ? passesZero(test) !== negated : negated;
  const note = none ? ' (or there is none)' : '';
  return {
    link: 'whose',
    text: `${words(`${subjects[measure.of]}${facts}`, when, isQuantity(test, negated, f.money))}${note}`,
  };
}

const actions = {
  viewed: { past: 'viewed', base: 'view', end: '' },
  added: { past: 'added', base: 'add', end: ' to the cart' },
  bought: { past: 'bought', base: 'buy', end: '' },
} as const;

const productFacts = (match: ProductMatch, f: SentenceFormat): string =>
  factsText(
    match.where.map((fact) => textFact(fact, f)),
    f,
  );

function spent(test: MeasureTest, negated: boolean, f: SentenceFormat): string {
  if (test.op === 'eq' && test.value === 0) return negated ? 'spent something' : 'spent nothing';
  const said = negated ? oppositeOf(test) : test;
  return said === null ? `did not spend ${quantity(test, f.money)}` : `spent ${quantity(said, f.money)}`;
}

export function productClause(condition: ConditionOf<'product'>, negated: boolean, f: SentenceFormat): Clause {
  const { match, measure, test, window } = condition;
  const { past, base, end } = actions[match.action];
  const facts = productFacts(match, f);
  const when = windowText(window, f);
  const who = (...parts: readonly string[]): Clause => ({ link: 'who', text: words(...parts) });
  if (isMomentTest(test)) {
    const which = `for the ${measure.of === 'first' ? 'first' : 'last'} time ${momentText(test, f)}`;
    const only = when === '' ? '' : `, counting only what happened ${when}`;
    return negated
      ? who(`did not ${base} a product${facts}${end}`, `${which}${only} (or never did)`)
      : who(`${past} products${facts}${end}`, `${which}${only}`);
  }
  if (measure.of === 'revenue')
    return who(
      spent(test, negated, f),
      `on products${facts}`,
      when,
      passesZero(test) !== negated ? '(or nothing)' : '',
    );
  const often = readOften(test, negated);
  if (often.kind === 'none')
    return when === ''
      ? who(`never ${past} a product${facts}${end}`)
      : who(`did not ${base} any product${facts}${end}`, when);
  if (often.kind === 'some') return who(`${past} a product${facts}${end}`, when);
  if (measure.of === 'distinct')
    return who(`${past} ${howMany(often, 'different product', 'different products', f)}${facts}${end}`, when);
  if (measure.of === 'quantity') return who(`${past} ${howMany(often, 'unit', 'units', f)} of products${facts}`, when);
  return who(`${past} products${facts}${end}`, howOften(often, f), when);
}
