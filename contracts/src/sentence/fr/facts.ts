import type { EventTest } from '../../segmentDefinition.ts';
import type { TextTest, ValueTest } from '../../segmentTests.ts';
import type { SentenceFormat } from '../format.ts';
import { findFieldWords, findPropertyWords } from '../words.ts';
import { isQuantity, predicate } from './values.ts';

/** Facts that read best behind what they are about: « de la catégorie « chaussures » ». */
const behind: Readonly<Record<string, string>> = {
  category: 'de la catégorie',
  brand: 'de la marque',
  site: 'sur le site',
  device_type: 'sur l’appareil',
  country: 'depuis le pays',
  campaign_source: 'depuis la source de campagne',
  campaign_medium: 'par le support de campagne',
  campaign_name: 'depuis la campagne',
  channel: 'par le canal',
  coupon: 'avec le code promo',
  currency: 'dans la devise',
  product_id: 'portant le numéro',
};

/** With the article: « la catégorie ». */
export const fieldLabel = (field: string, f: SentenceFormat): string =>
  findFieldWords(field)?.[1] ?? `le champ ${f.quote(field)}`;
export const propertyLabel = (property: string, f: SentenceFormat): string =>
  findPropertyWords(property)?.[1] ?? `la propriété ${f.quote(property)}`;

/** « de » and an article: « du prix », « des produits », « de la couleur ». */
export const ofThe = (words: string): string =>
  words.startsWith('le ') ? `du ${words.slice(3)}` : words.startsWith('les ') ? `des ${words.slice(4)}` : `de ${words}`;

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

/** « de la catégorie « chaussures » (le prix vaut plus de 50, et la couleur est « rouge ») » ; empty without facts. */
export function factsText(facts: readonly Fact[], f: SentenceFormat): string {
  const texts = facts.map((fact) => ({ fact, text: behindText(fact, f) }));
  const first = texts.flatMap(({ text }) => (text === null ? [] : [` ${text}`])).join('');
  const rest = texts.filter(({ text }) => text === null).map(({ fact }) => aside(fact, f));
  return rest.length === 0 ? first : `${first} (${rest.join(', et ')})`;
}
