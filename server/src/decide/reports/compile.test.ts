import {
  attributionInputSchema,
  funnelInputSchema,
  pathsInputSchema,
  retentionInputSchema,
  trendInputSchema,
  valuesInputSchema,
} from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { compileAttribution } from './attribution/compileAttribution.ts';
import { compileDashboardLines, compileDashboardSales, compileDashboardVisits } from './dashboard/compileDashboard.ts';
import { compileFunnel } from './funnel/compileFunnel.ts';
import { compilePaths } from './paths/compilePaths.ts';
import { compileRetention } from './retention/compileRetention.ts';
import { choosePeriod, type Scope } from './scope.ts';
import { compileTrend } from './trend/compileTrend.ts';
import { compileValues } from './values/compileValues.ts';

const now = new Date('2026-11-22T10:00:00Z');
const scopeOf = (compare: 'none' | 'previous'): Scope => ({
  workspace: 7,
  zone: 'Europe/Paris',
  currency: 'EUR',
  now,
  at: now,
  ...choosePeriod({ from: '2026-11-01', to: '2026-11-14', compare }, 'Europe/Paris', now),
});
const [alone, compared] = [scopeOf('none'), scopeOf('previous')];
const nasty = "x'); drop table events; --";
const filters = [{ field: 'site', values: [nasty] }];

const all: readonly [string, { query: { text: string }; values: object }][] = [
  [
    'trend of people by device, compared',
    compileTrend(
      trendInputSchema.parse({
        metric: { of: 'people', match: { type: 'track', events: [nasty] } },
        breakdown: { field: 'device_type' },
        filters,
        interval: 'week',
      }),
      ['red', nasty],
      compared,
    ),
  ],
  [
    'trend of revenue by category of the lines',
    compileTrend(
      trendInputSchema.parse({ metric: { of: 'revenue' }, breakdown: { field: 'category' }, filters }),
      ['Shoes'],
      alone,
    ),
  ],
  ['trend of conversion', compileTrend(trendInputSchema.parse({ metric: { of: 'conversion' }, filters }), null, alone)],
  [
    'funnel by device',
    compileFunnel(
      funnelInputSchema.parse({
        steps: [{ match: { events: [nasty] } }, { match: { type: 'page' } }],
        breakdown: { field: 'device_type' },
        filters,
      }),
      alone,
    ),
  ],
  ['retention of buyers', compileRetention(retentionInputSchema.parse({ filters }), alone)],
  [
    'retention from an event to another',
    compileRetention(
      retentionInputSchema.parse({
        first: { of: 'event', match: { events: [nasty] } },
        back: { of: 'event', match: { type: 'page' } },
        interval: 'week',
      }),
      alone,
    ),
  ],
  ['attribution by source', compileAttribution(attributionInputSchema.parse({ filters }), alone)],
  [
    'paths after an event',
    compilePaths(pathsInputSchema.parse({ start: { events: [nasty] }, filters }), ['1 page:/'], alone),
  ],
  ['values', compileValues(valuesInputSchema.parse({ filters }), alone)],
  ['dashboard: sales', compileDashboardSales([], compared)],
  ['dashboard: lines', compileDashboardLines([], 10, compared)],
  ['dashboard: visits', compileDashboardVisits([], compared)],
];

const byProperty = compileTrend(
  trendInputSchema.parse({
    metric: { of: 'people' },
    breakdown: { property: nasty },
    filters: [{ property: nasty, values: [nasty] }],
  }),
  [nasty],
  alone,
);

describe('the SQL of a report', () => {
  it.each(all)('of %s is what it was', (_, { query, values }) => {
    expect(`${query.text}\n\n${JSON.stringify(values)}`).toMatchSnapshot();
  });

  it.each([...all, ['trend by a property', byProperty] as const])(
    'of %s holds no value a person gave, and only the rows of its workspace',
    (_, { query, values }) => {
      expect(query.text).not.toContain(nasty);
      expect(values).toMatchObject({ workspace: 7 });
      // Every table it reads is bound to the workspace.
      const reads = query.text.match(/from (events|orders|order_lines|memberships|profile_root)\b/g) ?? [];
      const bound = query.text.match(/workspace_id = \{workspace:UInt32\}/g) ?? [];
      expect(reads.length).toBeGreaterThan(0);
      expect(bound.length).toBeGreaterThanOrEqual(reads.length);
    },
  );
});

describe('the period of a report', () => {
  it('is laid on the days just before, or on the same weekdays a year before', () => {
    expect(compared).toMatchObject({ before: { from: '2026-10-18', to: '2026-10-31' }, shift: 14 });
    const year = choosePeriod({ from: '2026-11-01', to: '2026-11-14', compare: 'year' }, 'Europe/Paris', now);
    expect(year).toMatchObject({ before: { from: '2025-11-02', to: '2025-11-15' }, shift: 364 });
  });

  it('begins and ends at local midnight, also where the clocks change', () => {
    const { current } = choosePeriod({ from: '2026-10-24', to: '2026-10-25' }, 'Europe/Paris', now);
    expect([current.fromMs, current.toMs].map((ms) => new Date(ms).toISOString())).toEqual([
      '2026-10-23T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ]);
  });

  it('is refused when it overlaps the year it is compared with', () => {
    expect(() => choosePeriod({ from: '2025-01-01', to: '2026-11-14', compare: 'year' }, 'UTC', now)).toThrow(/364/);
    expect(() => choosePeriod({ from: '2026-02-01', to: '2026-01-01' }, 'UTC', now)).toThrow(/after/);
  });
});
