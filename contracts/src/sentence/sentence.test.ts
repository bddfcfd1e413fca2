import { describe, expect, it } from 'vitest';
import { type SegmentNode, segmentDefinitionSchema } from '../segmentDefinition.ts';
import { describeCondition, describeSegment, type SentenceNames } from './index.ts';

const names: SentenceNames = { currency: 'EUR', segments: { '12': 'VIP' }, scores: { '3': 'Intérêt' } };
const read = (given: unknown): SegmentNode => segmentDefinitionSchema.parse(given);
const plain = (text: string): string => text.replaceAll(/[\u202f\u00a0]/g, ' ');
const both = (given: unknown): string[] =>
  (['en', 'fr'] as const).map((language) => plain(describeCondition(read(given), language, names)));
const whole = (given: unknown): string[] =>
  (['en', 'fr'] as const).map((language) => plain(describeSegment(read(given), language, names)));
const last = (n: number, unit = 'day') => ({ kind: 'last', n, unit });
const isCategory = { field: 'category', test: { type: 'text', op: 'is', value: 'chaussures' } };

describe('the sentence of a segment', () => {
  it('says what a marketer meant', () => {
    const definition = {
      kind: 'all',
      of: [
        {
          kind: 'product',
          match: { action: 'bought', where: [isCategory] },
          test: { op: 'gte', value: 2 },
          window: last(90),
        },
        { kind: 'event', match: { events: ['Email Opened'] }, test: { op: 'eq', value: 0 }, window: last(30) },
        { kind: 'trait', trait: 'interests', test: { type: 'list', op: 'has_any', values: ['course'] } },
        { kind: 'consent', purpose: 'email', is: 'granted' },
      ],
    };
    expect(whole(definition)).toEqual([
      'Everyone who bought products of category “chaussures” at least 2 times in the last 90 days, who did not open an e-mail in the last 30 days, whose list of interests includes “course”, and who agreed to e-mail.',
      'Toute personne qui a acheté des produits de la catégorie « chaussures » au moins 2 fois dans les 90 derniers jours, qui n’a pas ouvert d’e-mail dans les 30 derniers jours, dont la liste des centres d’intérêt comprend « course », et qui a accepté les e-mails.',
    ]);
  });

  it('brackets groups within groups, repeats every "or" and moves "not" to what it denies', () => {
    const city = { kind: 'trait', trait: 'city', test: { type: 'text', op: 'is', value: 'Lyon' } };
    const mail = { kind: 'identifier', namespace: 'email', present: true };
    const phone = { kind: 'identifier', namespace: 'phone', present: true };
    const vip = { kind: 'segment', segment: '12' };
    expect(
      whole({ kind: 'any', of: [{ kind: 'all', of: [city, { kind: 'any', of: [mail, phone] }] }, vip, mail] })[0],
    ).toBe(
      'Everyone (whose city is “Lyon”, and [who has an e-mail address, or who has a telephone number]), or who is in the segment “VIP”, or who has an e-mail address.',
    );
    expect(whole({ kind: 'not', of: { kind: 'any', of: [mail, { kind: 'not', of: vip }] } })[1]).toBe(
      'Toute personne qui n’a aucune adresse e-mail, et qui fait partie du segment « VIP ».',
    );
  });

  it('says everybody and nobody, and leaves out groups that add nothing', () => {
    const vip = { kind: 'segment', segment: '12' };
    expect(whole({ kind: 'all', of: [] })).toEqual(['Everyone.', 'Tout le monde.']);
    expect(whole({ kind: 'not', of: { kind: 'all', of: [] } })).toEqual(['No one.', 'Personne.']);
    expect(whole({ kind: 'any', of: [vip, { kind: 'all', of: [] }] })[0]).toBe('Everyone.');
    expect(
      whole({
        kind: 'all',
        of: [
          { kind: 'all', of: [] },
          { kind: 'any', of: [vip] },
        ],
      })[0],
    ).toBe('Everyone who is in the segment “VIP”.');
  });
});

const order = (rest: object) => ({ kind: 'order', ...rest });
const bought = (rest: object) => ({ kind: 'product', match: { action: 'bought' }, ...rest });
const event = (events: string[], rest: object) => ({ kind: 'event', match: { events }, ...rest });
const viewed = { match: { events: ['Product Viewed'] } };

const affirmed: readonly [unknown, string, string][] = [
  [order({ test: { op: 'gte', value: 1 } }), 'placed an order', 'a passé une commande'],
  [order({ test: { op: 'eq', value: 0 } }), 'never placed an order', 'n’a jamais passé de commande'],
  [
    order({ test: { op: 'lt', value: 1 }, window: last(1, 'year') }),
    'placed no order in the last year',
    'n’a passé aucune commande dans l’année écoulée',
  ],
  [order({ test: { op: 'eq', value: 1 } }), 'placed exactly 1 order', 'a passé exactement 1 commande'],
  [
    order({ test: { op: 'lte', value: 3 } }),
    'placed at most 3 orders (or none)',
    'a passé au plus 3 commandes (ou aucune)',
  ],
  [
    order({ test: { op: 'between', from: 2, to: 5 } }),
    'placed between 2 and 5 orders',
    'a passé entre 2 et 5 commandes',
  ],
  [
    order({
      match: {
        where: [
          { field: 'total', test: { op: 'gt', value: 100 } },
          { field: 'site', test: { type: 'text', op: 'is', value: 'fr' } },
        ],
        lines: [isCategory],
      },
      test: { op: 'gte', value: 2 },
      window: { kind: 'between', from: '2026-01-01', to: '2026-07-01' },
    }),
    'placed at least 2 orders of more than €100 on site “fr” with a product of category “chaussures” from 1 January 2026 to 30 June 2026',
    'a passé au moins 2 commandes d’un montant de plus de 100 € sur le site « fr » contenant un produit de la catégorie « chaussures » du 1er janvier 2026 au 30 juin 2026',
  ],
  [
    order({ measure: { of: 'revenue' }, test: { op: 'gte', value: 500 }, window: last(12, 'month') }),
    'revenue from orders in the last 12 months is at least €500',
    'le total des commandes dans les 12 derniers mois vaut au moins 500 €',
  ],
  [
    order({ measure: { of: 'revenue' }, test: { op: 'lt', value: 50 } }),
    'revenue from orders is less than €50 (or there is none)',
    'le total des commandes vaut moins de 50 € (ou n’existe pas)',
  ],
  [
    order({ measure: { of: 'average' }, test: { op: 'gte', value: 120.5 } }),
    'average amount of orders is at least €120.50',
    'le montant moyen des commandes vaut au moins 120,50 €',
  ],
  [
    order({ measure: { of: 'max' }, test: { op: 'gt', value: 9 } }),
    'largest order is more than €9',
    'la plus grande commande vaut plus de 9 €',
  ],
  [
    order({ measure: { of: 'min' }, test: { op: 'gt', value: 9 } }),
    'smallest order is more than €9',
    'la plus petite commande vaut plus de 9 €',
  ],
  [
    order({ measure: { of: 'last' }, test: { op: 'not_in_last', n: 180, unit: 'day' } }),
    'last order was more than 180 days ago',
    'la dernière commande a eu lieu il y a plus de 180 jours',
  ],
  [
    order({ measure: { of: 'first' }, test: { op: 'after', value: '2026-05-01' } }),
    'first order was on or after 1 May 2026',
    'la première commande a eu lieu à partir du 1er mai 2026',
  ],
  [
    bought({ test: { op: 'eq', value: 0 }, window: last(30) }),
    'did not buy any product in the last 30 days',
    'n’a acheté aucun produit dans les 30 derniers jours',
  ],
  [
    bought({ measure: { of: 'distinct' }, test: { op: 'gte', value: 3 } }),
    'bought at least 3 different products',
    'a acheté au moins 3 produits différents',
  ],
  [
    bought({ measure: { of: 'quantity' }, test: { op: 'gte', value: 5 } }),
    'bought at least 5 units of products',
    'a acheté au moins 5 unités de produits',
  ],
  [
    bought({ measure: { of: 'revenue' }, test: { op: 'gte', value: 200 } }),
    'spent at least €200 on products',
    'a dépensé au moins 200 € en produits',
  ],
  [
    bought({ measure: { of: 'last' }, test: { op: 'not_in_last', n: 2, unit: 'year' } }),
    'bought products for the last time more than 2 years ago',
    'a acheté des produits pour la dernière fois il y a plus de 2 ans',
  ],
  [
    { kind: 'product', match: { action: 'added' }, test: { op: 'gte', value: 1 }, window: last(2, 'week') },
    'added a product to the cart in the last 2 weeks',
    'a ajouté au panier un produit dans les 2 dernières semaines',
  ],
  [event(['Quiz'], { test: { op: 'eq', value: 1 } }), 'did “Quiz” exactly once', 'a fait « Quiz » exactement une fois'],
  [
    event(['Email Opened', 'Email Link Clicked'], { test: { op: 'gte', value: 3 }, window: last(7) }),
    'opened an e-mail or clicked in an e-mail (in all at least 3 times, in the last 7 days)',
    'a ouvert un e-mail ou a cliqué dans un e-mail (au moins 3 fois au total, dans les 7 derniers jours)',
  ],
  [
    { kind: 'event', match: { type: 'any' }, test: { op: 'eq', value: 0 }, window: last(6, 'month') },
    'did not do anything in the last 6 months',
    'n’a rien fait dans les 6 derniers mois',
  ],
  [
    {
      kind: 'event',
      match: {
        type: 'page',
        where: [
          { field: 'device_type', test: { type: 'text', op: 'is', value: 'mobile' } },
          { field: 'path', test: { type: 'text', op: 'contains', value: '/promo' } },
          { property: 'theme', test: { type: 'text', op: 'is', value: 'x' } },
        ],
      },
      test: { op: 'gt', value: 3 },
      window: { kind: 'since', from: '2026-05-01' },
    },
    'visited a page on device “mobile” (path of the page contains “/promo”, and “theme” is “x”) more than 3 times since 1 May 2026',
    'a visité une page sur l’appareil « mobile » (le chemin de la page contient « /promo », et la propriété « theme » est « x ») plus de 3 fois depuis le 1er mai 2026',
  ],
  [
    { kind: 'event', match: { type: 'screen', events: ['Home'] }, test: { op: 'eq', value: 0 } },
    'never opened the screen “Home”',
    'n’a jamais ouvert l’écran « Home »',
  ],
  [
    event(['Product Viewed'], {
      measure: { of: 'distinct', value: { field: 'product_id' } },
      test: { op: 'gte', value: 5 },
      window: last(30),
    }),
    'number of different values of product over product views in the last 30 days is at least 5',
    'le nombre de valeurs différentes pour le produit sur les produits vus dans les 30 derniers jours vaut au moins 5',
  ],
  [
    event(['Quiz'], { measure: { of: 'sum', value: { field: 'base_value' } }, test: { op: 'gt', value: 1000 } }),
    'sum of value over “Quiz” events is more than €1,000',
    'la somme de la valeur sur les événements « Quiz » vaut plus de 1 000 €',
  ],
  [
    event(['Order Completed'], {
      measure: { of: 'average', value: { property: 'price' } },
      test: { op: 'gte', value: 50 },
    }),
    'average of price over completed orders is at least 50',
    'la moyenne du prix sur les commandes passées vaut au moins 50',
  ],
  [
    event(['Signed In'], {
      measure: { of: 'last' },
      test: { op: 'in_last', n: 3, unit: 'month' },
      window: last(1, 'year'),
    }),
    'signed in for the last time in the last 3 months, counting only what happened in the last year',
    's’est connectée pour la dernière fois dans les 3 derniers mois, en ne comptant que ce qui s’est passé dans l’année écoulée',
  ],
  [
    {
      kind: 'sequence',
      steps: [
        viewed,
        { match: { events: ['Product Added'] }, within: { n: 2, unit: 'hour' } },
        { match: { events: ['Order Completed'] }, not: true, within: { n: 1, unit: 'day' } },
      ],
      sameProperty: 'cart_id',
      window: last(30),
    },
    'viewed a product, then within 2 hours added a product to the cart, then did not place an order within 24 hours, each time with the same cart, all in the last 30 days',
    'a consulté un produit, puis en moins de 2 heures a ajouté un produit au panier, puis n’a pas passé de commande pendant 24 heures, chaque fois avec le même panier, le tout dans les 30 derniers jours',
  ],
  [
    {
      kind: 'sequence',
      steps: [
        viewed,
        { match: { events: ['Checkout Started'] }, not: true },
        { match: { events: ['Order Completed'] } },
      ],
    },
    'viewed a product, then did not start a checkout in between, then placed an order',
    'a consulté un produit, puis entre-temps n’a pas commencé de commande, puis a passé une commande',
  ],
  [
    { kind: 'profile', field: 'first_seen', test: { op: 'in_last', n: 7, unit: 'day' } },
    'was first seen in the last 7 days',
    'a été vue pour la première fois dans les 7 derniers jours',
  ],
  [{ kind: 'consent', purpose: 'sms', is: 'denied' }, 'refused SMS', 'a refusé les SMS'],
  [
    { kind: 'consent', purpose: 'sms', is: 'unknown' },
    'has neither agreed to nor refused SMS',
    'n’a ni accepté ni refusé les SMS',
  ],
  [
    { kind: 'identifier', namespace: 'loyalty_card', present: false },
    'has no loyalty card',
    'n’a aucune carte de fidélité',
  ],
  [
    { kind: 'segment', segment: '12', member: false },
    'is not in the segment “VIP”',
    'ne fait pas partie du segment « VIP »',
  ],
  [
    { kind: 'persona', in: ['champions', 'loyal'] },
    'has the persona “Champions” or “Loyal”',
    'a pour persona « Champions » ou « Fidèles »',
  ],
  [
    { kind: 'score', score: '3', test: { op: 'gte', value: 50 } },
    'score “Intérêt” is at least 50',
    'le score « Intérêt » vaut au moins 50',
  ],
  [
    { kind: 'sample', percent: 12.5 },
    'is in a fixed random sample of 12.5% of everyone',
    'fait partie d’un échantillon fixe de 12,5 % de tout le monde',
  ],
];

const denied: readonly [unknown, string, string][] = [
  [
    order({ test: { op: 'gte', value: 2 } }),
    'placed fewer than 2 orders (or none)',
    'a passé moins de 2 commandes (ou aucune)',
  ],
  [
    order({ test: { op: 'between', from: 2, to: 5 } }),
    'placed fewer than 2 orders (or none) or more than 5 orders',
    'a passé moins de 2 commandes (ou aucune) ou plus de 5 commandes',
  ],
  [order({ test: { op: 'eq', value: 0 } }), 'placed an order', 'a passé une commande'],
  [
    order({ measure: { of: 'average' }, test: { op: 'gte', value: 20 } }),
    'average amount of orders is less than €20 (or there is none)',
    'le montant moyen des commandes vaut moins de 20 € (ou n’existe pas)',
  ],
  [
    bought({ measure: { of: 'revenue' }, test: { op: 'gte', value: 20 } }),
    'spent less than €20 on products (or nothing)',
    'a dépensé moins de 20 € en produits (ou rien)',
  ],
  [
    { kind: 'sequence', steps: [viewed, viewed] },
    'did not go through these steps: viewed a product, then viewed a product',
    'n’a pas suivi ces étapes : a consulté un produit, puis a consulté un produit',
  ],
  [{ kind: 'consent', purpose: 'email', is: 'granted' }, 'has not agreed to e-mail', 'n’a pas accepté les e-mails'],
  [{ kind: 'persona', in: ['lost'] }, 'does not have the persona “Lost”', 'n’a pas pour persona « Perdus »'],
];

describe('one condition in words', () => {
  it.each(affirmed)('%j', (condition, english, french) => {
    expect(both(condition)).toEqual([english, french]);
  });

  it.each(denied)('not: %j', (condition, english, french) => {
    expect(both({ kind: 'not', of: condition })).toEqual([english, french]);
  });

  it('writes amounts as plain numbers without a currency, and names it does not know as they are', () => {
    const given = read(order({ measure: { of: 'max' }, test: { op: 'gt', value: 9 } }));
    expect(describeCondition(given, 'en')).toBe('largest order is more than 9');
    expect(describeCondition(given, 'en', { currency: 'no such' })).toBe('largest order is more than 9');
    expect(describeCondition(read({ kind: 'segment', segment: 'toString' }), 'en', names)).toBe(
      'is in the segment “toString”',
    );
  });
});
