import { amountOf } from '../../experiences/amount.ts';
import type { ShownProduct } from '../../experiences/payload.ts';
import type { BlockOptions } from '../../experiences/productsPart.ts';
import { wordsIn } from './words.ts';

export type ListedProduct = ShownProduct;

const span = (name: string, text: string): HTMLElement => {
  const element = document.createElement('span');
  element.className = name;
  element.textContent = text;
  return element;
};

/** An address of the shop or with https; never one that runs code. */
function safeLink(link: string | null): string | null {
  try {
    const to = new URL(link ?? '', location.href);
    return link !== null && (to.protocol === 'https:' || to.origin === location.origin) ? to.href : null;
  } catch {
    return null; // not an address
  }
}

/** Products side by side, each one link. A picture that cannot be had leaves its place to the words. */
export function productList(
  items: readonly ListedProduct[],
  heading: string | undefined,
  { language, host, writeKey }: BlockOptions,
  onClick: (item: ListedProduct) => void,
): HTMLElement {
  const box = document.createElement('div');
  box.className = 'products';
  const list = document.createElement('ul');
  if (heading !== undefined) {
    const title = document.createElement('h3');
    title.textContent = heading;
    box.append(title);
    list.setAttribute('aria-label', heading);
  }
  for (const item of items) {
    const row = document.createElement('li');
    const link = safeLink(item.link);
    const body = document.createElement(link === null ? 'span' : 'a');
    if (link !== null && body instanceof HTMLAnchorElement) {
      body.href = link;
      body.addEventListener('click', () => onClick(item));
    }
    if (item.picture !== null) body.append(picture(`${host}${item.picture}?key=${encodeURIComponent(writeKey)}`));
    body.append(span('name', item.title));
    if (item.price !== null) {
      const price = span('price', amountOf(item.price, language, item.currency));
      if (item.before !== null) {
        const before = document.createElement('s');
        before.textContent = amountOf(item.before, language, item.currency);
        before.setAttribute('aria-label', `${wordsIn(language).before} ${before.textContent}`);
        price.append(before);
      }
      body.append(price);
    }
    if (item.reason !== '') body.append(span('why', item.reason));
    row.append(body);
    list.append(row);
  }
  box.append(list);
  return box;
}

function picture(src: string): HTMLImageElement {
  const element = new Image(240, 240);
  element.className = 'picture';
  element.loading = 'lazy';
  element.alt = '';
  element.onerror = () => element.remove();
  element.src = src;
  return element;
}
