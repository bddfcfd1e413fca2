import { selectorOf } from './selectorOf.ts';

const attributes = ['title', 'alt', 'placeholder', 'aria-label', 'class', 'value'] as const;
const cut = (text: string | null, length = 2_000): string => (text ?? '').trim().slice(0, length);

/** The ground that is seen behind an element: that of the nearest one around it that has any. */
function groundOf(element: Element): string {
  for (let one: Element | null = element; one !== null; one = one.parentElement) {
    const { backgroundColor, backgroundImage } = getComputedStyle(one);
    if (backgroundImage !== 'none') return '';
    if (!/^rgba\(.*, 0\)$|^transparent$/.test(backgroundColor)) return backgroundColor;
  }
  return 'rgb(255, 255, 255)';
}

/** As it is written; of an element that holds others with a space between their texts. */
function textOf(element: Element): string | null {
  if (element.childElementCount === 0) return element.textContent;
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  while (texts.nextNode() !== null) found.push((texts.currentNode.textContent ?? '').trim());
  return found.filter((text) => text !== '').join(' ');
}

/** What the console shows of an element that was picked. */
export function describeElement(element: Element) {
  const picture = element instanceof HTMLImageElement ? element : null;
  const link = element.closest('a');
  return {
    ...selectorOf(element),
    tag: element.localName.slice(0, 60),
    text: cut(textOf(element)),
    nested: element.childElementCount > 0,
    image: picture === null ? null : { src: cut(picture.getAttribute('src')), alt: cut(picture.alt) },
    link: link === null ? null : cut(link.getAttribute('href')),
    attributes: Object.fromEntries(
      attributes.flatMap((name) => (element.hasAttribute(name) ? [[name, cut(element.getAttribute(name))]] : [])),
    ),
    colours: { text: cut(getComputedStyle(element).color, 60), background: cut(groundOf(element), 60) },
  };
}
