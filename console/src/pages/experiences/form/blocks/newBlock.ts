import type { Panel } from '../draft.ts';

export type Block = Panel['blocks'][number];

export const blockTypes = [
  'recommendations',
  'recently_viewed',
  'countdown',
  'remaining',
  'social_proof',
  'stars',
  'loyalty',
  'image',
] as const satisfies Block['type'][];

/** A block as it begins. */
export function newBlock(type: Block['type'], now: Date): Block {
  switch (type) {
    case 'recommendations':
      return { type, heading: {}, count: 4, reasons: true, required: false };
    case 'recently_viewed':
      return { type, heading: {}, count: 4 };
    case 'countdown':
      return {
        type,
        until: new Date(Math.ceil(now.getTime() / 3_600_000 + 48) * 3_600_000).toISOString(),
        required: false,
      };
    case 'remaining':
      return { type, field: 'cart.value', goal: 60 };
    case 'social_proof':
      return { type, act: 'bought', hours: 24, minimum: 10, required: false };
    case 'stars':
    case 'loyalty':
      return { type, required: false };
    case 'image':
      return { type, src: '', alt: '' };
  }
}
