import { expect, it } from 'vitest';
import { createWorkspace } from '../../../../test/builders.ts';
import { insertRows } from '../../../../test/buyers.ts';
import { useStores } from '../../../../test/stores.ts';
import { createHistories } from '../engine/buildHistories.ts';
import { appendNames, spaceOf, statement } from './names.ts';
import { chooseStale } from './stale.ts';

const deps = useStores();

it('puts first what changed most since its neighbours were counted, and leaves out what nobody of now had', async () => {
  const { id: workspace } = await createWorkspace(deps);
  const space = spaceOf(deps.ch, workspace);
  await createHistories(space);
  await deps.ch.run(
    statement(
      'testItems',
      `create table if not exists ${space.prefix}_items (item UInt32, name String) engine = MergeTree order by item`,
    ),
    {},
  );
  const names = ['everybody', 'new', 'lately counted', 'nobody of now'];
  await appendNames(deps.ch, space, { items: names.map((name, item) => ({ item, name })), version: 1 });
  const [base, refreshed, version] = [100, 200, 300];
  const history = (user: number, items: number[], written: number) => ({
    user,
    items,
    weights: items.map(() => 1),
    ats: items.map(() => 1),
    version: written,
  });
  await insertRows(deps, `${space.prefix}_histories`, [
    ...[1, 2, 3, 4, 5].map((user) => history(user, [0, 3], base)),
    history(6, [0, 2], refreshed),
    history(7, [0, 2, 1], version),
  ]);
  const written = (item: string, at: number) => ({
    workspace_id: workspace,
    kind: 'similar',
    item,
    version: at,
    others: ['everybody'],
    scores: [1],
    shared: [1],
  });
  await insertRows(deps, 'item_neighbours', [
    ...['everybody', 'lately counted', 'nobody of now'].map((name) => written(name, base)),
    written('lately counted', refreshed),
  ]);
  // All of the people of "new" came since; half of those of "lately counted"; two of seven of "everybody".
  expect(await chooseStale(space, { workspace, base, version })).toEqual([1, 2, 0]);
});
