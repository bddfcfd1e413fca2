import type { SegmentNode } from '@vitrail/contracts';
import { atLeast } from './draft/defaults.ts';
import type { Template } from './template.ts';

const all = (...of: SegmentNode[]): SegmentNode => ({ kind: 'all', of });

/** Segments that pages about predictions lead to. */
export const foreseenTemplates: readonly Template[] = [
  {
    key: 'foreseen-risk',
    name: { en: 'Likely to leave', fr: 'Risquent de partir' },
    purpose: {
      en: 'Repeat buyers of whom an order can still be expected, likelier not to order within 90 days than to do so.',
      fr: 'Clients fidèles dont on attend encore une commande, plutôt absents que présents dans les 90 jours.',
    },
    // Who has a date is a repeat buyer not yet lost; the same people as on the home page.
    definition: all(
      { kind: 'prediction', field: 'churn', test: { op: 'gt', value: 0.5 } },
      { kind: 'next_order', test: { type: 'date', op: 'in_next', n: 10, unit: 'year' } },
    ),
  },
  {
    key: 'foreseen-soon',
    name: { en: 'Likely to order soon', fr: 'Commanderont sans doute bientôt' },
    purpose: {
      en: 'At least 30 % likely to order within 30 days.',
      fr: 'Au moins 30 % de chances de commander sous 30 jours.',
    },
    definition: all({ kind: 'prediction', field: 'order_30', test: atLeast(0.3) }),
  },
  {
    key: 'foreseen-best',
    name: { en: 'Best tenth by value', fr: 'Meilleur dixième par la valeur' },
    purpose: {
      en: 'The tenth of buyers from whom most is expected in the next year.',
      fr: 'Le dixième des acheteurs dont on attend le plus dans l’année.',
    },
    definition: all({ kind: 'tier', in: ['top'] }),
  },
];
