import type { Catalogue, Variant } from '../catalogue/catalogue.ts';
import { priceOn } from '../catalogue/prices.ts';
import { stockOf } from '../catalogue/stock.ts';
import { brandName, type Site } from '../market.ts';

export interface FeedInput {
  readonly catalogue: Catalogue;
  readonly seed: number;
  readonly site: Site;
  readonly today: number;
  /** Where pictures are served, `http://127.0.0.1:4401`; the site itself unless told. */
  readonly pictures?: string | undefined;
}

/** One country's Google Merchant feed as XML, in pieces of one article. */
export function* writeXmlFeed(input: FeedInput): Generator<{ text: string; rows: number }> {
  const { site } = input;
  yield {
    text: `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n<channel>\n<title>${brandName} ${escapeXml(site.countryName)}</title>\n<link>https://${site.domain}/</link>\n<description>${site.language === 'fr' ? 'Vêtements et maison' : 'Clothes and home'}</description>\n`,
    rows: 0,
  };
  for (const variant of input.catalogue.variants) {
    let item = '<item>\n';
    for (const [name, value] of attributesOf(variant, input)) {
      if (value !== '') item += `<g:${name}>${escapeXml(value)}</g:${name}>\n`;
    }
    yield { text: `${item}</item>\n`, rows: 1 };
  }
  yield { text: '</channel>\n</rss>\n', rows: 0 };
}

/** The same as tab-separated text, as Merchant Center also takes it. */
export function* writeTsvFeed(input: FeedInput): Generator<{ text: string; rows: number }> {
  let header = '';
  for (const variant of input.catalogue.variants) {
    const attributes = [...attributesOf(variant, input)];
    if (header === '') {
      header = `${attributes.map(([name]) => name.replaceAll('_', ' ')).join('\t')}\n`;
      yield { text: header, rows: 0 };
    }
    yield { text: `${attributes.map(([, value]) => value.replace(/[\t\r\n]+/g, ' ')).join('\t')}\n`, rows: 1 };
  }
}

/** Merchant Center's attributes of one article; sizes and colours of a model share `item_group_id`. */
function* attributesOf(variant: Variant, { seed, site, today, pictures }: FeedInput): Generator<[string, string]> {
  const { model, colour, size } = variant;
  const french = site.language === 'fr';
  const name = french ? model.fr : model.en;
  const stock = stockOf(seed, variant, Math.floor(today / 86_400_000));
  const price = priceOn(model, site.currency, today);
  const amount = (cents: number) => `${(cents / 100).toFixed(2)} ${site.currency}`;
  yield ['id', variant.sku];
  yield ['item_group_id', model.id];
  yield ['title', `${name}, ${french ? colour.fr : colour.en}${size === 'TU' ? '' : `, ${size}`}`];
  yield ['description', french ? model.descriptionFr : model.descriptionEn];
  yield ['link', `https://${site.domain}/${site.language}/p/${model.slug}/?v=${variant.sku}`];
  yield ['image_link', pictureUrl(variant, site, pictures)];
  yield ['availability', stock > 0 ? 'in_stock' : 'out_of_stock'];
  yield ['quantity', String(stock)];
  yield ['price', amount(price.list)];
  yield ['sale_price', price.now < price.list ? amount(price.now) : ''];
  yield ['brand', model.brand];
  yield ['gtin', variant.ean];
  yield ['condition', 'new'];
  yield ['color', french ? colour.fr : colour.en];
  yield ['size', size === 'TU' ? '' : size];
  yield ['material', french ? model.material : model.materialEn];
  yield ['google_product_category', model.category.google];
  yield ['product_type', `${departmentName(variant, french)} > ${french ? model.category.fr : model.category.en}`];
  yield ['gender', model.category.department === 'home' ? '' : model.category.department === 'men' ? 'male' : 'female'];
  yield ['age_group', model.category.department === 'home' ? '' : 'adult'];
}

/** Pictures of pixels: no mail program shows SVG. */
export function pictureUrl(variant: Variant, site: Site, origin = `https://${site.domain}`): string {
  return `${origin}/pictures/${variant.model.id}-${variant.colour.code}.png`;
}

export function departmentName(variant: Variant, french: boolean): string {
  const names = { women: ['Femme', 'Women'], men: ['Homme', 'Men'], home: ['Maison', 'Home'] } as const;
  return names[variant.model.category.department][french ? 0 : 1];
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
