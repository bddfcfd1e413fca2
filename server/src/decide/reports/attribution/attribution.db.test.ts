import {
  type Attribution,
  type AttributionInput,
  attributionInputSchema,
  attributionModels,
  attributionSchema,
  reportPeopleSchema,
} from '@vitrail/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestWorkspace } from '../../../../test/builders.ts';
import { openReportShop, personOf, randomSample, type SampleEvent } from '../../../../test/reportShop.ts';
import { useStores } from '../../../../test/stores.ts';
import { encodeProfileId } from '../../../collect/index.ts';
import { localDay } from '../../analytics/days.ts';
import { readAttribution } from './readAttribution.ts';

const stores = useStores();
const zone = 'Europe/Paris';
const sample = randomSample(5, { from: '2026-02-01', days: 60, people: 50 });
let shop: TestWorkspace;
beforeAll(async () => {
  stores.clock.set('2026-04-15T10:00:00Z');
  shop = await openReportShop(stores, sample, zone);
});
const period = { from: '2026-02-15', to: '2026-03-31' };
const ask = async (input: object): Promise<Attribution> =>
  attributionSchema.parse(
    await readAttribution(stores, shop.id, attributionInputSchema.parse({ ...period, ...input })),
  );

const networks: Record<string, readonly [string, string]> = {
  gclid: ['google', 'cpc'],
  fbclid: ['facebook', 'social'],
  msclkid: ['bing', 'cpc'],
};
/** Source, medium and campaign that a view came by; null without any. */
function originOf({ source, medium, campaign, url }: SampleEvent): readonly [string, string, string] | null {
  if (source || medium || campaign) return [source, medium, campaign];
  const query = new URLSearchParams(url.split('?')[1] ?? '');
  for (const [parameter, [network, kind]] of Object.entries(networks))
    if (query.has(parameter)) return [network, kind, ''];
  return null;
}
const sales = sample.orders
  .filter(({ status, at }) => {
    const day = localDay(new Date(at), zone);
    return status === 'completed' && day >= period.from && day <= period.to;
  })
  .map((order) => ({
    id: order.id,
    at: order.at,
    person: personOf(sample, order.person),
    units: order.total - order.refunded,
  }));
const views = sample.events
  .filter(({ type, bot, person }) => type === 'page' && !bot && person > 0)
  .flatMap((event) => {
    const origin = originOf(event);
    return origin === null ? [] : [{ at: event.at, person: personOf(sample, event.person), origin }];
  })
  .toSorted((a, b) => a.at - b.at || (a.origin.join('\u0000') < b.origin.join('\u0000') ? -1 : 1));

const dayMs = 86_400_000;
/** Visits that led to an order: views of one campaign close after each other are one. */
function visitsOf(sale: (typeof sales)[number], lookbackDays: number) {
  const near = views.filter(
    ({ person, at }) => person === sale.person && at <= sale.at && at > sale.at - lookbackDays * dayMs,
  );
  return near.filter((view, index) => {
    const before = near[index - 1];
    return before === undefined || view.at - before.at > 1_800_000 || view.origin.join() !== before.origin.join();
  });
}
function weightsOf(model: (typeof attributionModels)[number], ages: readonly number[]): number[] {
  const n = ages.length;
  const whole = ages.map((age, index) => {
    if (model === 'first') return index === 0 ? 1 : 0;
    if (model === 'last') return index === n - 1 ? 1 : 0;
    if (model === 'linear') return 1;
    if (model === 'decay') return 0.5 ** (age / (7 * dayMs));
    if (n <= 2) return 1;
    return index === 0 || index === n - 1 ? 0.4 : 0.2 / (n - 2);
  });
  const sum = whole.reduce((total, weight) => total + weight, 0);
  return whole.map((weight) => weight / sum);
}
const keyOf = ([source, medium, campaign]: readonly [string, string, string], by: AttributionInput['by']): string => {
  const set = (text: string): string => text || '(not set)';
  return {
    source: set(source),
    medium: set(medium),
    source_medium: `${set(source)} / ${set(medium)}`,
    campaign: set(campaign),
  }[by];
};

function expected(by: AttributionInput['by'], model: (typeof attributionModels)[number], lookbackDays: number) {
  const rows = new Map<string, { revenue: number; orders: number; buyers: Set<number>; credited: Set<number> }>();
  for (const sale of sales) {
    const visits = visitsOf(sale, lookbackDays);
    const shares =
      visits.length === 0
        ? [{ key: '(direct)', share: 1 }]
        : weightsOf(
            model,
            visits.map(({ at }) => sale.at - at),
          ).map((share, index) => ({ key: keyOf(visits[index]?.origin ?? ['', '', ''], by), share }));
    for (const { key, share } of shares) {
      const row = rows.get(key) ?? { revenue: 0, orders: 0, buyers: new Set(), credited: new Set() };
      rows.set(key, row);
      row.revenue += (sale.units * share) / 10_000;
      row.orders += share;
      if (sale.person > 0) row.buyers.add(sale.person);
      if (sale.person > 0 && share > 0) row.credited.add(sale.person);
    }
  }
  return rows;
}

describe('attribution', () => {
  it.each(['source', 'medium', 'source_medium', 'campaign'] as const)('by %s agrees with the models', async (by) => {
    const answer = await ask({ by });
    expect(answer.rows.some(({ group }) => group === '(direct)')).toBe(true);
    for (const model of attributionModels) {
      const wanted = expected(by, model, 30);
      expect(answer.rows.map(({ group }) => group).toSorted()).toEqual([...wanted.keys()].toSorted());
      for (const row of answer.rows) {
        const own = wanted.get(row.group);
        // Rounded to a ten-thousandth per order.
        expect(Math.abs(row[model].revenue - (own?.revenue ?? 0))).toBeLessThan(0.01);
        expect(row[model].orders).toBeCloseTo(own?.orders ?? 0, 3);
        expect(row.buyers).toBe(own?.buyers.size);
      }
    }
  });

  it('adds up to the revenue to the last digit, by every model', async () => {
    const units = sales.reduce((sum, sale) => sum + sale.units, 0);
    const answer = await ask({ lookbackDays: 14 });
    expect(answer.totals).toEqual({
      orders: sales.length,
      revenue: units / 10_000,
      buyers: new Set(sales.map(({ person }) => person).filter((person) => person > 0)).size,
    });
    for (const model of attributionModels) {
      const sum = answer.rows.reduce((total, row) => total + Math.round(row[model].revenue * 10_000), 0);
      expect(sum).toBe(units);
    }
  });

  it('looks back only as far as asked', async () => {
    const answer = await ask({ lookbackDays: 2 });
    const wanted = expected('source', 'last', 2);
    for (const row of answer.rows) expect(row.last.orders).toBeCloseTo(wanted.get(row.group)?.orders ?? 0, 3);
    expect(wanted.get('(direct)')?.orders).toBeGreaterThan(expected('source', 'last', 30).get('(direct)')?.orders ?? 0);
  });

  it('names the buyers a model gives a source credit for', async () => {
    for (const model of ['first', 'linear'] as const) {
      const people = { group: 'google', model, limit: 1_000 };
      const page = reportPeopleSchema.parse(
        await readAttribution(stores, shop.id, attributionInputSchema.parse({ ...period, people })),
      );
      const wanted = [...(expected('source', model, 30).get('google')?.credited ?? [])].toSorted((a, b) => a - b);
      expect(page).toEqual({ count: wanted.length, items: wanted.map(encodeProfileId), next: null });
    }
  });
});
