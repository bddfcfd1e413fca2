import type { DecisionContext, DecisionPage, LiveCondition, LiveField } from '@vitrail/contracts';
import type { WallClock } from './moment.ts';

/** What a page and a visit say, by the name that conditions use. What is not known is not there. */
export type Facts = Readonly<Partial<Record<LiveField, string | number>>>;

const pathOf = (url: string | undefined): string | undefined =>
  url !== undefined && URL.canParse(url) ? new URL(url).pathname : undefined;

export function factsOf(page: DecisionPage, context: DecisionContext, clock: WallClock): Facts {
  const facts: Partial<Record<LiveField, string | number | undefined>> = {
    'page.url': page.url,
    'page.path': page.path ?? pathOf(page.url),
    'page.title': page.title,
    'page.referrer': page.referrer === '' ? undefined : page.referrer,
    'campaign.source': context.campaign?.source,
    'campaign.medium': context.campaign?.medium,
    'campaign.name': context.campaign?.name,
    'visit.pages': context.visit?.pages,
    'visit.seconds': context.visit?.seconds,
    'visitor.visits': context.visitor?.visits,
    'cart.value': context.cart?.value,
    'cart.items': context.cart?.items,
    'product.id': context.product?.id,
    'product.category': context.product?.category,
    'product.views': context.product?.views,
    'search.query': context.search?.query,
    device: context.device,
    language: context.language?.slice(0, 2).toLowerCase(),
    'local.hour': clock.hour,
    'local.weekday': clock.weekday,
  };
  const known: Partial<Record<LiveField, string | number>> = {};
  for (const field of fieldsOf(facts)) {
    const value = facts[field];
    if (value !== undefined) known[field] = value;
  }
  return known;
}

const fieldsOf = <K extends string>(record: Partial<Record<K, unknown>>): K[] =>
  Object.keys(record).filter((key): key is K => Object.hasOwn(record, key));

const textTests: Readonly<Record<'is' | 'contains' | 'starts' | 'ends', (text: string, value: string) => boolean>> = {
  is: (text, value) => text === value,
  contains: (text, value) => text.includes(value),
  starts: (text, value) => text.startsWith(value),
  ends: (text, value) => text.endsWith(value),
};

/**
 * Whether a condition holds. Texts are compared without regard to case. Of what is not known nothing holds but `unknown`:
 * a negative condition too, because nobody meant a page that says nothing about itself.
 */
export function holds(condition: LiveCondition, facts: Facts): boolean {
  const fact = facts[condition.field];
  switch (condition.op) {
    case 'known':
      return fact !== undefined;
    case 'unknown':
      return fact === undefined;
    case 'at_least':
      return fact !== undefined && Number(fact) >= condition.value;
    case 'at_most':
      return fact !== undefined && Number(fact) <= condition.value;
    case 'equals':
      return fact !== undefined && Number(fact) === condition.value;
    case 'is_not':
      return fact !== undefined && !matches('is', fact, condition.values);
    case 'not_contains':
      return fact !== undefined && !matches('contains', fact, condition.values);
    default:
      return fact !== undefined && matches(condition.op, fact, condition.values);
  }
}

function matches(test: keyof typeof textTests, fact: string | number, values: readonly string[]): boolean {
  const text = String(fact).toLowerCase();
  return values.some((value) => textTests[test](text, value.toLowerCase()));
}
