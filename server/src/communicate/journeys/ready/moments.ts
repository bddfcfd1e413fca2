import { boughtGoal, end, mail, wait } from './parts.ts';
import type { ReadyInput } from './readyInput.ts';

export const moments: readonly ReadyInput[] = [
  {
    key: 'birthday',
    name: { en: 'Birthday', fr: 'Anniversaire' },
    description: {
      en: 'Three days before the birthday, at nine.',
      fr: 'Trois jours avant l’anniversaire, à neuf heures.',
    },
    labels: {
      wish: { en: 'Happy birthday', fr: 'Bon anniversaire' },
    },
    templates: { wish: 'birthday' },
    definition: {
      trigger: { kind: 'date', trait: 'birthday', yearly: true, days: -3, hour: '09:00' },
      entry: { again: { after: { n: 10, unit: 'month' } } },
      start: 'wish',
      nodes: { wish: mail('done'), done: end },
      goal: { ...boughtGoal, when: { kind: 'event', event: 'Order Completed' }, within: { n: 14, unit: 'day' } },
    },
  },
  {
    key: 'review_request',
    name: { en: 'Ask for a review', fr: 'Demande d’avis' },
    description: {
      en: 'Two weeks after an order, on a working day at six in the evening; never for an order that was refunded.',
      fr: 'Deux semaines après une commande, un jour ouvré à dix-huit heures ; jamais pour une commande remboursée.',
    },
    labels: {
      ask: { en: 'How do you like it?', fr: 'Qu’en pensez-vous\u202f?' },
    },
    templates: { ask: 'review_request' },
    definition: {
      trigger: { kind: 'event', event: 'Order Completed' },
      entry: { key: 'properties.order_id', again: 'never' },
      start: 'weeks',
      nodes: {
        weeks: wait(2, 'week', 'evening'),
        evening: { kind: 'wait', until: { kind: 'hour', hour: '18:00', weekdays: [1, 2, 3, 4, 5] }, next: 'ask' },
        ask: mail('done'),
        done: end,
      },
      exits: ['Order Refunded', 'Order Cancelled'].map((event) => ({
        kind: 'event',
        event,
        where: [{ path: 'properties.order_id', op: 'is', run: 'event.properties.order_id' }],
      })),
    },
  },
  {
    key: 'progressive_profile',
    name: { en: 'Getting to know each other', fr: 'Faire connaissance' },
    description: {
      en: 'Asks subscribers without a birthday for it a week after they came; whoever answers gets a thank you.',
      fr: 'Demande sa date d’anniversaire à qui ne l’a pas donnée, une semaine après son arrivée ; qui répond est remercié.',
    },
    labels: {
      ask: { en: 'Tell us a little more', fr: 'Dites-nous en un peu plus' },
      thanks: { en: 'Thank you', fr: 'Merci' },
      answer: { en: 'Answers within 2 weeks', fr: 'Répond sous 2 semaines' },
    },
    templates: { ask: 'progressive_profile', thanks: 'welcome' },
    definition: {
      trigger: { kind: 'event', event: 'Newsletter Subscribed' },
      entry: {
        audience: { kind: 'trait', trait: 'birthday', test: { type: 'any', op: 'not_exists' } },
        again: 'never',
      },
      start: 'week',
      nodes: {
        week: wait(1, 'week', 'ask'),
        ask: mail('answer'),
        answer: {
          kind: 'wait',
          until: { kind: 'event', event: 'Profile Completed', timeout: { n: 2, unit: 'week' }, otherwise: 'done' },
          next: 'thanks',
        },
        thanks: mail('done'),
        done: end,
      },
    },
  },
];
