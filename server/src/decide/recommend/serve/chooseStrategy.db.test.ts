import { recommendationQuerySchema } from '@vitrail/contracts';
import { expect, it } from 'vitest';
import { runExperiment } from '../../../../test/experiments.ts';
import { fresh, openShop } from '../../../../test/recommendShop.ts';
import { useStores } from '../../../../test/stores.ts';
import { encodeProfileId } from '../../../collect/index.ts';
import { createAssigner } from '../../../experience/index.ts';
import { pgQuery } from '../../../platform/index.ts';
import { createStrategyChooser } from './chooseStrategy.ts';
import { recommend } from './recommend.ts';

const stores = useStores();
const readGiven = pgQuery({
  name: 'test.chooseStrategy.readGiven',
  params: { workspace: 'int4' },
  row: { profile_id: 'int8', variation: 'text', exposed: 'bool' },
  text: `select profile_id, variation, exposed_at is not null as exposed from experience.assigned
    where workspace_id = :workspace order by profile_id`,
});

it('an experiment at a slot gives each customer a strategy; a look from the console keeps nothing', async () => {
  const shop = await openShop(stores, 24, 40);
  await runExperiment(
    stores,
    { id: shop.workspace },
    {
      key: 'home-list',
      kind: 'recommendation',
      target: 'home',
      holdout: 0.2,
      variations: [
        { key: 'trending', name: 'Trending', weight: 0.5 },
        { key: 'most_viewed', name: 'Most viewed', weight: 0.5 },
      ],
    },
  );
  const chooser = createStrategyChooser({ ...stores, assigner: createAssigner(stores) });
  const serving = fresh(stores);
  const ask = (person: number, query: object, purpose: 'shown' | 'preview') =>
    recommend(
      serving,
      shop.workspace,
      { ...recommendationQuerySchema.parse({}), profile: encodeProfileId(person), ...query },
      chooser.forOne(shop.workspace, purpose),
    );
  const given = () => stores.pg.rows(readGiven, { workspace: shop.workspace });
  const foreseen = new Map<number, string | undefined>();
  for (const person of shop.people) {
    const { experiment, strategy } = await ask(person, { slot: 'home' }, 'preview');
    foreseen.set(person, experiment?.variation);
    if (experiment !== null) expect(experiment).toEqual({ key: 'home-list', variation: strategy });
  }
  expect(new Set(foreseen.values())).toEqual(new Set(['trending', 'most_viewed', undefined]));
  expect(await given()).toEqual([]);
  // Elsewhere nothing is decided.
  const [first = 0] = shop.people;
  expect((await ask(first, { slot: 'cart' }, 'shown')).experiment).toBeNull();
  for (const person of shop.people)
    expect((await ask(person, { slot: 'home', limit: 2 }, 'shown')).experiment?.variation).toBe(foreseen.get(person));
  // Those who ask at once share a transaction, and each of them gets their own.
  const again = await Promise.all(shop.people.map((person) => ask(person, { slot: 'home' }, 'shown')));
  expect(again.map(({ experiment }) => experiment?.variation)).toEqual([...foreseen.values()]);
  expect(await given()).toEqual(
    shop.people.flatMap((person) => {
      const variation = foreseen.get(person);
      return variation === undefined ? [] : [{ profile_id: person, variation, exposed: true }];
    }),
  );
});
