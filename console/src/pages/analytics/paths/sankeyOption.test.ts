import { expect, it } from 'vitest';
import { idOf, readId, sankeyOption } from './sankeyOption.ts';

const paths = {
  definition: 'paths',
  from: '2026-01-01',
  to: '2026-01-31',
  timeZone: 'UTC',
  currency: 'EUR',
  at: '2026-01-31T00:00:00Z',
  starts: 3,
  people: 2,
  nodes: [
    { step: 0, node: 'start', times: 3, people: 2 },
    { step: 1, node: 'page:/a b', times: 2, people: 2 },
    { step: 1, node: 'end', times: 1, people: 1 },
  ],
  links: [
    { step: 1, from: 'start', to: 'page:/a b', times: 2, people: 2 },
    { step: 1, from: 'start', to: 'end', times: 1, people: 1 },
  ],
};
const settings = { scheme: 'light', calm: true, nameOf: (node: string) => node, value: String } as const;

it('a node keeps its step and its name, with spaces', () => {
  expect(readId(idOf(2, 'page:/a b'))).toEqual({ step: 2, node: 'page:/a b' });
});

it('streams lead from the start, or to it when asked what came before', () => {
  expect(sankeyOption(paths, { ...settings, mirrored: false })).toMatchObject({
    series: [{ links: [{ source: '0 start', target: '1 page:/a b', value: 2 }, { target: '1 end' }] }],
  });
  expect(sankeyOption(paths, { ...settings, mirrored: true })).toMatchObject({
    series: [{ links: [{ source: '1 page:/a b', target: '0 start', value: 2 }, { source: '1 end' }] }],
  });
});
