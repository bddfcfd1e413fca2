import { findLabel, householdTraits, personaKeys, type SegmentNode } from '@vitrail/contracts';
import { atLeast, event, ever, exactly, lastDays, lineIs, order, product, sequence, step } from './draft/defaults.ts';
import { foreseenTemplates } from './foreseenTemplates.ts';
import type { Template } from './template.ts';

const all = (...of: SegmentNode[]): SegmentNode => ({ kind: 'all', of });
const mayMail: SegmentNode = { kind: 'consent', purpose: 'email', is: 'granted' };
const opened = (n: number, test = exactly(0)) => event({ events: ['Email Opened'] }, test, lastDays(n));

export const templates: readonly Template[] = [
  {
    key: 'vip',
    name: { en: 'VIPs', fr: 'Clients VIP' },
    purpose: {
      en: 'Who spends most: at least three orders and €500 within a year.',
      fr: 'Celles et ceux qui dépensent le plus : au moins trois commandes et 500 € en un an.',
    },
    definition: all(order('count', atLeast(3), lastDays(365)), order('revenue', atLeast(500), lastDays(365))),
  },
  {
    key: 'lapsing',
    name: { en: 'Lapsing customers', fr: 'Clients qui s’éloignent' },
    purpose: {
      en: 'Good customers whose last order is three to twelve months old.',
      fr: 'De bons clients dont la dernière commande a entre trois et douze mois.',
    },
    definition: all(
      order('count', atLeast(2), ever),
      order('last', { op: 'not_in_last', n: 90, unit: 'day' }, ever),
      order('last', { op: 'in_last', n: 365, unit: 'day' }, ever),
    ),
  },
  {
    key: 'cart',
    name: { en: 'Cart abandoners', fr: 'Paniers abandonnés' },
    purpose: {
      en: 'Put something in the cart this week and did not order within the hour.',
      fr: 'Ont rempli un panier cette semaine sans commander dans l’heure.',
    },
    definition: all(
      sequence(
        [
          step({ events: ['Product Added'] }),
          step({ events: ['Order Completed'] }, { not: true, within: { n: 1, unit: 'hour' } }),
        ],
        lastDays(7),
      ),
    ),
  },
  {
    key: 'browsers',
    name: { en: 'Browsers without purchase', fr: 'Curieux sans achat' },
    purpose: {
      en: 'Looked at three products or more this month and bought nothing.',
      fr: 'Ont consulté au moins trois produits ce mois-ci sans rien acheter.',
    },
    definition: all(
      product('viewed', atLeast(3), lastDays(30), [], 'distinct'),
      product('bought', exactly(0), lastDays(30)),
    ),
  },
  {
    key: 'first',
    name: { en: 'First-time buyers', fr: 'Premier achat récent' },
    purpose: {
      en: 'One order so far, in the last two months: the moment for a second one.',
      fr: 'Une seule commande à ce jour, dans les deux derniers mois : le moment d’une deuxième.',
    },
    definition: all(order('count', exactly(1), ever), order('first', { op: 'in_last', n: 60, unit: 'day' }, ever)),
  },
  {
    key: 'category',
    name: { en: 'Category fans', fr: 'Fans d’une catégorie' },
    purpose: {
      en: 'Bought from one category twice or more in half a year. Choose the category.',
      fr: 'Ont acheté au moins deux fois dans une catégorie en six mois. Choisissez la catégorie.',
    },
    definition: all(product('bought', atLeast(2), lastDays(180), [lineIs('category', '')])),
  },
  {
    key: 'discount',
    name: { en: 'Discount lovers', fr: 'Amateurs de promotions' },
    purpose: {
      en: 'At least two orders with a discount within a year.',
      fr: 'Au moins deux commandes avec une remise en un an.',
    },
    definition: all(
      order('count', atLeast(2), lastDays(365), { where: [{ field: 'discount', test: { op: 'gt', value: 0 } }] }),
    ),
  },
  {
    key: 'birthday',
    name: { en: 'Birthday soon', fr: 'Bientôt leur anniversaire' },
    purpose: {
      en: 'Celebrate within the next seven days and may be mailed.',
      fr: 'Fêtent leur anniversaire dans les sept jours et acceptent les e-mails.',
    },
    definition: all(
      { kind: 'trait', trait: 'birthday', test: { type: 'date', op: 'anniversary', before: 7, after: 0 } },
      mayMail,
    ),
  },
  {
    key: 'newsletter',
    name: { en: 'Newsletter only', fr: 'Abonnés sans achat' },
    purpose: {
      en: 'Agreed to e-mail and have never ordered.',
      fr: 'Acceptent les e-mails et n’ont jamais commandé.',
    },
    definition: all(mayMail, order('count', exactly(0), ever)),
  },
  {
    key: 'basket',
    name: { en: 'Large baskets', fr: 'Gros paniers' },
    purpose: {
      en: 'Orders of €120 and more on average, over two orders or more.',
      fr: 'Un panier moyen d’au moins 120 €, sur deux commandes ou plus.',
    },
    definition: all(order('average', atLeast(120), ever), order('count', atLeast(2), ever)),
  },
  {
    key: 'silent',
    name: { en: 'Silent subscribers', fr: 'Abonnés silencieux' },
    purpose: {
      en: 'May be mailed and have opened nothing for three months.',
      fr: 'Acceptent les e-mails et n’en ont ouvert aucun depuis trois mois.',
    },
    definition: all(mayMail, opened(90)),
  },
  {
    key: 'engaged',
    name: { en: 'Engaged and reachable', fr: 'Attentifs et joignables' },
    purpose: {
      en: 'Opened a mail this month, visited the site and may be mailed.',
      fr: 'Ont ouvert un e-mail ce mois-ci, visité le site et acceptent les e-mails.',
    },
    definition: all(mayMail, opened(30, atLeast(1)), event({ type: 'page' }, atLeast(1), lastDays(30))),
  },
  {
    key: 'lost',
    name: { en: 'Win back', fr: 'À reconquérir' },
    purpose: {
      en: 'Spent €200 or more once, and nothing for a year.',
      fr: 'Ont dépensé au moins 200 € par le passé, et rien depuis un an.',
    },
    definition: all(
      order('revenue', atLeast(200), ever),
      order('last', { op: 'not_in_last', n: 365, unit: 'day' }, ever),
    ),
  },
  {
    key: 'newcomers',
    name: { en: 'New this week', fr: 'Nouveaux de la semaine' },
    purpose: {
      en: 'First seen in the last seven days, with an e-mail address.',
      fr: 'Vus pour la première fois ces sept derniers jours, avec une adresse e-mail.',
    },
    definition: all(
      { kind: 'profile', field: 'first_seen', test: { op: 'in_last', n: 7, unit: 'day' } },
      { kind: 'identifier', namespace: 'email', present: true },
    ),
  },
  {
    key: 'household',
    name: { en: 'One of each household', fr: 'Une personne par foyer' },
    purpose: {
      en: 'One person of each household, and everybody who lives alone: one catalogue per home.',
      fr: 'Une personne de chaque foyer, et celles qui vivent seules : un catalogue par domicile.',
    },
    definition: all({
      kind: 'not',
      of: { kind: 'trait', trait: householdTraits.first, test: { type: 'boolean', op: 'is', value: false } },
    }),
  },
];

export const findTemplate = (key: string): Template | null =>
  templates.find((one) => one.key === key) ?? foreseenTemplates.find((one) => one.key === key) ?? personaTemplate(key);

/** `persona-champions`: the people of a persona. */
function personaTemplate(key: string): Template | null {
  const persona = personaKeys.find((one) => key === `persona-${one}`);
  if (persona === undefined) return null;
  const nameIn = (language: 'en' | 'fr') => findLabel('persona', persona, language) ?? persona;
  return {
    key,
    name: { en: nameIn('en'), fr: nameIn('fr') },
    purpose: { en: '', fr: '' },
    definition: all({ kind: 'persona', in: [persona] }),
  };
}
