import {
  type ConditionOf,
  describeCondition,
  findLabel,
  type PredictionNumberField,
  personaKeys,
  type SegmentCondition,
  type SegmentVocabulary,
  type SentenceLanguage,
  type SentenceNames,
} from '@vitrail/contracts';
import { humanName } from '../../../ui/value.ts';
import {
  atLeast,
  event,
  ever,
  exactly,
  firstTest,
  lastDays,
  lineIs,
  order,
  product,
  sequence,
  step,
} from './defaults.ts';

export const starterGroups = ['purchases', 'activity', 'foreseen', 'person', 'contact', 'segments', 'other'] as const;
export type StarterGroup = (typeof starterGroups)[number];

/** Something one can say of people, ready to be taken into a segment. */
export interface Starter {
  readonly id: string;
  readonly group: StarterGroup;
  readonly label: string;
  /** Found by these words too. */
  readonly also: string;
  readonly condition: SegmentCondition;
  /** Offered before anything is typed. */
  readonly usual: boolean;
}

export interface StarterWords {
  readonly language: SentenceLanguage;
  readonly names: SentenceNames;
  readonly vocabulary: SegmentVocabulary;
  readonly segments: readonly { readonly id: string; readonly name: string }[];
  readonly scores: readonly { readonly id: string; readonly name: string }[];
}

/** What people type when they look for this, in either language. */
const synonyms = {
  bought: 'bought buy purchase acheté achat acheteur client customer',
  notBought: 'not bought no purchase pas acheté sans achat inactif lapsed',
  viewed: 'viewed looked browsed seen vu consulté regardé visite',
  added: 'cart basket panier ajout abandon',
  spent: 'spent money revenue amount dépensé montant chiffre',
  order: 'order commande purchase achat nombre often fois',
  revenue: 'revenue total spent value vip chiffre affaires dépensé montant valeur',
  average: 'average basket aov panier moyen',
  lastOrder: 'recency last latest lapsed dernière récence inactif dormant',
  firstOrder: 'first new première nouveau client',
  mail: 'e-mail email mail newsletter ouvert opened clicked cliqué ouverture message',
  page: 'page visited url site web visité visite',
  active: 'active activity anything actif activité quoi que ce soit',
  inactive: 'inactive nothing silent inactif rien aucune activité',
  campaign: 'campaign source utm campagne provenance publicité',
  device: 'device mobile phone desktop tablet appareil téléphone ordinateur',
  sequence: 'then sequence order of steps puis ensuite suite parcours enchaînement',
  abandoned: 'cart abandoned basket panier abandonné abandon',
  seen: 'new first seen created signed up nouveau premier contact inscription',
  likes: 'likes interests interest aime intérêt centre passion goût',
  birthday: 'birthday anniversary anniversaire',
  may: 'may be contacted mailed consent opt-in permission peut être contacté consentement accord abonné accepte',
  mayNot: 'opted out refused unsubscribed désabonné refuse opposition',
  has: 'has reachable known joignable connu possède',
  segment: 'segment list audience member liste membre',
  persona: 'persona rfm',
  score: 'score points engagement',
  leaving: 'churn leave leaving lost lapse départ partir perdre attrition risque',
  buying: 'predicted prediction likely next buy soon prévu prévision probable prochaine commande bientôt achat',
  worth: 'predicted value ltv lifetime worth vip valeur vie prévue',
  hour: 'hour time send heure moment envoi',
  channel: 'channel canal préféré e-mail sms',
  discount: 'discount promotion coupon sale lovers remise soldes réduction promo',
  drawn: 'likes loves interest drawn taste category brand aime goût attirée catégorie marque',
  outside: 'partner outside data third party dmp provider audience partenaire externe tiers données fournisseur',
  lookalike: 'lookalike similar like audience similaire jumeaux ressemble',
  sample: 'sample random percent test échantillon hasard pourcentage',
} as const;

const mailEvents = ['Email Opened', 'Email Link Clicked'] as const;

/** Lower case without accents and signs, so that "interet" finds "intérêt". */
export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Everything that can be said here, most usual first. */
export function startersOf(words: StarterWords): readonly Starter[] {
  const { language, names, vocabulary } = words;
  const list: Starter[] = [];
  const add = (
    group: StarterGroup,
    id: string,
    condition: SegmentCondition,
    also: string,
    options: { readonly label?: string; readonly usual?: boolean } = {},
  ) => {
    const label = options.label ?? describeCondition(condition, language, names);
    list.push({ id, group, condition, also, label, usual: options.usual ?? false });
  };
  const usual = { usual: true };
  addPurchases(add, usual);
  addActivity(add, vocabulary, usual);
  addPerson(add, words);
  addContact(add, vocabulary);
  for (const { id } of words.segments) {
    add('segments', `segment ${id}`, { kind: 'segment', segment: id, member: true }, synonyms.segment);
    add('segments', `not segment ${id}`, { kind: 'segment', segment: id, member: false }, synonyms.segment);
  }
  for (const persona of personaKeys)
    add('segments', `persona ${persona}`, { kind: 'persona', in: [persona] }, `${persona} ${synonyms.persona}`);
  for (const [id] of Object.entries(names.lookalikes ?? {}))
    add('segments', `lookalike ${id}`, { kind: 'lookalike', lookalike: id }, synonyms.lookalike);
  for (const provider of Object.keys(names.outside ?? {}))
    add('segments', `outside ${provider}`, { kind: 'outside', provider, segment: '' }, synonyms.outside);
  for (const { id } of words.scores)
    add('segments', `score ${id}`, { kind: 'score', score: id, test: atLeast(50) }, synonyms.score);
  add('other', 'sample', { kind: 'sample', percent: 10, seed: '' }, synonyms.sample);
  addForeseen(add, vocabulary, usual);
  addProducts(add, vocabulary);
  return list;
}

type Add = (
  group: StarterGroup,
  id: string,
  condition: SegmentCondition,
  also: string,
  options?: { readonly label?: string; readonly usual?: boolean },
) => void;

function addPurchases(add: Add, usual: { readonly usual: boolean }): void {
  const longAgo = { op: 'not_in_last', n: 90, unit: 'day' } as const;
  add('purchases', 'bought', product('bought', atLeast(1), lastDays(90)), synonyms.bought, usual);
  add('purchases', 'not bought', product('bought', exactly(0), lastDays(90)), synonyms.notBought, usual);
  add('purchases', 'orders', order('count', atLeast(2), ever), synonyms.order, usual);
  add('purchases', 'revenue', order('revenue', atLeast(500), lastDays(365)), synonyms.revenue, usual);
  add('purchases', 'last order', order('last', longAgo, ever), synonyms.lastOrder, usual);
  add('purchases', 'first order', order('first', { op: 'in_last', n: 30, unit: 'day' }, ever), synonyms.firstOrder);
  add('purchases', 'never', order('count', exactly(0), ever), synonyms.notBought);
  add('purchases', 'average', order('average', atLeast(100), ever), synonyms.average);
  add('purchases', 'largest', order('max', atLeast(200), ever), synonyms.revenue);
  add('purchases', 'spent', product('bought', atLeast(100), lastDays(365), [], 'revenue'), synonyms.spent);
  add('purchases', 'last bought', product('bought', longAgo, ever, [], 'last'), synonyms.lastOrder);
  add('purchases', 'different', product('bought', atLeast(3), ever, [], 'distinct'), synonyms.bought);
  add('purchases', 'viewed', product('viewed', atLeast(1), lastDays(30)), synonyms.viewed, usual);
  add('purchases', 'added', product('added', atLeast(1), lastDays(30)), synonyms.added, usual);
}

/** What predictions say; nothing for whoever has none. */
function addForeseen(add: Add, vocabulary: SegmentVocabulary, usual: { readonly usual: boolean }): void {
  const foresee = (field: PredictionNumberField, value: number, also: string, options = {}): void =>
    add('foreseen', `foresee ${field}`, { kind: 'prediction', field, test: atLeast(value) }, also, options);
  foresee('churn', 0.7, synonyms.leaving, usual);
  foresee('order_30', 0.3, synonyms.buying, usual);
  foresee('order_90', 0.5, synonyms.buying);
  foresee('value_365', 300, synonyms.worth, usual);
  foresee('lifetime_value', 500, synonyms.worth);
  foresee('orders_365', 2, synonyms.buying);
  foresee('discount_affinity', 0.5, synonyms.discount);
  foresee('best_hour', 18, synonyms.hour);
  const soon: ConditionOf<'next_order'> = {
    kind: 'next_order',
    test: { type: 'date', op: 'in_next', n: 14, unit: 'day' },
  };
  add('foreseen', 'next order', soon, synonyms.buying, usual);
  add('foreseen', 'tier', { kind: 'tier', in: ['top', 'high'] }, synonyms.worth);
  add('foreseen', 'channel', { kind: 'preferred_channel', in: ['email'] }, synonyms.channel);
  for (const [dimension, known] of [
    ['category', vocabulary.categories],
    ['brand', vocabulary.brands],
  ] as const)
    for (const value of known)
      add(
        'foreseen',
        `drawn ${dimension} ${value}`,
        { kind: 'appetence', dimension, in: [value], places: 3 },
        synonyms.drawn,
      );
}

function addActivity(add: Add, vocabulary: SegmentVocabulary, usual: { readonly usual: boolean }): void {
  const known = new Set(vocabulary.events.map(({ name }) => name));
  for (const name of mailEvents) {
    add('activity', `did ${name}`, event({ events: [name] }, atLeast(1), lastDays(30)), synonyms.mail, usual);
    add('activity', `not ${name}`, event({ events: [name] }, exactly(0), lastDays(30)), synonyms.mail, usual);
    known.delete(name);
  }
  add('activity', 'page', event({ type: 'page' }, atLeast(1), lastDays(30)), synonyms.page, usual);
  add('activity', 'active', event({ type: 'any' }, atLeast(1), lastDays(30)), synonyms.active);
  add('activity', 'inactive', event({ type: 'any' }, exactly(0), lastDays(90)), synonyms.inactive, usual);
  const abandoned = [
    step({ events: ['Product Added'] }),
    step({ events: ['Order Completed'] }, { not: true, within: { n: 1, unit: 'hour' } }),
  ];
  add('activity', 'abandoned', sequence(abandoned, lastDays(7)), `${synonyms.abandoned} ${synonyms.sequence}`, usual);
  const from = (field: 'campaign_source' | 'device_type', value: string) =>
    event({ type: 'any', where: [{ field, test: { type: 'text', op: 'is', value } }] }, atLeast(1), lastDays(30));
  add('activity', 'campaign', from('campaign_source', 'newsletter'), synonyms.campaign);
  add('activity', 'device', from('device_type', 'mobile'), synonyms.device);
  for (const { type, name } of vocabulary.events) {
    if (type === 'track' && !known.has(name)) continue;
    add('activity', `did ${type} ${name}`, event({ type, events: [name] }, atLeast(1), lastDays(30)), name);
    add('activity', `not ${type} ${name}`, event({ type, events: [name] }, exactly(0), lastDays(30)), name);
  }
}

function addPerson(add: Add, { vocabulary, language }: StarterWords): void {
  for (const { name, type, values } of vocabulary.traits) {
    const label = findLabel('trait', name, language) ?? humanName(name);
    const also = `${name} ${type === 'list' ? synonyms.likes : ''} ${/birth|naissance/i.test(name) ? synonyms.birthday : ''}`;
    const condition = { kind: 'trait', trait: name } as const;
    add('person', `trait ${name}`, { ...condition, test: firstTest(type) }, also, { label: `${label}…`, usual: true });
    if (type === 'date')
      add(
        'person',
        `anniversary ${name}`,
        { ...condition, test: { type, op: 'anniversary', before: 7, after: 0 } },
        also,
      );
    if (type === 'text' || type === 'list')
      for (const value of values.slice(0, 50))
        add('person', `trait ${name} ${value}`, { ...condition, test: firstTest(type, value) }, also);
  }
  const test = { op: 'in_last', n: 30, unit: 'day' } as const;
  add('person', 'first seen', { kind: 'profile', field: 'first_seen', test }, synonyms.seen, { usual: true });
}

function addContact(add: Add, { consents, namespaces }: SegmentVocabulary): void {
  for (const purpose of new Set([...consents, 'email', 'sms'])) {
    const usual = purpose === 'email' || consents.includes(purpose);
    const consent = { kind: 'consent', purpose } as const;
    add('contact', `granted ${purpose}`, { ...consent, is: 'granted' }, `${purpose} ${synonyms.may}`, { usual });
    add('contact', `denied ${purpose}`, { ...consent, is: 'denied' }, `${purpose} ${synonyms.mayNot}`);
    add('contact', `unasked ${purpose}`, { ...consent, is: 'unknown' }, `${purpose} ${synonyms.mayNot}`);
  }
  for (const namespace of new Set([...namespaces, 'email', 'phone'])) {
    const identifier = { kind: 'identifier', namespace } as const;
    add('contact', `has ${namespace}`, { ...identifier, present: true }, `${namespace} ${synonyms.has}`);
    add('contact', `no ${namespace}`, { ...identifier, present: false }, `${namespace} ${synonyms.has}`);
  }
}

function addProducts(add: Add, { categories, brands }: SegmentVocabulary): void {
  const actions = ['bought', 'viewed', 'added'] as const;
  for (const [field, values] of [
    ['category', categories],
    ['brand', brands],
  ] as const)
    for (const value of values)
      for (const action of actions) {
        const condition = product(action, atLeast(1), lastDays(90), [lineIs(field, value)]);
        add('purchases', `${action} ${field} ${value}`, condition, synonyms[action]);
      }
}

const shownPerGroup = 7;

/** What fits the words typed, best first, a few of each kind; the usual ones while nothing is typed. */
export function findStarters(starters: readonly Starter[], typed: string): readonly Starter[] {
  const asked = plain(typed);
  const words = asked.split(' ').filter((word) => word !== '');
  const scored = starters.flatMap((starter) => {
    if (words.length === 0) return starter.usual ? [{ starter, score: 0 }] : [];
    const label = plain(starter.label);
    const all = `${label} ${plain(starter.also)}`;
    if (!words.every((word) => all.includes(word))) return [];
    const inLabel = words.filter((word) => label.includes(word)).length;
    return [{ starter, score: inLabel + (label.startsWith(asked) ? 2 : 0) - label.length / 1_000 }];
  });
  const best = scored.sort((one, other) => other.score - one.score);
  return starterGroups.flatMap((group) =>
    best
      .filter(({ starter }) => starter.group === group)
      .slice(0, words.length === 0 && group === 'person' ? 12 : shownPerGroup)
      .map(({ starter }) => starter),
  );
}
