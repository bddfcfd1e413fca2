import { boughtGoal, end, mail, wait } from './parts.ts';
import type { ReadyInput } from './readyInput.ts';

const thisCart = [{ path: 'properties.cart_id', op: 'is', run: 'event.properties.cart_id' } as const];

export const cartAndBrowse: readonly ReadyInput[] = [
  {
    key: 'welcome',
    name: { en: 'Welcome after confirmation', fr: 'Bienvenue après confirmation' },
    description: {
      en: 'Welcomes whoever confirmed their subscription (double opt-in), and comes back after three days unless they bought.',
      fr: 'Accueille qui a confirmé son inscription (double consentement), et revient trois jours plus tard sauf achat.',
    },
    labels: {
      welcome: { en: 'Welcome', fr: 'Bienvenue' },
      follow_up: { en: 'Getting to know each other', fr: 'Faire connaissance' },
    },
    templates: { welcome: 'welcome', follow_up: 'progressive_profile' },
    definition: {
      trigger: { kind: 'event', type: 'message', event: 'Subscription Confirmed' },
      entry: { again: 'never' },
      start: 'welcome',
      nodes: {
        welcome: mail('days'),
        days: wait(3, 'day', 'follow_up'),
        follow_up: mail('done'),
        done: end,
      },
      goal: boughtGoal,
    },
  },
  {
    key: 'abandoned_cart',
    name: { en: 'Abandoned cart', fr: 'Panier abandonné' },
    description: {
      en: 'Reminds of a cart one hour after something was put in, and once more the next day at ten, unless that cart is bought. One run for each cart.',
      fr: 'Rappelle un panier une heure après un ajout, puis une fois le lendemain à dix heures, sauf si ce panier est acheté. Un passage par panier.',
    },
    labels: {
      remind: { en: 'Your cart is waiting', fr: 'Votre panier vous attend' },
      remind_again: { en: 'Still interested?', fr: 'Toujours intéressé\u202f?' },
      clicked: { en: 'Until they order', fr: 'Jusqu’à la commande' },
    },
    templates: { remind: 'abandoned_cart', remind_again: 'abandoned_cart' },
    definition: {
      trigger: { kind: 'event', event: 'Product Added' },
      entry: { key: 'properties.cart_id', again: { after: { n: 1, unit: 'day' } } },
      start: 'wait_hour',
      nodes: {
        wait_hour: wait(1, 'hour', 'remind'),
        remind: mail('clicked'),
        clicked: {
          kind: 'wait',
          until: {
            kind: 'event',
            event: 'Order Completed',
            where: thisCart,
            timeout: { n: 20, unit: 'hour' },
            otherwise: 'at_ten',
          },
          next: 'done',
        },
        at_ten: { kind: 'wait', until: { kind: 'hour', hour: '10:00' }, next: 'remind_again' },
        remind_again: mail('done'),
        done: end,
      },
      goal: {
        when: { kind: 'event', event: 'Order Completed', where: thisCart },
        within: { n: 5, unit: 'day' },
        exit: true,
      },
      exits: [{ kind: 'event', event: 'Order Completed', where: thisCart }],
    },
  },
  {
    key: 'abandoned_browse',
    name: { en: 'Abandoned browse', fr: 'Navigation abandonnée' },
    description: {
      en: 'Shows again what somebody looked at and neither put in a cart nor bought within four hours. Once a week at most.',
      fr: 'Montre à nouveau un produit regardé qui n’a été ni ajouté au panier ni acheté dans les quatre heures. Une fois par semaine au plus.',
    },
    labels: {
      show_again: { en: 'Seen by you', fr: 'Vous l’avez vu' },
    },
    templates: { show_again: 'abandoned_browse' },
    definition: {
      trigger: { kind: 'event', event: 'Product Viewed' },
      entry: { again: { after: { n: 1, unit: 'week' } } },
      start: 'wait_hours',
      nodes: { wait_hours: wait(4, 'hour', 'show_again'), show_again: mail('done'), done: end },
      goal: boughtGoal,
      exits: [
        { kind: 'event', event: 'Product Added' },
        { kind: 'event', event: 'Order Completed' },
      ],
    },
  },
];
