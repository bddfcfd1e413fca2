import { afterAll, expect, it } from 'vitest';
import { useStores } from '../../../../test/stores.ts';
import { createHistories, writeHistories } from './buildHistories.ts';
import { buildNeighbours } from './buildNeighbours.ts';
import { dropSpace } from './space.ts';

const deps = useStores();
const [people, items] = [3_000, 1_500];
// Popular items go with all others: once, what was looked at for them took gigabytes.
const text = `
  select cityHash64(number, 'who') % ${people} + 1 as user,
    toUInt32(${items} * pow(cityHash64(number, 'what') / pow(2, 64), 2)) as item, toFloat32(1 + number % 3) as weight,
    toInt64(number) as at
  from numbers(60000)`;

afterAll(() => dropSpace({ ch: deps.ch, prefix: 'dense' }));

it('finds the best hundred of each item where everything goes with everything, within its memory', async () => {
  const space = { ch: deps.ch, prefix: 'dense' };
  await createHistories(space);
  await writeHistories(space, { text, params: {}, values: {} }, { version: 1 });
  const built = await buildNeighbours(space);
  expect(built).toMatchObject({ people, items, pairs: items * 100 });
  const [row] = await deps.ch.rows(
    {
      name: 'test.dense.neighbours',
      params: {},
      row: { sorted: 'UInt64', alone: 'UInt64', once: 'UInt64', known: 'UInt64' },
      text: `
        select countIf(scores = arrayReverseSort(scores)) as sorted, countIf(not has(others, item)) as alone,
          countIf(length(arrayDistinct(others)) = 100) as once, countIf(arrayAll(each -> each > 0, shared)) as known
        from dense_neighbours`,
    },
    {},
  );
  expect(row).toEqual({ sorted: items, alone: items, once: items, known: items });
});
