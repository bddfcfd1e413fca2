import type { ProfileEvent } from '@vitrail/contracts';

type Subject = Pick<ProfileEvent, 'type' | 'event' | 'properties' | 'url' | 'traits'>;

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;

const pathOf = (url: string): string | null => {
  if (!URL.canParse(url)) return null;
  return new URL(url).pathname;
};

/** The one thing an event is about: a product, an order, a page, what was searched or said. */
export function detailOf({ type, properties, url, traits }: Subject): string | null {
  if (type === 'identify') {
    const names = Object.keys(traits);
    return names.length === 0 ? null : names.join(', ');
  }
  if (type === 'page' || type === 'screen') return textOf(properties.title) ?? textOf(properties.path) ?? pathOf(url);
  const products = Array.isArray(properties.products) ? properties.products.length : 0;
  return (
    textOf(properties.name) ??
    textOf(properties.order_id) ??
    textOf(properties.query) ??
    textOf(properties.product_id) ??
    textOf(properties.category) ??
    (products > 0 ? `× ${products}` : null) ??
    pathOf(url)
  );
}
