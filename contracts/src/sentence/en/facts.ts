import type { EventTest } from '../../segmentDefinition.ts';
import type { TextTest, ValueTest } from '../../segmentTests.ts';
import type { SentenceFormat } from '../format.ts';
import { findFieldWords, findPropertyWords } from '../words.ts';
import { isQuantity, predicate } from './values.ts';

/** Facts that read best behind what they are about: "of category “shoes”". */
const behind: Readonly<Record<string, string>> = {
  category: 'of category',
  brand: 'of brand',
  site: 'on site',
  device_type: 'on device',
  country: 'from country',
  campaign_source: 'from campaign source',
  campaign_medium: 'through campaign medium',
  campaign_name: 'from campaign',
  channel: 'through channel',
  coupon: 'with coupon',
  currency: 'in currency',
  product_id: 'with product number',
};

export const fieldLabel = (field: string, f: SentenceFormat): string => findFieldWords(field)?.[0] ?? f.quote(field);
export const propertyLabel = (property: string, f: SentenceFormat): string =>
  findPropertyWords(property)?.[0] ?? f.quote(property);

export interface Fact {
  readonly field: string | null;
  readonly label: string;
  readonly test: ValueTest;
}
export const eventFact = (fact: EventTest, f: SentenceFormat): Fact =>
  'field' in fact
    ? { field: fact.field, label: fieldLabel(fact.field, f), test: fact.test }
    : { field: null, label: propertyLabel(fact.property, f), test: fact.test };
export const textFact = (fact: { field: string; test: TextTest }, f: SentenceFormat): Fact => ({
  field: fact.field,
  label: fieldLabel(fact.field, f),
  test: fact.test,
});

function behindText(fact: Fact, f: SentenceFormat): string | null {
  const words = fact.field !== null && Object.hasOwn(behind, fact.field) ? behind[fact.field] : undefined;
  if (words === undefined || fact.test.type !== 'text') return null;
  if (fact.test.op === 'is' && fact.test.value !== '') return `${words} ${f.quote(fact.test.value)}`;
  return fact.test.op === 'in' ? `${words} ${f.anyOf(fact.test.values)}` : null;
}

function aside({ field, label, test }: Fact, f: SentenceFormat): string {
  const money = field === 'base_value' && test.type === 'number';
  return `${label} ${money ? isQuantity(test, false, f.money) : predicate(test, false, f)}`;
}

/** " of category “shoes” (price is more than 50, and colour is “red”)"; empty without facts. */
export function factsText(facts: readonly Fact[], f: SentenceFormat): string {
  const texts = facts.map((fact) => ({ fact, text: behindText(fact, f) }));
  const first = texts.flatMap(({ text }) => (text === null ? [] : [` ${text}`])).join('');
  const rest = texts.filter(({ text }) => text === null).map(({ fact }) => aside(fact, f));
  return rest.length === 0 ? first : `${first} (${rest.join(', and ')})`;
}
