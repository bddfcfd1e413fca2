import type { MatchRun, StartRun } from '@vitrail/contracts';
import { createSegmentsOfPeople } from '../src/decide/index.ts';
import type { Actor } from '../src/govern/index.ts';
import type { JsonObject } from '../src/platform/index.ts';
import { createMatchDeps, createMatching, type MatchDeps, type Matching } from '../src/unify/index.ts';
import { executeRun } from '../src/unify/matching/runs/executeRun.ts';
import { readRun } from '../src/unify/matching/runs/showRun.ts';
import { startRun } from '../src/unify/matching/runs/startRun.ts';
import { poll } from './poll.ts';
import { openShop, type Shop } from './shop.ts';
import type { TestDeps } from './stores.ts';

export const steward: Actor = { kind: 'user', id: 'steward' };

/** A shop whose customers are matched. */
export interface MatchShop extends Shop {
  readonly deps: MatchDeps;
  readonly matching: Matching;
  /** Starts a run and carries it out. */
  run(wanted: Partial<StartRun>): Promise<MatchRun>;
  /** A dry run, then a real one. */
  match(wanted?: Partial<StartRun>): Promise<MatchRun>;
}

export async function openMatchShop(deps: TestDeps, options: Parameters<typeof openShop>[1] = {}): Promise<MatchShop> {
  const matchDeps: MatchDeps = createMatchDeps({
    ...only(deps),
    pipeline: { change: (workspace, work) => shop.pipeline.change(workspace, work) },
    segments: createSegmentsOfPeople(deps),
    namesOf: async (users) => new Map(users.map((user) => [user, `Name of ${user}`])),
  });
  const matching = createMatching(matchDeps, { onTooMany: async () => undefined });
  const shop: Shop = await openShop(deps, { ...options, reactors: [...(options.reactors ?? []), matching.react] });
  const run = async (wanted: Partial<StartRun>): Promise<MatchRun> => {
    const id = await startRun(deps, shop.id, { kind: 'people', dryRun: true, ...wanted }, steward);
    await executeRun(matchDeps, shop.id, id, new AbortController().signal);
    await reacted(deps, shop.id);
    return readRun(deps.pg, shop.id, id);
  };
  return {
    ...shop,
    deps: matchDeps,
    matching,
    run,
    async match(wanted = {}) {
      const dry = await run({ ...wanted, dryRun: true });
      if (dry.state !== 'done') throw new Error(`the dry run is ${dry.state}: ${JSON.stringify(dry.error)}`);
      return run({ kind: wanted.kind ?? 'people', dryRun: false });
    },
  };
}

/** Every batch has reacted, changes of profiles among them, which carry no events. */
export const reacted = (deps: TestDeps, workspace: number): Promise<unknown> =>
  poll(
    'every change has reacted',
    async () => {
      const text = 'select 1 from collect.batch where workspace_id = $1 limit 1';
      return (await deps.pg.pool.query(text, [workspace])).rows.length === 0;
    },
    { timeoutMs: 120_000 },
  );

/** The getters of `useStores` as plain properties: they cannot be spread. */
const only = ({ pg, ch, clock, log }: TestDeps) => ({ pg, ch, clock, log });

const firstNames = [
  'Camille',
  'Léa',
  'Manon',
  'Chloé',
  'Emma',
  'Lucas',
  'Hugo',
  'Louis',
  'Jules',
  'Nathan',
  'Inès',
  'Zoé',
];
const lastNames = [
  'Martin',
  'Bernard',
  'Dubois',
  'Petit',
  'Durand',
  'Leroy',
  'Moreau',
  'Simon',
  'Laurent',
  'Lefèvre',
  'Michel',
  'Garcia',
  'Roux',
  'Fournier',
  'Girard',
  'Mercier',
  'Blanchard',
  'Gauthier',
  'Perrot',
  'Vasseur',
];
const streets = [
  'rue des Lilas',
  'avenue de la Gare',
  'place du Marché',
  'rue Pasteur',
  'chemin des Vignes',
  'rue Victor Hugo',
  'boulevard Voltaire',
];
const towns = [
  ['69003', 'Lyon'],
  ['33000', 'Bordeaux'],
  ['59000', 'Lille'],
  ['44000', 'Nantes'],
  ['67000', 'Strasbourg'],
] as const;

const pick = <T>(items: readonly T[], number: number): T => {
  const item = items[number % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};
const two = (number: number): string => String(number).padStart(2, '0');

/** The traits of an invented person; a number gives always the same one. */
export function personTraits(number: number): JsonObject {
  const spread = (number * 7919 + 13) % 100_003;
  const [postalCode, city] = pick(towns, Math.floor(spread / 7));
  return {
    firstName: pick(firstNames, spread),
    lastName: `${pick(lastNames, Math.floor(spread / 12))}${spread % 3 === 0 ? '' : `-${pick(lastNames, Math.floor(spread / 240))}`}`,
    birthday: `${1940 + (spread % 65)}-${two(1 + (Math.floor(spread / 65) % 12))}-${two(1 + (Math.floor(spread / 11) % 28))}`,
    email: `person${number}@example.fr`,
    phone: `+336${String(10_000_000 + ((number * 104_729) % 89_999_999))}`,
    address: {
      street: `${1 + (spread % 90)} ${pick(streets, Math.floor(spread / 3))}`,
      postalCode,
      city,
      country: 'FR',
    },
  };
}

/** The same person as another silo knows them: no shared identifier, so that only a matcher can tell. */
export function otherSilo(number: number): JsonObject {
  const traits = personTraits(number);
  const { email: _, phone: __, ...rest } = traits;
  return { ...rest, email: `other.person${number}@mail.example` };
}

/** `people` customers of a web shop, of whom the first `twice` are in the till's files too. */
export const silos = (people: number, twice: number): JsonObject[] => [
  ...Array.from({ length: people }, (_, number) => ({
    type: 'identify',
    userId: `web-${number}`,
    traits: personTraits(number),
  })),
  ...Array.from({ length: twice }, (_, number) => ({
    type: 'identify',
    anonymousId: `till-${number}`,
    traits: otherSilo(number),
  })),
];
