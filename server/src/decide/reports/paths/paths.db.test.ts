import { type Paths, type PathsInput, pathsInputSchema, pathsSchema, reportPeopleSchema } from '@vitrail/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestWorkspace } from '../../../../test/builders.ts';
import { openReportShop, personOf, randomSample } from '../../../../test/reportShop.ts';
import { useStores } from '../../../../test/stores.ts';
import { encodeProfileId } from '../../../collect/index.ts';
import { localDay } from '../../analytics/days.ts';
import { readPaths } from './readPaths.ts';

const stores = useStores();
const zone = 'Europe/Paris';
const sample = randomSample(41, { from: '2026-03-01', days: 30, people: 60 });
let shop: TestWorkspace;
beforeAll(async () => {
  stores.clock.set('2026-04-15T10:00:00Z');
  shop = await openReportShop(stores, sample, zone);
});
const period = { from: '2026-03-04', to: '2026-03-25' };
const gap = 1_800_000;

interface Way {
  readonly person: number;
  readonly path: readonly string[];
}
/** Every time the start happened, and what came after (or before) it. */
function waysOf(start: string, depth: number, direction: PathsInput['direction']): Way[] {
  const sign = direction === 'before' ? -1 : 1;
  const people = new Map<number, { at: number; node: string; starts: boolean }[]>();
  for (const { person: row, at, type, event, path, bot } of sample.events) {
    const person = personOf(sample, row);
    const day = localDay(new Date(at), zone);
    if (person === 0 || bot || day < period.from || day > period.to) continue;
    const node = type === 'page' ? `page:${path}` : `event:${event}`;
    people.set(person, [...(people.get(person) ?? []), { at: sign * at, node, starts: event === start }]);
  }
  return [...people].flatMap(([person, events]) => {
    const sorted = events.toSorted((a, b) => a.at - b.at || (a.node < b.node ? -1 : a.node > b.node ? 1 : 0));
    const steps = sorted.filter((each, index) => {
      const before = sorted[index - 1];
      return before?.node !== each.node || each.at - before.at > gap;
    });
    return steps.flatMap((step, index) => {
      if (!step.starts) return [];
      const path = ['start'];
      for (let place = index + 1; place <= index + depth; place++) {
        const [before, next] = [steps[place - 1], steps[place]];
        if (before === undefined || next === undefined || next.at - before.at > gap) {
          path.push('end');
          break;
        }
        path.push(next.node);
      }
      return [{ person, path }];
    });
  });
}
function fold(ways: readonly Way[], groups: number): Way[] {
  const depth = Math.max(...ways.map(({ path }) => path.length));
  const known = Array.from({ length: depth }, (_, step) => {
    const times = new Map<string, number>();
    for (const { path } of ways) {
      const node = path[step];
      if (node !== undefined && node !== 'end' && node !== 'start') times.set(node, (times.get(node) ?? 0) + 1);
    }
    return [...times]
      .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, groups)
      .map(([node]) => node);
  });
  const shown = (node: string, step: number): string =>
    ['start', 'end'].includes(node) || known[step]?.includes(node) ? node : 'other';
  return ways.map(({ person, path }) => ({ person, path: path.map(shown) }));
}
const ask = async (input: object): Promise<Paths> =>
  pathsSchema.parse(await readPaths(stores, shop.id, pathsInputSchema.parse({ ...period, ...input })));

describe('paths', () => {
  it.each(['after', 'before'] as const)('show where people go %s a start', async (direction) => {
    const answer = await ask({ start: { events: ['Product Viewed'] }, direction, depth: 3, groups: 2 });
    const ways = fold(waysOf('Product Viewed', 3, direction), 2);
    expect(answer.starts).toBe(ways.length);
    expect(answer.people).toBe(new Set(ways.map(({ person }) => person)).size);
    const links = new Map<string, Way[]>();
    for (const way of ways)
      way.path.forEach((node, step) => {
        if (step === 0) return;
        const key = `${step} ${way.path[step - 1]} > ${node}`;
        links.set(key, [...(links.get(key) ?? []), way]);
      });
    const wanted = [...links].map(([key, own]) => [key, own.length, new Set(own.map(({ person }) => person)).size]);
    expect(
      answer.links.map(({ step, from, to, times, people }) => [`${step} ${from} > ${to}`, times, people]).toSorted(),
    ).toEqual(wanted.toSorted());
    expect(answer.links.some(({ to }) => to === 'other')).toBe(true);
    expect(answer.links.some(({ to }) => to === 'end')).toBe(true);
  });

  it('name the people of a step', async () => {
    const input = { start: { type: 'page', events: ['Home'] }, depth: 2, groups: 3 };
    const ways = fold(waysOf('Home', 2, 'after'), 3);
    const { links } = await ask(input);
    const link = links.find(({ step, to }) => step === 2 && to.startsWith('event:'));
    const wanted = ways
      .filter(({ path }) => path[2] === link?.to && path[1] === link?.from)
      .map(({ person }) => person);
    const ids = [...new Set(wanted)].toSorted((a, b) => a - b).map(encodeProfileId);
    const people = { step: 2, node: link?.to, from: link?.from };
    const page = reportPeopleSchema.parse(
      await readPaths(stores, shop.id, pathsInputSchema.parse({ ...period, ...input, people })),
    );
    expect(page).toEqual({ count: ids.length, items: ids, next: null });
    expect(ids.length).toBe(link?.people);
  });
});
