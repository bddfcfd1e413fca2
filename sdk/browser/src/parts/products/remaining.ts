import { amountOf } from '../../experiences/amount.ts';
import type { Piece } from '../../experiences/blocks.ts';
import type { Facts } from '../../experiences/facts.ts';
import type { RichBlock } from '../../experiences/payload.ts';
import { wordsIn } from './words.ts';

/** How far the cart is from a goal; follows the cart. */
export function remaining(
  { field, goal }: Extract<RichBlock, { type: 'remaining' }>,
  language: string,
  facts: Facts,
): Piece {
  const element = document.createElement('div');
  const bar = document.createElement('progress');
  const text = document.createElement('span');
  bar.max = goal;
  element.append(bar, text);
  const update = ({ cart }: Facts): void => {
    const reached = (field === 'cart.value' ? cart?.value : cart?.items) ?? 0;
    const left = Math.max(0, goal - reached);
    const amount = amountOf(left, language, field === 'cart.value' ? cart?.currency : undefined);
    bar.value = Math.min(goal, reached);
    text.textContent = left === 0 ? '' : `${amount} ${wordsIn(language).remaining}`;
    bar.setAttribute('aria-label', text.textContent);
  };
  update(facts);
  return { element, update };
}
