import { setTimeout as pause } from 'node:timers/promises';
import { journeyDefinitionSchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { experimentBy, listExposures, runExperiment } from '../../../test/experiments.ts';
import { cartJourney, useJourneys } from '../../../test/journeys.ts';
import { encodeProfileId } from '../../collect/index.ts';
import { closeExperiment } from '../../experience/experiments/changeExperiments.ts';
import { pgQuery } from '../../platform/index.ts';
import { dryRun } from './dryRun.ts';
import { readTrace } from './readTrace.ts';

const findPeople = pgQuery({
  name: 'test.experimentSplit.findPeople',
  params: { workspace: 'int4', values: 'text[]' },
  row: { value: 'text', id: 'int8' },
  text: `select value, profile_id as id from unify.identifier where workspace_id = :workspace and value = any(:values)
    order by value`,
});

const definition = cartJourney('1', {
  trigger: { kind: 'event', event: 'Invited' },
  entry: {},
  exits: [],
  start: 'tried',
  nodes: {
    tried: {
      kind: 'split',
      split: {
        by: 'experiment',
        experiment: 'welcome',
        branches: [
          { name: 'As it is', variation: 'control', next: 'usual' },
          { name: 'Big', variation: 'big', next: 'other' },
        ],
        otherwise: 'without',
      },
    },
    usual: { kind: 'exit' },
    other: { kind: 'exit' },
    without: { kind: 'exit' },
  },
});

describe('a split by experiment', () => {
  const world = useJourneys();
  const { deps } = world;

  async function waysOf(id: string, names: readonly string[]): Promise<Map<number, string>> {
    const people = await deps.pg.rows(findPeople, { workspace: world.shop.id, values: [...names] });
    const ways = new Map<number, string>();
    for (const person of people) {
      const trace = await readTrace(deps, { workspace: world.shop.id, id, profile: encodeProfileId(person.id) });
      ways.set(person.id, trace.runs[0]?.steps.at(-1)?.node ?? '');
    }
    return ways;
  }
  const invite = (names: readonly string[]) => {
    deps.clock.advance(60_000);
    return world.happens(...names.map((userId) => ({ type: 'track', userId, event: 'Invited' })));
  };
  const exposures = async () => [
    ...(await deps.ch.rows(listExposures, { workspace: world.shop.id, experiment: 'welcome' })),
  ];

  it('leads people by their variation and tells of it once; when it is over they go the other way', async () => {
    const experiment = await runExperiment(deps, world.shop, { key: 'welcome', kind: 'journey', holdout: 0.2 });
    const id = await world.begin(definition);
    const names = Array.from({ length: 60 }, (_, index) => `i${String(index).padStart(2, '0')}`);
    await invite(names);
    const ways = await waysOf(id, names);
    const counts = (way: string): number => [...ways.values()].filter((each) => each === way).length;
    for (const way of ['usual', 'other']) expect(counts(way)).toBeGreaterThan(10);
    expect(counts('without')).toBeGreaterThan(1);
    expect(counts('usual') + counts('other') + counts('without')).toBe(60);
    // Only those who went its ways are told of, each with the way they went.
    world.shop.pipeline.ring();
    await expect.poll(exposures, { timeout: 20_000 }).toHaveLength(counts('usual') + counts('other'));
    for (const { profile_id, variation } of await exposures())
      expect(ways.get(profile_id)).toBe(variation === 'big' ? 'other' : 'usual');
    // Again: the same way, and told no more.
    await invite(names.slice(0, 10));
    for (const [person, way] of await waysOf(id, names.slice(0, 10))) expect(way).toBe(ways.get(person));
    const [first = 0] = ways.keys();
    const tried = await dryRun(world.journeys.deps, {
      workspace: world.shop.id,
      profile: encodeProfileId(first),
      definition: journeyDefinitionSchema.parse(definition),
      at: deps.clock.now(),
      event: {},
      events: [],
    });
    expect(tried.steps.at(-1)?.node).toBe(ways.get(first));
    await closeExperiment(deps, experimentBy(world.shop), experiment, 'stopped');
    // What runs is held for half a second.
    await pause(600);
    await invite(names.slice(0, 5));
    expect(new Set((await waysOf(id, names.slice(0, 5))).values())).toEqual(new Set(['without']));
    await world.shop.settle();
    expect(await exposures()).toHaveLength(counts('usual') + counts('other'));
  });
});
