import { expect, it } from 'vitest';
import type { Column } from './columns.ts';
import { nextSort, readSort, sortRows, writeSort } from './sorting.ts';

interface Person {
  readonly name: string | null;
  readonly orders: number | null;
}
const columns: readonly Column<Person>[] = [
  { id: 'name', header: 'Name', cell: ({ name }) => name, text: ({ name }) => name },
  { id: 'orders', header: 'Orders', cell: ({ orders }) => orders, text: ({ orders }) => orders, align: 'end' },
  { id: 'picture', header: 'Picture', cell: () => null },
];
const [name, orders] = columns;
const people: readonly Person[] = [
  { name: 'Zoé', orders: 2 },
  { name: null, orders: 10 },
  { name: 'élodie', orders: null },
  { name: 'Eric', orders: 1 },
];

it('orders texts as the language does and figures by their value, those without one last both ways', () => {
  const by = (text: string) => sortRows(people, columns, readSort(text), 'fr').map((each) => each.name ?? each.orders);
  expect(by('name')).toEqual(['élodie', 'Eric', 'Zoé', 10]);
  expect(by('-name')).toEqual(['Zoé', 'Eric', 'élodie', 10]);
  expect(by('orders')).toEqual(['Eric', 'Zoé', 10, 'élodie']);
  expect(by('-orders')).toEqual([10, 'Zoé', 'Eric', 'élodie']);
});

it('leaves rows alone without a sort, or by a column without values', () => {
  expect(sortRows(people, columns, null, 'en')).toBe(people);
  expect(sortRows(people, columns, readSort('picture'), 'en')).toBe(people);
  expect(sortRows(people, columns, readSort('gone'), 'en')).toBe(people);
});

it('goes from the first direction to the other and back to the own order of the list', () => {
  if (name === undefined || orders === undefined) throw new Error('two columns stand above');
  const walk = (column: typeof name) => {
    const first = nextSort(column, { column: 'other', order: 'asc' });
    const second = nextSort(column, first);
    return [first?.order, second?.order, nextSort(column, second)];
  };
  expect(walk(name)).toEqual(['asc', 'desc', null]);
  expect(walk(orders)).toEqual(['desc', 'asc', null]);
});

it('writes a sort for the address as it reads it', () => {
  for (const text of ['name', '-orders']) expect(writeSort(readSort(text))).toBe(text);
  for (const text of [null, undefined, '', '-']) expect(readSort(text)).toBeNull();
  expect(writeSort(null)).toBeUndefined();
});
