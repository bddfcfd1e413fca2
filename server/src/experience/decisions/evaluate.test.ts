import { type ExperienceRequest, experienceRequestSchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { evaluate, type RunningExperience, type Seen, type Situation, type Visitor } from './evaluate.ts';
import { factsOf } from './facts.ts';
import { wallClock } from './moment.ts';

const now = new Date('2026-05-20T12:00:00Z'); // a Wednesday
const clock = { hour: 14, weekday: 3, minutes: 14 * 60 };
const bar = { kind: 'bar', texts: { en: { title: 'Hello' } } };
let ids = 0;
const running = (fields: object = {}): RunningExperience => {
  ids += 1;
  const definition: ExperienceRequest = experienceRequestSchema.parse({
    key: `e${ids}`,
    name: 'Bar',
    variants: [{ key: 'a', name: 'A', weight: 1, content: bar }],
    ...fields,
  });
  const { segments, exclude } = definition.audience;
  const named = { id: ids, key: definition.key, version: 1, definition };
  return { ...named, segments: segments.map(Number), exclude: exclude.map(Number) };
};
const two = [
  { key: 'a', name: 'A', weight: 0.5, content: bar },
  { key: 'b', name: 'B', weight: 0.5, content: bar },
];
const visitor = (fields: Partial<Visitor> = {}): Visitor => ({
  unit: 'device-1',
  known: false,
  segments: new Set(),
  seen: new Map(),
  answered: new Map(),
  mayPersonalise: true,
  ...fields,
});
const situation = (fields: Partial<Situation> = {}): Situation => ({
  site: null,
  visit: null,
  facts: {},
  now,
  clock,
  ...fields,
});
const seen = (fields: Partial<Seen> = {}): Seen => ({
  variant: 'a',
  views: 1,
  recent: [now.getTime() - 3_600_000],
  visit: null,
  visitViews: 1,
  clickedAt: null,
  closedAt: null,
  ...fields,
});
const reasons = (experiences: RunningExperience[], who: Visitor, where: Situation = situation()): string[] =>
  evaluate(experiences, who, where).leftOut.map(({ reason, detail }) => `${reason} ${detail}`.trim());

describe('who gets an experience', () => {
  it('is everybody when nothing is asked', () => {
    expect(evaluate([running()], visitor(), situation()).decided.map(({ variant }) => variant?.key)).toEqual(['a']);
  });

  it('is whoever is in one of its segments and in none of the excluded', () => {
    const audience = { segments: ['3', '4'], exclude: ['9'] };
    expect(reasons([running({ audience })], visitor({ segments: new Set([4]) }))).toEqual([]);
    expect(reasons([running({ audience })], visitor({ segments: new Set([5]) }))).toEqual(['not_in_segment 3, 4']);
    expect(reasons([running({ audience })], visitor({ segments: new Set([4, 9]) }))).toEqual(['excluded 9']);
  });

  it('is the known or the unknown where that is asked', () => {
    expect(reasons([running({ audience: { visitors: 'known' } })], visitor())).toEqual(['visitors known']);
    expect(reasons([running({ audience: { visitors: 'anonymous' } })], visitor())).toEqual([]);
  });

  it('is nobody we may not tell apart, where it takes telling them apart', () => {
    const nobody = visitor({ mayPersonalise: false, unit: null });
    const personal = [
      { audience: { segments: ['3'] } },
      { audience: { exclude: ['3'] } },
      { audience: { visitors: 'anonymous' } },
      { variants: two },
      { control: 0.1 },
    ];
    for (const fields of personal) expect(reasons([running(fields)], nobody)).toEqual(['no_consent']);
    expect(reasons([running()], nobody)).toEqual([]);
  });
});

describe('where and when', () => {
  it('follows site, page and cart; what a page does not say does not hold', () => {
    const when = [
      { field: 'page.path', op: 'starts', values: ['/cart'] },
      { field: 'cart.value', op: 'at_least', value: 50 },
    ];
    const facts = (page: object, context: object) => factsOf(page, context, clock);
    const at = (page: object, context: object) =>
      reasons([running({ when })], visitor(), situation({ facts: facts(page, context) }));
    expect(at({ path: '/Cart/2' }, { cart: { value: 50 } })).toEqual([]);
    expect(at({ url: 'https://shop.example/cart?x=1' }, { cart: { value: 80 } })).toEqual([]);
    expect(at({ path: '/cart' }, { cart: { value: 49.9 } })).toEqual(['condition cart.value']);
    expect(at({}, { cart: { value: 60 } })).toEqual(['condition page.path']);
    const notSale = [{ field: 'page.path', op: 'not_contains', values: ['sale'] }];
    expect(reasons([running({ when: notSale })], visitor(), situation({ facts: {} }))).toEqual(['condition page.path']);
    expect(reasons([running({ site: 'fr' })], visitor(), situation({ site: 'en' }))).toEqual(['other_site fr']);
  });

  it('keeps to dates, weekdays and hours; a night belongs to the day it began on', () => {
    const at = (schedule: object, minutes = clock.minutes, weekday = 3) =>
      reasons([running({ schedule })], visitor(), situation({ clock: { hour: 0, weekday, minutes } })).length === 0;
    expect(at({ from: '2026-05-20T12:00:00Z' })).toBe(true);
    expect(at({ until: '2026-05-20T12:00:00Z' })).toBe(false);
    expect(at({ weekdays: [3] })).toBe(true);
    expect(at({ weekdays: [1, 2] })).toBe(false);
    const night = { hours: { from: '22:00', to: '06:00' }, weekdays: [5] };
    expect(at(night, 23 * 60, 5)).toBe(true);
    expect(at(night, 2 * 60, 6)).toBe(true);
    expect(at(night, 2 * 60, 5)).toBe(false);
    expect(at(night, 6 * 60, 6)).toBe(false);
    expect(at({ hours: { from: '09:00', to: '18:00' } }, 18 * 60)).toBe(false);
  });

  it('reads the clock of a zone through the change of time, and no made-up zone', () => {
    expect(wallClock(new Date('2026-03-29T00:59:00Z'), 'Europe/Paris')).toEqual({ hour: 1, weekday: 7, minutes: 119 });
    expect(wallClock(new Date('2026-03-29T01:00:00Z'), 'Europe/Paris')).toEqual({ hour: 3, weekday: 7, minutes: 180 });
    expect(wallClock(now, 'Mars/Olympus')).toBeNull();
  });
});

describe('how often', () => {
  const again = (caps: object, what: Partial<Seen>, where: Partial<Situation> = {}) => {
    const one = running({ caps });
    return reasons([one], visitor({ seen: new Map([[one.id, seen(what)]]) }), situation(where));
  };

  it('is bounded per person, visit and period', () => {
    expect(again({ perPerson: 3 }, { views: 2 })).toEqual([]);
    expect(again({ perPerson: 3 }, { views: 3 })).toEqual(['capped person']);
    expect(again({ perVisit: 1 }, { visit: 'v1' }, { visit: 'v1' })).toEqual(['capped visit']);
    expect(again({ perVisit: 1 }, { visit: 'v1' }, { visit: 'v2' })).toEqual([]);
    expect(again({ perVisit: 1 }, { visit: null }, { visit: null })).toEqual([]);
    expect(again({ perPeriod: { times: 1, days: 1 } }, {})).toEqual(['capped period']);
    expect(again({ perPeriod: { times: 1, days: 1 } }, { recent: [now.getTime() - 86_400_000] })).toEqual([]);
  });

  it('remembers that it was closed or clicked', () => {
    const dayAgo = now.getTime() - 86_400_000;
    expect(again({ afterClose: { days: 2 } }, { closedAt: dayAgo })).toEqual(['closed']);
    expect(again({ afterClose: { days: 1 } }, { closedAt: dayAgo })).toEqual([]);
    expect(again({ afterClick: { days: 2 } }, { clickedAt: dayAgo })).toEqual(['clicked']);
  });
});

describe('variants', () => {
  const pick = (one: RunningExperience, who: Visitor): string | null | undefined => {
    const [decided] = evaluate([one], who, situation()).decided;
    return decided === undefined ? undefined : (decided.variant?.key ?? null);
  };

  it('are spread by weight, the same for a visitor however often they ask', () => {
    const one = running({ variants: two, control: 0.2 });
    const counts = new Map<string | null | undefined, number>();
    for (let index = 0; index < 10_000; index++) {
      const who = visitor({ unit: `device-${index}` });
      const got = pick(one, who);
      expect(pick(one, who)).toBe(got);
      counts.set(got, (counts.get(got) ?? 0) + 1);
    }
    expect(Math.abs((counts.get(null) ?? 0) - 2_000)).toBeLessThan(200);
    expect(Math.abs((counts.get('a') ?? 0) - 4_000)).toBeLessThan(250);
    expect(Math.abs((counts.get('b') ?? 0) - 4_000)).toBeLessThan(250);
  });

  it('stay what was seen first, also on another device and when weights change', () => {
    const one = running({ variants: two, control: 0.2 });
    for (const variant of ['a', 'b', '']) {
      const known = new Map([[one.id, seen({ variant })]]);
      for (const unit of ['x', 'y', 'z', 'customer 4'])
        expect(pick(one, visitor({ unit, seen: known }))).toBe(variant === '' ? null : variant);
    }
    const gone = visitor({ seen: new Map([[one.id, seen({ variant: 'removed' })]]) });
    expect(['a', 'b', null]).toContain(pick(one, gone));
  });

  it('show one of a group: the most important; a control group holds the place', () => {
    const first = running({ group: 'popups', control: 0.5, variants: [{ ...two[0], weight: 1 }] });
    const second = running({ group: 'popups' });
    const shown = new Set<string>();
    for (let index = 0; index < 200; index++) {
      const { decided, leftOut } = evaluate([first, second], visitor({ unit: `u${index}` }), situation());
      expect(leftOut.map(({ reason }) => reason)).toEqual(['group']);
      shown.add(decided[0]?.variant?.key ?? 'control');
    }
    expect([...shown].sort()).toEqual(['a', 'control']);
  });
});
