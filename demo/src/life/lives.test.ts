import { describe, expect, it } from 'vitest';
import { buildCatalogue } from '../catalogue/catalogue.ts';
import { saleOn } from '../catalogue/prices.ts';
import { siteByCode } from '../market.ts';
import { buildPopulation } from '../people/population.ts';
import { Calendar, day, fromLocal, toLocal } from './calendar.ts';
import type { Life } from './planLife.ts';
import { type PlacedOrder, planRetailer } from './planRetailer.ts';

const end = Date.parse('2026-11-21T18:00:00Z');
const calendar = new Calendar(Date.parse('2024-11-21T00:00:00Z'), end);
const catalogue = buildCatalogue();
const lives: { life: Life; orders: readonly PlacedOrder[] }[] = [];
const planning = planRetailer(buildPopulation(20, 3000), catalogue, calendar);
let next = planning.next();
while (next.done !== true) {
  lives.push(next.value);
  next = planning.next();
}
const plan = next.value;
const orders = lives.flatMap(({ orders: placed }) => placed);

describe('the lives of customers', () => {
  it('spreads spending unevenly: a tenth of the buyers bring more than a third of the revenue', () => {
    const spent = lives
      .map(({ orders: placed }) => placed.reduce((sum, { order }) => sum + order.total, 0))
      .filter((sum) => sum > 0)
      .sort((a, b) => b - a);
    const all = spent.reduce((sum, one) => sum + one, 0);
    const best = spent.slice(0, Math.floor(spent.length / 10)).reduce((sum, one) => sum + one, 0);
    expect(best / all).toBeGreaterThan(0.33);
    expect(spent.length / lives.length).toBeLessThan(0.8);
  });

  it('sells more before Christmas than in August, and more in the sales', () => {
    const inMonth = (month: string) =>
      orders.filter(({ plan: { at } }) => new Date(at).toISOString().startsWith(month)).length;
    expect(inMonth('2025-12')).toBeGreaterThan(1.4 * inMonth('2025-08'));
    const reduced = orders.filter(({ order }) => order.lines.some((line) => line.unit < line.list));
    const onSale = orders.filter(({ plan: { at } }) => saleOn(at) !== null);
    expect(onSale.length / orders.length).toBeGreaterThan(0.14);
    expect(reduced.length).toBeGreaterThan(onSale.length * 0.4);
  });

  it('sells coats in winter and hats in summer', () => {
    const share = (code: string, months: readonly number[]) => {
      const lines = orders.flatMap(({ plan: { at }, order }) =>
        order.lines.filter(({ variant }) => variant.model.category.code === code).map(() => new Date(at).getUTCMonth()),
      );
      return lines.filter((month) => months.includes(month)).length / lines.length;
    };
    expect(share('VF', [9, 10, 11, 0])).toBeGreaterThan(0.6);
    expect(share('CH', [3, 4, 5, 6, 7])).toBeGreaterThan(0.5);
  });

  it('loses customers for good: many who bought last year did not this year', () => {
    const yearAgo = end - 365 * day;
    const bought = lives.filter(({ orders: placed }) => placed.some(({ plan: { at } }) => at < yearAgo));
    const returned = bought.filter(({ orders: placed }) => placed.some(({ plan: { at } }) => at >= yearAgo));
    expect(returned.length / bought.length).toBeGreaterThan(0.3);
    expect(returned.length / bought.length).toBeLessThan(0.75);
  });

  it('puts things that belong together into one basket far more often than chance', () => {
    const baskets = orders.map(
      ({ order }) => new Set(order.lines.map(({ variant }) => variant.model.line ?? variant.model.id)),
    );
    const pairs = orders.filter(({ order }) => {
      const lines = order.lines.map(({ variant }) => variant.model.line).filter((line) => line !== null);
      return lines.length > new Set(lines).size;
    });
    const homeBaskets = baskets.filter((basket) => [...basket].some((name) => !/\d/.test(name)));
    expect(pairs.length / homeBaskets.length).toBeGreaterThan(0.15);
  });

  it('lets people keep their size and come back to their favourite category', () => {
    let same = 0;
    let all = 0;
    for (const { orders: placed } of lives) {
      const sizes = placed.flatMap(({ order }) =>
        order.lines.filter(({ variant }) => variant.model.category.code === 'RO').map(({ variant }) => variant.size),
      );
      for (let place = 1; place < sizes.length; place++) {
        all++;
        if (sizes[place] === sizes[place - 1]) same++;
      }
    }
    expect(all).toBeGreaterThan(100);
    // By chance it would be one in seven.
    expect(same / all).toBeGreaterThan(0.6);
  });

  it('uses up candles and soap at a steady pace', () => {
    const gaps = lives.flatMap(({ orders: placed }) => {
      const refills = placed.filter(({ plan: one }) => one.refill).map(({ plan: one }) => one.at);
      return refills.slice(1).map((at, place) => (at - (refills[place] ?? at)) / day);
    });
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const spread = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
    expect(mean).toBeGreaterThan(45);
    expect(mean).toBeLessThan(80);
    expect(spread / mean).toBeLessThan(0.35);
  });

  it('takes things back, and clothes more often than things for the house', () => {
    const rate = (department: string) => {
      const sold = orders
        .flatMap(({ order }) => order.lines)
        .filter((line) => line.variant.model.category.department === department);
      const back = orders
        .flatMap(({ order }) => order.refund?.lines ?? [])
        .filter((line) => line.variant.model.category.department === department);
      return back.length / sold.length;
    };
    expect(rate('women')).toBeGreaterThan(2 * rate('home'));
    for (const { order } of orders) expect(order.refund?.amount ?? 0).toBeLessThanOrEqual(order.total);
  });

  it('opens stores on weekdays and Saturdays by day, in local time', () => {
    for (const { plan: one } of orders) {
      if (one.channel !== 'store') continue;
      const local = new Date(toLocal(one.at, one.site));
      expect(local.getUTCDay()).not.toBe(0);
      expect(local.getUTCHours()).toBeGreaterThanOrEqual(10);
      expect(local.getUTCHours()).toBeLessThan(20);
    }
  });
});

describe('planRetailer', () => {
  it('gives back what happens in order of time, all of it', () => {
    let before = 0;
    let count = 0;
    for (const { at } of plan.web.inOrder()) {
      expect(at).toBeGreaterThanOrEqual(before);
      before = at;
      count++;
    }
    expect(count).toBe(plan.web.size);
    expect(before).toBeLessThan(end);
  });
});

describe('local time', () => {
  it('changes the clock on the last Sundays of March and October', () => {
    const [paris, london] = [siteByCode('fr'), siteByCode('uk')];
    expect(new Date(toLocal(Date.parse('2026-03-29T00:59:00Z'), paris)).toISOString()).toContain('T01:59');
    expect(new Date(toLocal(Date.parse('2026-03-29T01:00:00Z'), paris)).toISOString()).toContain('T03:00');
    expect(new Date(toLocal(Date.parse('2026-10-25T01:00:00Z'), london)).toISOString()).toContain('T01:00');
    for (const at of ['2026-07-14T10:00:00Z', '2026-12-24T10:00:00Z']) {
      expect(fromLocal(toLocal(Date.parse(at), paris), paris)).toBe(Date.parse(at));
    }
  });
});
