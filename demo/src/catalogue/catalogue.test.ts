import { describe, expect, it } from 'vitest';
import { sites } from '../market.ts';
import { buildCatalogue } from './catalogue.ts';
import { priceOn, saleOn } from './prices.ts';
import { stockOf } from './stock.ts';
import { materialsEnglish } from './words.ts';

const catalogue = buildCatalogue();

describe('buildCatalogue', () => {
  it('has 300 models and more, each article with an id, bar code and address of its own', () => {
    expect(catalogue.models.length).toBeGreaterThanOrEqual(300);
    expect(new Set(catalogue.models.map((model) => model.slug)).size).toBe(catalogue.models.length);
    expect(new Set(catalogue.variants.map((variant) => variant.sku)).size).toBe(catalogue.variants.length);
    expect(new Set(catalogue.variants.map((variant) => variant.ean)).size).toBe(catalogue.variants.length);
  });

  it('gives bar codes a right check digit in the range for a shop’s own use', () => {
    for (const { ean } of catalogue.variants) {
      const sum = [...ean].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
      expect(ean).toMatch(/^29\d{11}$/);
      expect(sum % 10).toBe(0);
    }
  });

  it('names every model and material in both languages, and every companion category exists', () => {
    const codes = new Set(catalogue.categories.map((category) => category.code));
    for (const category of catalogue.categories) {
      for (const companion of category.companions) expect(codes).toContain(companion);
      for (const material of category.materials) expect(materialsEnglish).toHaveProperty([material]);
    }
    for (const model of catalogue.models) {
      expect(model.en).not.toBe(model.fr);
      expect(new Set(model.colours.map((colour) => colour.code)).size).toBe(model.colours.length);
    }
  });

  it('is the same at every call', () => {
    expect(JSON.stringify(buildCatalogue().models.map(({ variants: _, ...model }) => model))).toBe(
      JSON.stringify(catalogue.models.map(({ variants: _, ...model }) => model)),
    );
  });
});

describe('priceOn', () => {
  it('reduces some models in the sales and none outside', () => {
    const reduced = (at: string) =>
      catalogue.models.filter((model) => priceOn(model, 'EUR', Date.parse(at)).now < model.price).length;
    expect(reduced('2026-04-15T12:00:00Z')).toBe(0);
    expect(reduced('2026-01-20T12:00:00Z')).toBeGreaterThan(100);
    expect(reduced('2026-07-10T12:00:00Z')).toBeGreaterThan(100);
  });

  it('knows the Black Friday weekends of the calendar', () => {
    for (const day of ['2024-11-29', '2025-11-28', '2026-11-27', '2026-11-30'])
      expect(saleOn(Date.parse(day))).not.toBeNull();
    for (const day of ['2024-11-28', '2025-11-21', '2026-11-26', '2026-12-01'])
      expect(saleOn(Date.parse(day))).toBeNull();
  });

  it('never asks less than half nor more than the list price, in any currency', () => {
    for (const model of catalogue.models) {
      for (const { currency } of sites) {
        const { list, now } = priceOn(model, currency, Date.parse('2026-01-30'));
        expect(now).toBeLessThanOrEqual(list);
        expect(now).toBeGreaterThanOrEqual(list / 2 - 25);
      }
    }
  });
});

describe('stockOf', () => {
  it('leaves a few articles out of stock, differently from day to day', () => {
    const missing = (day: number) =>
      catalogue.variants.filter((variant) => stockOf(20, variant, day) === 0).map((variant) => variant.sku);
    const share = missing(20_000).length / catalogue.variants.length;
    expect(share).toBeGreaterThan(0.04);
    expect(share).toBeLessThan(0.2);
    expect(missing(20_001)).not.toEqual(missing(20_000));
  });
});
