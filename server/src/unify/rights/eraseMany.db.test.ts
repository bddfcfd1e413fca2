import type { PeopleSelection } from '@vitrail/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { poll } from '../../../test/poll.ts';
import { openShop, type Shop, testSecrets } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { createCollectedData } from '../../collect/index.ts';
import { pgQuery } from '../../platform/index.ts';
import { createCustomerKeeper, writeNews } from '../listing/keepCustomers.ts';
import { selectPeople } from '../listing/selectPeople.ts';
import { listProfiles } from '../profiles/listProfiles.ts';
import { defineMassErasureJob, getMassErasure, startMassErasure, stopMassErasure } from './eraseMany.ts';
import type { ErasureDeps } from './eraseProfile.ts';
import { createUnifiedData } from './personalData.ts';

const stores = useStores();
const steward = { kind: 'user', id: 'steward' } as const;
let shop: Shop;
let working: ErasureDeps | null = null;

const countTraces = pgQuery({
  name: 'test.countTraces',
  params: { workspace: 'int4' },
  row: { customers: 'int8', profiles: 'int8', audits: 'int8' },
  text: `
    select (select count(*) from unify.customer where workspace_id = :workspace) as customers,
      (select count(*) from unify.profile where workspace_id = :workspace) as profiles,
      (select count(*) from govern.audit where workspace_id = :workspace and action = 'profile.erased') as audits`,
});

beforeEach(async () => {
  shop = await openShop(stores, { reactors: [createCustomerKeeper(stores).react] });
  // The job is defined once for the file; each test works on its own shop.
  const deps = {
    ...stores,
    pipeline: shop.pipeline,
    secrets: testSecrets,
    stores: [createCollectedData(stores), createUnifiedData(stores)],
  };
  if (working === null) {
    working = deps;
    const current: ErasureDeps = {
      ...deps,
      pipeline: { change: (workspace, work) => shop.pipeline.change(workspace, work) },
    };
    defineMassErasureJob({ ...current, jobs: stores.jobs });
    await stores.jobs.start({ workers: true, schedules: false });
  }
});
afterEach(async () => {
  await shop.pipeline.stop();
});

async function fill(people: number): Promise<string[]> {
  await shop.send(
    ...Array.from({ length: people }, (_, at) => ({
      type: 'identify',
      userId: `u${at}`,
      traits: { firstName: at % 2 === 0 ? 'Even' : 'Odd', email: `u${at}@example.fr` },
    })),
    { type: 'page', anonymousId: 'visitor', name: 'Home' },
  );
  while (await writeNews(stores));
  const { items } = await listProfiles(stores.pg, shop.id, { known: true, limit: 200 });
  return items.map(({ id }) => id);
}
/** Definitions are asked in another room. */
const selects = () => ({ pg: stores.pg, whoPasses: async () => [] });
const start = (people: PeopleSelection, expect: number) =>
  startMassErasure({ ...stores, ...selects() }, { workspace: shop.id, people, expect, actor: steward });

it('erases those whom a search finds, tells what it removed, and leaves the others', async () => {
  await fill(9);
  const odd: PeopleSelection = { matching: { q: 'odd', known: true } };
  expect((await selectPeople(selects(), shop.id, odd)).roots).toHaveLength(4);
  const { id } = await start(odd, 4);
  const done = await poll('the erasure is over', async () => {
    const erasure = await getMassErasure(stores, shop.id, id);
    return erasure.state === 'done' && erasure.receipts.length > 0 && 'events' in erasure.removed ? erasure : null;
  });
  expect(done).toMatchObject({ people: 4, erased: 4, missing: 0, requestedBy: 'user:steward' });
  expect(done.removed).toMatchObject({ profiles: 4, events: 4 });
  while (await writeNews(stores));
  expect(await stores.pg.row(countTraces, { workspace: shop.id })).toEqual({ customers: 6, profiles: 6, audits: 4 });
  expect((await listProfiles(stores.pg, shop.id, { q: 'odd', limit: 10 })).items).toEqual([]);
});

it('erases nobody when the selection is not as many as meant, and counts those who are gone by their turn', async () => {
  const ids = await fill(3);
  await expect(start({ ids }, 2)).rejects.toMatchObject({ kind: 'conflict', code: 'unify.selection_changed' });
  expect(await stores.pg.row(countTraces, { workspace: shop.id })).toMatchObject({ profiles: 4, audits: 0 });
  const [first = ''] = ids;
  const twice = await Promise.all([start({ ids: [first] }, 1), start({ ids: [first] }, 1)]);
  const ended = await Promise.all(
    twice.map(({ id }) =>
      poll('both are over', async () => {
        const erasure = await getMassErasure(stores, shop.id, id);
        return erasure.state === 'done' ? erasure : null;
      }),
    ),
  );
  expect(ended.map(({ erased, missing }) => erased + missing)).toEqual([1, 1]);
  expect(ended.reduce((sum, { erased }) => sum + erased, 0)).toBe(1);
});

it('stops when asked: an erasure that is over stays as it is, another shop’s is not found', async () => {
  const ids = await fill(2);
  const { id } = await start({ ids }, 2);
  const ended = await poll('it is over', async () => {
    const erasure = await getMassErasure(stores, shop.id, id);
    return erasure.state === 'done' ? erasure : null;
  });
  const stopped = await stopMassErasure(stores, { workspace: shop.id, id, actor: steward });
  expect(stopped.state).toBe(ended.state);
  await expect(getMassErasure(stores, shop.id + 1, id)).rejects.toMatchObject({ kind: 'not_found' });
});

it('counts ids that name nobody', async () => {
  const [first = ''] = await fill(1);
  const selected = await selectPeople(selects(), shop.id, { ids: [first, first, 'nobody'] });
  expect(selected).toMatchObject({ unknown: 1 });
  expect(selected.roots).toHaveLength(1);
});
