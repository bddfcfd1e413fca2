import { describe, expect, it } from 'vitest';
import { parsePrice } from './parsePrice.ts';
import type { FeedRecord } from './product.ts';
import { readAvailability } from './readAvailability.ts';
import { toProduct } from './toProduct.ts';

const at = new Date('2026-11-21T12:00:00Z');
const read = (record: FeedRecord) => toProduct({ id: '1', title: 'Lamp', ...record }, { currency: 'EUR', at });

describe('a price', () => {
  it.each([
    ['10.00 EUR', '10.0000', 'EUR'],
    ['EUR 10', '10.0000', 'EUR'],
    ['10,5 eur', '10.5000', 'EUR'],
    ['1,234.56 USD', '1234.5600', 'USD'],
    ['1.234,56 EUR', '1234.5600', 'EUR'],
    ['1,234 USD', '1234.0000', 'USD'],
    ['1.234.567 CLP', '1234567.0000', 'CLP'],
    ['1 234,5678 EUR', '1234.5678', 'EUR'],
    ['12\u00A0345,00 €', '12345.0000', 'EUR'],
    ["1'234.50 CHF", '1234.5000', 'CHF'],
    ['9.999 KWD', '9.9990', 'KWD'],
    ['0 EUR', '0.0000', 'EUR'],
  ])('%j is %s %s', (text, amount, currency) => {
    expect(parsePrice(text, null)).toEqual({ ok: true, amount, currency });
  });
  it.each([
    ['', 'bad_price'],
    ['ask us', 'bad_price'],
    ['-5 EUR', 'bad_price'],
    ['1e308 EUR', 'bad_price'],
    ['999999999999999 EUR', 'bad_price'],
    ['10.00', 'no_currency'],
    ['$10.00', 'bad_price'],
    ['10 ZZZ', 'unknown_currency'],
  ])('%j is refused: %s', (text, reason) => {
    expect(parsePrice(text, null)).toEqual({ ok: false, reason });
  });
});

describe('a sale price', () => {
  const saleOf = (record: FeedRecord) => {
    const reading = read({ price: '100 EUR', ...record });
    return reading.ok ? reading.product.price?.sale : reading.reason;
  };
  it('counts within its dates only', () => {
    const dates = (text: string) => saleOf({ sale_price: '80 EUR', sale_price_effective_date: text });
    expect(dates('2026-11-20T00:00+0100/2026-11-30T23:59+0100')).toBe('80.0000');
    expect(dates('2026-11-22T00:00+0100/2026-11-30T23:59+0100')).toBeNull();
    expect(dates('2026-11-01T00:00Z/2026-11-20T00:00Z')).toBeNull();
    expect(dates('whenever')).toBe('80.0000');
  });
  it('counts only when it is lower and in the same currency', () => {
    expect(saleOf({ sale_price: '100 EUR' })).toBeNull();
    expect(saleOf({ sale_price: '120 EUR' })).toBeNull();
    expect(saleOf({ sale_price: '80 USD' })).toBeNull();
    expect(saleOf({ sale_price: 'cheap' })).toBe('bad_price');
  });
});

describe('availability', () => {
  it.each([
    ['in_stock', 'in_stock'],
    ['In Stock', 'in_stock'],
    ['https://schema.org/OutOfStock', 'out_of_stock'],
    ['Épuisé', 'out_of_stock'],
    ['pre-order', 'preorder'],
    ['sur commande', 'backorder'],
    ['perhaps', null],
    ['constructor', null],
  ])('%j is %s', (text, availability) => {
    expect(readAvailability(text)).toBe(availability);
  });
  it('follows the stock when the feed says nothing', () => {
    expect(read({ quantity: '0' })).toMatchObject({ product: { availability: 'out_of_stock', stock: 0 } });
    expect(read({ quantity: '3.00' })).toMatchObject({ product: { availability: 'in_stock', stock: 3 } });
    expect(read({})).toMatchObject({ product: { availability: 'in_stock', stock: null, price: null } });
  });
});

describe('a row that is no product', () => {
  it.each<[FeedRecord, string]>([
    [{ id: ' ' }, 'no_id'],
    [{ id: 'x'.repeat(201) }, 'id_too_long'],
    [{ title: '' }, 'no_title'],
    [{ quantity: 'many' }, 'bad_stock'],
    [{ availability: 'perhaps' }, 'bad_availability'],
    [{ price: '1 ZZZ' }, 'unknown_currency'],
    [{ notes: 'x'.repeat(70_000) }, 'too_large'],
  ])('%# has a reason: %s', (record, reason) => {
    expect(read(record)).toMatchObject({ ok: false, reason });
  });
  it('quotes only the beginning of a long value', () => {
    const reading = read({ price: 'z'.repeat(5_000) });
    expect(reading.ok ? '' : reading.detail.length).toBeLessThan(100);
  });
});

it('keeps out of the database what it cannot hold', () => {
  expect(read({ title: 'a\0b\uD800c\uDC00d😀', note: '\uD83D' })).toMatchObject({
    product: { title: 'abcd😀', attributes: {} },
  });
});
