import { describe, expect, it } from 'vitest';
import { addDuration, instantOf, knownZone, nextHour, wallTime } from './localTime.ts';
import { holds, valueAt } from './matchFacts.ts';
import { pickWeighted, stableShare } from './stableShare.ts';
import { nextMoment } from './triggers/nextMoment.ts';
import { readDate, waitUntil } from './waits.ts';

const paris = 'Europe/Paris';
const at = (text: string): Date => new Date(text);

describe('a person’s clock', () => {
  it.each([
    ['the hour that is skipped in spring', '2026-03-29T02:30', '2026-03-29T01:30:00Z'],
    ['the hour that comes twice in autumn, the first time', '2026-10-25T02:30', '2026-10-25T00:30:00Z'],
    ['summer', '2026-07-01T09:00', '2026-07-01T07:00:00Z'],
    ['winter', '2026-01-01T09:00', '2026-01-01T08:00:00Z'],
  ])('shows %s', (_, wall, instant) => {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = wall.split(/\D/).map(Number);
    expect(instantOf({ year, month, day, hour, minute }, paris)).toEqual(at(instant));
  });

  it('agrees with itself in every zone around every hour of the changes', () => {
    for (const zone of [paris, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/St_Johns', 'UTC']) {
      for (const day of ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01']) {
        for (let quarter = 0; quarter < 192; quarter += 1) {
          const instant = new Date(Date.parse(`${day}T00:00:00Z`) - 43_200_000 + quarter * 900_000);
          const again = instantOf(wallTime(instant, zone), zone);
          // Of an hour that comes twice the first is meant.
          expect(instant.getTime() - again.getTime()).toBeOneOf([0, 1_800_000, 3_600_000]);
        }
      }
    }
  });

  it('keeps the hour over days, weeks and months, and lets minutes and hours pass', () => {
    expect(addDuration(at('2026-03-28T09:30:15Z'), { n: 1, unit: 'day' }, paris)).toEqual(at('2026-03-29T08:30:15Z'));
    expect(addDuration(at('2026-03-28T09:30:00Z'), { n: 24, unit: 'hour' }, paris)).toEqual(at('2026-03-29T09:30:00Z'));
    expect(addDuration(at('2026-10-20T08:00:00Z'), { n: 1, unit: 'week' }, paris)).toEqual(at('2026-10-27T09:00:00Z'));
    expect(addDuration(at('2026-01-31T12:00:00Z'), { n: 1, unit: 'month' }, paris)).toEqual(at('2026-02-28T12:00:00Z'));
  });

  it('finds the next such hour, on such a day', () => {
    expect(nextHour(at('2026-06-05T07:00:00Z'), '09:00', undefined, paris)).toEqual(at('2026-06-05T07:00:00Z'));
    expect(nextHour(at('2026-06-05T07:00:01Z'), '09:00', undefined, paris)).toEqual(at('2026-06-06T07:00:00Z'));
    expect(nextHour(at('2026-06-05T10:00:00Z'), '09:00', [1, 2, 3, 4, 5], paris)).toEqual(at('2026-06-08T07:00:00Z'));
    expect(knownZone('Mars/Olympus', paris)).toBe(paris);
  });

  it('waits for dates in traits, days before them, and not for those that are over', () => {
    const waiter = { zone: paris, traits: { renewal: '2026-06-20', odd: 'soon' }, run: {} };
    const until = (trait: string, days: number) =>
      waitUntil({ kind: 'date', at: { trait }, days, hour: '10:00' }, waiter, at('2026-06-01T00:00:00Z'));
    expect(until('renewal', -3)).toEqual(at('2026-06-17T08:00:00Z'));
    expect(until('renewal', -30)).toBeNull();
    expect(until('odd', 0)).toBeNull();
    expect(readDate(1_781_000_000, paris)).toEqual(new Date(1_781_000_000_000));
  });

  it('says when the calendar comes round', () => {
    const from = at('2026-06-05T12:00:00Z');
    const weekly = { kind: 'schedule', every: { unit: 'week', day: 1 }, hour: '10:00' } as const;
    const once = { kind: 'schedule', every: { unit: 'once', date: '2026-06-05' }, hour: '10:00' } as const;
    const monthly = { kind: 'schedule', every: { unit: 'month', day: 5 }, hour: '10:00' } as const;
    expect(nextMoment(weekly, from, paris)).toEqual(at('2026-06-08T08:00:00Z'));
    expect(nextMoment(once, from, paris)).toBeNull();
    expect(nextMoment(monthly, from, paris)).toEqual(at('2026-07-05T08:00:00Z'));
    expect(nextMoment({ kind: 'api' }, from, paris)).toBeNull();
  });
});

describe('facts', () => {
  const event = {
    properties: { cart_id: 'C1', value: '40.5', products: [{ id: 'a' }, { id: 'b' }], tags: ['Sale', 'new'], 'a.b': 1 },
  };
  const run = { event: { properties: { cart_id: 'c1' } } };

  it.each([
    [{ path: 'properties.cart_id', op: 'is', value: 'c1' }, true],
    [{ path: 'properties.cart_id', op: 'is', run: 'event.properties.cart_id' }, true],
    [{ path: 'properties.cart_id', op: 'is_not', run: 'event.properties.cart_id' }, false],
    [{ path: 'properties.cart_id', op: 'is_not', run: 'event.properties.order_id' }, false],
    [{ path: 'properties.cart_id', op: 'is', run: 'event.properties.order_id' }, false],
    [{ path: 'properties.missing', op: 'is_not', value: 'x' }, true],
    [{ path: 'properties.missing', op: 'is', value: '' }, false],
    [{ path: 'properties.value', op: 'gte', value: 40 }, true],
    [{ path: 'properties.value', op: 'is', value: 40.5 }, true],
    [{ path: 'properties.value', op: 'lt', value: 40 }, false],
    [{ path: 'properties.products.1.id', op: 'is', value: 'B' }, true],
    [{ path: 'properties.tags', op: 'contains', value: 'sal' }, true],
    [{ path: 'properties.tags', op: 'in', values: ['old', 'NEW'] }, true],
    [{ path: 'properties.a.b', op: 'is', value: 1 }, true],
    [{ path: 'properties.products', op: 'present' }, true],
    [{ path: 'constructor', op: 'present' }, false],
    [{ path: 'properties.__proto__.toString', op: 'present' }, false],
  ] as const)('%j is %s', (fact, expected) => {
    const { path, op, ...rest } = fact;
    const values = 'values' in rest ? { values: [...rest.values] } : {};
    const value = 'value' in rest ? { value: rest.value } : {};
    const side = 'run' in rest ? { run: rest.run } : {};
    expect(holds({ path, op, ...values, ...value, ...side }, event, run)).toBe(expected);
  });

  it('are looked up no deeper than there is something', () => {
    expect(valueAt(event, 'properties.value.length')).toBeUndefined();
    expect(valueAt(null, 'x')).toBeUndefined();
  });
});

describe('chance', () => {
  it('falls the same way every time and by its weights', () => {
    const picked = Array.from({ length: 20_000 }, (_, id) => pickWeighted([1, 3, 0], stableShare(`1/split/${id}`)));
    expect(picked.filter((way) => way === 0).length / 20_000).toBeCloseTo(0.25, 1);
    expect(picked).not.toContain(2);
    expect(stableShare('1/split/7')).toBe(stableShare('1/split/7'));
  });
});
