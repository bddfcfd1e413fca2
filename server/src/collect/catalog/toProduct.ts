import type { ProductAvailability, ProductReason } from '@vitrail/contracts';
import { parsePrice } from './parsePrice.ts';
import type { FeedRecord, FeedValue, Product, ProductReading } from './product.ts';
import { readAvailability } from './readAvailability.ts';

const maxRecordChars = 64_000;
const maxTextChars = 10_000;

/** What PostgreSQL text cannot hold: NUL, and halves of surrogate pairs. */
const unstorable = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const clean = (text: string): string => text.replace(unstorable, '').trim();

function cleanValue(value: FeedValue): FeedValue {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map(cleanValue);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [clean(name), cleanValue(inner)]));
}

/** `g:Image Link` and `image_link` are the same field. */
export const toFieldName = (title: string): string =>
  clean(title)
    .toLowerCase()
    .replace(/^g:/, '')
    .replace(/[\s-]+/g, '_');

class Fields {
  private readonly left: Map<string, FeedValue>;
  constructor(record: FeedRecord) {
    this.left = new Map(Object.entries(record).map(([name, value]) => [toFieldName(name), cleanValue(value)]));
  }
  /** The first of these fields that holds text; it is then no longer among the rest. */
  take(...names: string[]): string | null {
    for (const name of names) {
      const value = this.left.get(name);
      const text = Array.isArray(value) ? value.find((item) => typeof item === 'string' && item !== '') : value;
      if (typeof text !== 'string') continue;
      if (!Array.isArray(value) || value.length === 1) this.left.delete(name);
      if (text !== '') return text.slice(0, maxTextChars);
    }
    return null;
  }
  rest(): FeedRecord {
    return Object.fromEntries([...this.left].filter(([name, value]) => name !== '' && value !== ''));
  }
}

const refuse = (reason: ProductReason, field: string, value: string): ProductReading => ({
  ok: false,
  reason,
  detail: `${field}: ${value.length > 80 ? `${value.slice(0, 80)}…` : value}`,
});

/** Sale dates are `start/end`; a missing or unreadable one counts as always, as Merchant centres do. */
function isOnSale(dates: string | null, at: Date): boolean {
  const [start = Number.NaN, end = Number.NaN] = (dates ?? '').split('/').map((date) => Date.parse(date.trim()));
  return !(at.getTime() < start) && !(at.getTime() > end);
}

function readStock(text: string | null): number | null | 'bad' {
  if (text === null) return null;
  const whole = /^([+-]?\d{1,9})([.,]0+)?$/.exec(text);
  return whole ? Math.max(Number(whole[1]), 0) : 'bad';
}

const guessAvailability = (stock: number | null): ProductAvailability => (stock === 0 ? 'out_of_stock' : 'in_stock');

const unitsOf = (amount: string): bigint => BigInt(amount.replace('.', ''));

function readPrice(fields: Fields, options: ProductOptions): ProductReading | { ok: true; price: Product['price'] } {
  const text = fields.take('price');
  const currency = fields.take('currency') ?? options.currency;
  const saleText = fields.take('sale_price');
  const saleDates = fields.take('sale_price_effective_date');
  if (text === null) return { ok: true, price: null };
  const price = parsePrice(text, currency);
  if (!price.ok) return refuse(price.reason, 'price', text);
  const sale = saleText === null ? null : parsePrice(saleText, price.currency);
  if (sale && !sale.ok) return refuse(sale.reason, 'sale_price', saleText ?? '');
  const holds =
    sale !== null &&
    sale.currency === price.currency &&
    unitsOf(sale.amount) < unitsOf(price.amount) &&
    isOnSale(saleDates, options.at);
  return {
    ok: true,
    price: { amount: price.amount, currency: price.currency, sale: holds ? sale.amount : null },
  };
}

export interface ProductOptions {
  /** Currency of prices that name none: the site's, or null when unknown. */
  readonly currency: string | null;
  /** Decides whether a sale has begun. */
  readonly at: Date;
}

/**
 * A row of a product feed or file, with Google Merchant field names in any case (`image link`, `g:image_link`), as a
 * product; or the first reason why it is none. Pure.
 */
export function toProduct(record: FeedRecord, options: ProductOptions): ProductReading {
  if (JSON.stringify(record).length > maxRecordChars) return refuse('too_large', 'row', '');
  const fields = new Fields(record);
  const productId = fields.take('id', 'product_id', 'sku', 'offer_id');
  if (productId === null) return refuse('no_id', 'id', '');
  if (productId.length > 200) return refuse('id_too_long', 'id', productId);
  const title = fields.take('title', 'name', 'product_name');
  if (title === null) return refuse('no_title', 'title', '');

  const stockText = fields.take('quantity', 'stock', 'inventory', 'sell_on_google_quantity');
  const stock = readStock(stockText);
  if (stock === 'bad') return refuse('bad_stock', 'quantity', stockText ?? '');
  const availabilityText = fields.take('availability');
  const availability = availabilityText === null ? guessAvailability(stock) : readAvailability(availabilityText);
  if (availability === null) return refuse('bad_availability', 'availability', availabilityText ?? '');
  const priced = readPrice(fields, options);
  if (!('price' in priced)) return priced;

  return {
    ok: true,
    product: {
      productId,
      groupId: fields.take('item_group_id', 'group_id', 'parent_id'),
      title,
      description: fields.take('description', 'summary', 'content'),
      brand: fields.take('brand', 'manufacturer'),
      // The shop's own tree says more than Google's numbers; whichever is not used stays among the attributes.
      category: fields.take('product_type', 'category', 'google_product_category'),
      link: fields.take('link', 'url'),
      imageLink: fields.take('image_link', 'image'),
      gtin: fields.take('gtin', 'ean', 'upc', 'isbn', 'barcode'),
      size: fields.take('size'),
      color: fields.take('color', 'colour'),
      availability,
      stock,
      price: priced.price,
      site: fields.take('site'),
      attributes: fields.rest(),
    },
  };
}
