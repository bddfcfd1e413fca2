import { boughtGoal, end, mail, wait } from './parts.ts';
import type { ReadyInput } from './readyInput.ts';

const anotherOrder = [{ path: 'properties.order_id', op: 'is_not', run: 'event.properties.order_id' } as const];

export const relations: readonly ReadyInput[] = [
  {
    key: 'post_purchase',
    name: { en: 'After a purchase', fr: 'Après un achat' },
    description: {
      en: 'Thanks the day after an order, with what goes well with it; first-time buyers hear more about the shop.',
      fr: 'Remercie le lendemain d’une commande, avec ce qui l’accompagne bien ; les nouveaux clients en apprennent davantage sur la boutique.',
    },
    labels: {
      thanks_first: { en: 'Welcome among our customers', fr: 'Bienvenue parmi nos clients' },
      thanks: { en: 'Thank you', fr: 'Merci' },
      first: { en: 'First order?', fr: 'Première commande\u202f?' },
    },
    templates: { thanks_first: 'welcome', thanks: 'post_purchase' },
    definition: {
      trigger: { kind: 'event', event: 'Order Completed' },
      entry: { key: 'properties.order_id', again: 'never' },
      start: 'next_day',
      nodes: {
        next_day: wait(1, 'day', 'first'),
        first: {
          kind: 'split',
          split: {
            by: 'condition',
            branches: [
              { name: 'First order', if: { kind: 'order', test: { op: 'lte', value: 1 } }, next: 'thanks_first' },
            ],
            otherwise: 'thanks',
          },
        },
        thanks_first: mail('done'),
        thanks: mail('done'),
        done: end,
      },
    },
  },
  {
    key: 'replenishment',
    name: { en: 'Time to restock', fr: 'Réapprovisionnement' },
    description: {
      en: 'Comes back four weeks after an order, at ten in the morning, unless something was ordered meanwhile.',
      fr: 'Revient quatre semaines après une commande, à dix heures, sauf si une autre commande a été passée entre-temps.',
    },
    labels: {
      restock: { en: 'Running low?', fr: 'Bientôt épuisé\u202f?' },
    },
    templates: { restock: 'replenishment' },
    definition: {
      trigger: { kind: 'event', event: 'Order Completed' },
      entry: { key: 'properties.order_id', again: 'never' },
      start: 'weeks',
      nodes: {
        weeks: wait(4, 'week', 'morning'),
        morning: { kind: 'wait', until: { kind: 'hour', hour: '10:00', weekdays: [1, 2, 3, 4, 5] }, next: 'restock' },
        restock: mail('done'),
        done: end,
      },
      goal: {
        when: { kind: 'event', event: 'Order Completed', where: anotherOrder },
        within: { n: 6, unit: 'week' },
        exit: true,
      },
    },
  },
  {
    key: 'win_back',
    name: { en: 'Win back', fr: 'Reconquête' },
    description: {
      en: 'Every Monday, writes to buyers without an order for six months and again two weeks later. A tenth gets nothing, to see what it is worth.',
      fr: 'Chaque lundi, écrit aux clients sans commande depuis six mois, puis deux semaines plus tard. Un dixième ne reçoit rien, pour mesurer l’effet.',
    },
    labels: {
      miss_you: { en: 'We miss you', fr: 'Vous nous manquez' },
      last_try: { en: 'One more reason', fr: 'Une raison de plus' },
    },
    templates: { miss_you: 'win_back', last_try: 'win_back' },
    definition: {
      trigger: { kind: 'schedule', every: { unit: 'week', day: 1 }, hour: '10:00' },
      entry: {
        audience: { kind: 'order', measure: { of: 'last' }, test: { op: 'not_in_last', n: 6, unit: 'month' } },
        again: { after: { n: 6, unit: 'month' } },
        holdout: 10,
      },
      start: 'miss_you',
      nodes: {
        miss_you: mail('weeks'),
        weeks: wait(2, 'week', 'last_try'),
        last_try: mail('done'),
        done: end,
      },
      goal: { ...boughtGoal, when: { kind: 'event', event: 'Order Completed' }, within: { n: 30, unit: 'day' } },
    },
  },
  {
    key: 'vip',
    name: { en: 'VIP: tier 1, then by opening', fr: 'VIP : niveau 1, puis selon l’ouverture' },
    description: {
      en: 'Whoever spends 500 or more in a year gets the tier 1 and a personal mail; those who do not open it go to a list for advertising.',
      fr: 'Qui dépense 500 ou plus en un an passe au niveau 1 et reçoit un message personnel ; ceux qui ne l’ouvrent pas rejoignent une liste publicitaire.',
    },
    labels: {
      invite: { en: 'You are one of our best customers', fr: 'Vous êtes l’un de nos meilleurs clients' },
      ads: { en: 'To the advertising list', fr: 'Vers la liste publicitaire' },
      opened: { en: 'Opened it?', fr: 'L’a ouvert\u202f?' },
      tier: { en: 'VIP tier = 1', fr: 'Niveau VIP = 1' },
    },
    templates: { invite: 'vip' },
    definition: {
      trigger: { kind: 'event', event: 'Order Completed' },
      entry: {
        audience: {
          kind: 'order',
          measure: { of: 'revenue' },
          test: { op: 'gte', value: 500 },
          window: { kind: 'last', n: 1, unit: 'year' },
        },
        again: 'never',
      },
      start: 'tier',
      nodes: {
        tier: { kind: 'update', traits: [{ trait: 'vip_tier', value: 1 }], next: 'invite' },
        invite: mail('days'),
        days: wait(5, 'day', 'opened'),
        opened: {
          kind: 'split',
          split: { by: 'message', message: 'invite', was: 'opened', yes: 'done', no: 'ads' },
        },
        ads: { kind: 'list', list: 'choose', change: 'add', next: 'done' },
        done: end,
      },
    },
  },
];
