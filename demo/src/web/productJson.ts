import type { Variant } from '../catalogue/catalogue.ts';
import { priceOn } from '../catalogue/prices.ts';
import { pictureUrl } from '../export/feed.ts';
import type { OrderLine } from '../life/order.ts';
import { type Site, sites } from '../market.ts';
import { asciiJson } from './asciiJson.ts';

const cache = new Map<number, string>();

/** The properties of an article as e-commerce v2 names them, without price: the same at every event, so written once. */
function articleJson(variant: Variant, site: Site): string {
  const key = variant.index * 8 + sites.indexOf(site);
  let text = cache.get(key);
  if (text === undefined) {
    const { model, colour, size } = variant;
    const french = site.language === 'fr';
    const options = `${french ? colour.fr : colour.en}${size === 'TU' ? '' : ` / ${size}`}`;
    const properties = {
      product_id: variant.sku,
      sku: variant.sku,
      group_id: model.id,
      category: french ? model.category.fr : model.category.en,
      name: french ? model.fr : model.en,
      brand: model.brand,
      variant: options,
      url: productUrl(variant, site),
      image_url: pictureUrl(variant, site),
    };
    text = asciiJson(properties).slice(1, -1);
    cache.set(key, text);
  }
  return text;
}

export function productPath(variant: Variant, site: Site): string {
  return `/${site.language}/p/${variant.model.slug}/`;
}

function productUrl(variant: Variant, site: Site): string {
  return `https://${site.domain}${productPath(variant, site)}`;
}

/** One product as event properties, at the day's price. */
export function viewedJson(variant: Variant, site: Site, at: number): string {
  return `${articleJson(variant, site)},"price":${priceOn(variant.model, site.currency, at).now / 100},"currency":"${site.currency}"`;
}

export function lineJson(line: OrderLine, site: Site): string {
  return `${articleJson(line.variant, site)},"price":${line.unit / 100},"quantity":${line.quantity}`;
}

export function linesJson(lines: readonly OrderLine[], site: Site): string {
  return `[${lines.map((line) => `{${lineJson(line, site)}}`).join(',')}]`;
}
