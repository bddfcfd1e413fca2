import { amountOf } from '../../experiences/amount.ts';
import type { Piece } from '../../experiences/blocks.ts';
import { readSeen } from '../../experiences/memory.ts';
import { inLanguage, type RichBlock } from '../../experiences/payload.ts';
import type { BlockOptions } from '../../experiences/productsPart.ts';
import { countdown } from './countdown.ts';
import { type ListedProduct, productList } from './productList.ts';
import { remaining } from './remaining.ts';
import { wordsIn } from './words.ts';

type BlockOf<Type extends RichBlock['type']> = Extract<RichBlock, { type: Type }>;

/** A block with what it says; null when that is nothing. Everything is set as text. */
export function buildBlock(block: RichBlock, options: BlockOptions): Piece | null {
  switch (block.type) {
    case 'countdown':
      return countdown(block.until, options.language);
    case 'remaining':
      return remaining(block, options.language, options.facts);
    case 'recommendations':
      return recommended(block, options);
    case 'recently_viewed':
      return recentlyViewed(block, options);
    case 'stars':
      return { element: stars(block, options.language) };
    case 'social_proof':
      return proof(block, options.language);
    case 'loyalty':
      return { element: loyalty(block, options.language) };
  }
}

const line = (name: 'p' | 'small' | 'span', text: string): HTMLElement => {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
};

function recommended({ heading, list, arm, items }: BlockOf<'recommendations'>, options: BlockOptions): Piece | null {
  if (items.length === 0) return null;
  const tellOf =
    (event: string) =>
    ({ id, strategy }: ListedProduct): void =>
      options.tell(event, { list_id: list, product_id: id, strategy, arm });
  items.forEach(tellOf('Recommendation Shown'));
  const element = productList(items, inLanguage(heading, options.language), options, (item) => {
    tellOf('Recommendation Clicked')(item);
    options.clicked();
  });
  return { element };
}

/** From this device's own memory; the product in view is not among them. */
function recentlyViewed({ heading, count }: BlockOf<'recently_viewed'>, options: BlockOptions): Piece | null {
  const seen = readSeen()
    .filter(({ id }) => id !== options.facts.product?.id)
    .slice(0, count)
    .map(
      ({ id, title, link, price, currency }): ListedProduct => ({
        id,
        title,
        link,
        picture: `/v1/picture/${encodeURIComponent(id)}`,
        price: price ?? null,
        before: null,
        currency: currency ?? null,
        strategy: '',
        reason: '',
      }),
    );
  if (seen.length === 0) return null;
  return { element: productList(seen, inLanguage(heading, options.language), options, options.clicked) };
}

function stars({ average, reviews }: BlockOf<'stars'>, language: string): HTMLElement {
  const words = wordsIn(language);
  const full = Math.round(average);
  const number = (value: number): string => amountOf(value, language, null);
  const element = document.createElement('div');
  const picture = line('span', '★'.repeat(full) + '☆'.repeat(5 - full));
  picture.className = 'stars';
  picture.setAttribute('aria-hidden', 'true');
  element.append(picture, ' ', line('span', words.stars(number(average), number(reviews))));
  return element;
}

function proof(block: BlockOf<'social_proof'>, language: string): Piece {
  const words = wordsIn(language);
  const { act, product, people, hours, minimum } = block;
  const element = line('p', words.proof(block, amountOf(people, language, null)));
  element.append(line('small', words.basis(block, amountOf(minimum, language, null))));
  return { element, told: { social_proof: { act, product, people, hours, minimum } } };
}

function loyalty(block: BlockOf<'loyalty'>, language: string): HTMLElement {
  const words = wordsIn(language);
  const { points, next } = block;
  const element = line('p', words.points(block, amountOf(points, language, null)));
  if (next !== null) element.append(line('small', words.next(next.name, amountOf(next.missing, language, null))));
  return element;
}
