import { boughtGoal, end, mail } from './parts.ts';
import type { ReadyInput } from './readyInput.ts';

const thisProduct = [
  { path: 'properties.products.0.product_id', op: 'is', run: 'event.properties.product_id' } as const,
];

export const shelf: readonly ReadyInput[] = [
  {
    key: 'back_in_stock',
    name: { en: 'Back in stock in my size', fr: 'De retour en stock dans ma taille' },
    description: {
      en: 'Tells whoever asked for or looked at a product, or that size of it, in the last 60 days that it can be had again.',
      fr: 'Prévient qui a demandé ou regardé un produit, ou cette taille, au cours des 60 derniers jours, qu’il est à nouveau disponible.',
    },
    labels: {
      tell: { en: 'It is back', fr: 'Le revoilà' },
      daytime: { en: 'Not at night', fr: 'Pas la nuit' },
    },
    templates: { tell: 'back_in_stock' },
    definition: {
      trigger: {
        kind: 'product',
        change: 'back_in_stock',
        interest: {
          events: ['Back In Stock Requested', 'Product Added To Wishlist', 'Product Viewed'],
          within: { n: 60, unit: 'day' },
        },
      },
      entry: { again: { after: { n: 2, unit: 'week' } }, perHour: 2_000 },
      start: 'daytime',
      nodes: {
        daytime: {
          kind: 'wait',
          until: { kind: 'duration', n: 5, unit: 'minute' },
          next: 'tell',
        },
        tell: mail('done'),
        done: end,
      },
      goal: {
        ...boughtGoal,
        when: { kind: 'event', event: 'Order Completed', where: thisProduct },
        within: { n: 7, unit: 'day' },
      },
    },
  },
  {
    key: 'price_drop',
    name: { en: 'Price drop', fr: 'Baisse de prix' },
    description: {
      en: 'Tells whoever had a product in the cart or on the wish list in the last 30 days that it costs less now.',
      fr: 'Prévient qui avait un produit au panier ou dans sa liste d’envies au cours des 30 derniers jours qu’il coûte moins cher.',
    },
    labels: {
      tell: { en: 'It costs less now', fr: 'Il coûte moins cher' },
    },
    templates: { tell: 'price_drop' },
    definition: {
      trigger: {
        kind: 'product',
        change: 'price_drop',
        interest: { events: ['Product Added', 'Product Added To Wishlist'], within: { n: 30, unit: 'day' } },
      },
      entry: { again: { after: { n: 2, unit: 'week' } }, perHour: 2_000 },
      start: 'tell',
      nodes: { tell: mail('done'), done: end },
      goal: boughtGoal,
    },
  },
];
