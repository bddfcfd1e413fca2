import { expect, test } from 'vitest';
import { clustersOf, countSizes, type PairScore, planLinks } from './planLinks.ts';

const pair = (left: number, right: number, probability: number): PairScore => ({
  left,
  right,
  probability,
  weight: probability * 10,
  householdWeight: 20,
});

test('joins come first in their order, then one question for each pair of clusters, the likeliest link asking', () => {
  const links = planLinks(
    { clusters: [[1, 2, 3]], refused: [] },
    [pair(1, 2, 0.999), pair(2, 3, 0.97)],
    [pair(1, 9, 0.91), pair(3, 9, 0.94), pair(5, 6, 0.95), pair(1, 3, 0.92)],
    [],
  );
  expect(links.map(({ action, left, right }) => [action, left, right])).toEqual([
    ['merge', 1, 2],
    ['merge', 2, 3],
    ['review', 5, 6],
    ['review', 3, 9],
  ]);
});

test('what is kept apart is not asked about, not even through others of the cluster', () => {
  const links = planLinks({ clusters: [[1, 2]], refused: [] }, [pair(1, 2, 0.99)], [pair(2, 9, 0.93)], [[1, 9]]);
  expect(links.filter(({ action }) => action === 'review')).toEqual([]);
});

test('a likely pair that something forbids is asked with the reason', () => {
  const refused = [
    { left: 1, right: 2, veto: 'birth_dates_apart' as const },
    { left: 3, right: 4, veto: 'cannot_link' as const },
  ];
  const links = planLinks({ clusters: [], refused }, [], [pair(1, 2, 0.99), pair(3, 4, 0.99), pair(5, 6, 0.93)], []);
  expect(links.map(({ left, veto }) => [left, veto])).toEqual([
    [1, 'birth_dates_apart'],
    [5, null],
  ]);
});

test('cluster sizes are counted', () => {
  expect(
    countSizes([
      [1, 2],
      [3, 4, 5],
      [6, 7],
    ]),
  ).toEqual([
    { size: 2, clusters: 2 },
    { size: 3, clusters: 1 },
  ]);
});

test('joins make groups, whatever their order', () => {
  const joins = [
    { left: 5, right: 6 },
    { left: 1, right: 2 },
    { left: 2, right: 5 },
    { left: 8, right: 9 },
  ];
  for (const order of [joins, joins.toReversed()])
    expect(clustersOf(order)).toEqual([
      [1, 2, 5, 6],
      [8, 9],
    ]);
});
