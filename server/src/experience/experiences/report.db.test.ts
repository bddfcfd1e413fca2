import { experienceReportSchema, experienceRequestSchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../test/builders.ts';
import { insertRows } from '../../../test/buyers.ts';
import { experimentBy } from '../../../test/experiments.ts';
import { useStores } from '../../../test/stores.ts';
import { createExperience } from './changeExperiences.ts';
import { readReport } from './report.ts';

const stores = useStores();
const started = Date.parse('2026-04-01T08:00:00Z');
const hour = 3_600_000;
const bar = { kind: 'bar', texts: { en: { title: 'Free delivery' } } };

describe('a report of an experience', () => {
  it('tells groups apart by the device they saw it on and by segment, corrected for looking at many', async () => {
    stores.clock.set(new Date(started).toISOString());
    const shop = await createWorkspace(stores, { timeZone: 'Europe/Paris' });
    const request = experienceRequestSchema.parse({
      key: 'delivery',
      name: 'Delivery',
      control: 0.5,
      variants: [{ key: 'a', name: 'A', weight: 1, content: bar }],
    });
    const { id } = await createExperience(stores, experimentBy(shop), request);
    const people = Array.from({ length: 1_600 }, (_, index) => ({
      id: 200_000 + index,
      variant: index % 2 === 0 ? 'a' : '',
      device: index % 4 < 2 ? 'mobile' : 'desktop',
      // On phones twice as many buy with it; on desks as many as without.
      buys: index % 4 === 0 ? index % 20 < 8 : index % 20 < 4,
    }));
    await insertRows(
      stores,
      'events',
      people.map((person, index) => ({
        workspace_id: shop.id,
        profile_id: person.id,
        timestamp: started + hour,
        received_at: started + hour,
        message_id: `report-${index}`,
        type: 'track',
        event: 'Experience Viewed',
        device_type: person.device,
        properties: JSON.stringify({
          experience: 'delivery',
          variant: person.variant,
          ...(index % 4 === 0 && { waitMs: index === 0 ? 900 : 20, applyMs: 1.5 }),
        }),
      })),
    );
    await insertRows(
      stores,
      'customer_orders',
      people
        .filter(({ buys }) => buys)
        .map((person) => ({
          workspace_id: shop.id,
          profile_id: person.id,
          order_id: `o${person.id}`,
          ordered_at: started + 2 * hour,
          status: 'completed',
          currency: 'EUR',
          total: 30,
          base_total: 30,
          base_refunded: 0,
          version: 1,
        })),
    );
    await insertRows(
      stores,
      'memberships',
      people
        .filter(({ id: person }) => person % 8 < 2)
        .map((person) => ({ workspace_id: shop.id, segment_id: 12, profile_id: person.id, member: true, version: 1 })),
    );
    stores.clock.set(new Date(started + 24 * hour).toISOString());
    const read = async (by?: string) =>
      experienceReportSchema.parse(await readReport(stores, shop.id, Number(id), { days: 30, by }));
    const plain = await read();
    expect(plain.groups).toEqual([]);
    expect(plain.cost).toEqual({ pages: 400, wait: { p50: 20, p95: 20 }, apply: { p50: 1.5, p95: 1.5 } });
    const byDevice = await read('device');
    expect(byDevice.variants).toEqual(plain.variants);
    expect(byDevice.groups.map(({ group }) => group)).toEqual(['desktop', 'mobile']);
    const mobile = byDevice.groups.find(({ group }) => group === 'mobile');
    const bought = (list: typeof people): number => list.filter(({ buys }) => buys).length;
    expect(mobile?.variants.find(({ variant }) => variant === 'a')).toMatchObject({
      people: 400,
      buyers: bought(people.filter(({ device, variant }) => device === 'mobile' && variant === 'a')),
    });
    const [comparison] = mobile?.comparisons ?? [];
    expect(comparison?.low).toBeGreaterThan(0);
    // Two comparisons were made: the smaller p-value counts twice.
    expect(comparison?.corrected).toBeCloseTo(2 * (comparison?.pValue ?? 0), 12);
    const sum = byDevice.groups.flatMap(({ variants }) => variants).reduce((total, { people: n }) => total + n, 0);
    expect(sum).toBe(1_600);
    const bySegment = await read('segment:12');
    expect(
      bySegment.groups.map(({ group, variants }) => [group, variants.reduce((n, each) => n + each.people, 0)]),
    ).toEqual([
      ['out', 1_200],
      ['in', 400],
    ]);
  });
});
