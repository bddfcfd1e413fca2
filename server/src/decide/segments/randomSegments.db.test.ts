import type { SegmentNode } from '@vitrail/contracts';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { poll } from '../../../test/poll.ts';
import { createDice, type Dice } from '../../../test/segments/dice.ts';
import { evaluate } from '../../../test/segments/evaluate.ts';
import { createHistory } from '../../../test/segments/history.ts';
import { createDefinitions } from '../../../test/segments/randomDefinition.ts';
import { nextTurn } from '../../../test/segments/turns.ts';
import type { Person, Surroundings } from '../../../test/segments/world.ts';
import { openShop, type Shop } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { encodeProfileId } from '../../collect/index.ts';
import { pgQuery } from '../../platform/index.ts';
import { undoMerge } from '../../unify/merges/undoMerge.ts';
import { explainSegment, previewSegment } from './askSegment.ts';
import { createSegments, type Segments } from './createSegments.ts';
import { listParts } from './describe.ts';
import { defineSegmentJobs } from './jobs.ts';
import { listMemberPage } from './readSegments.ts';
import { createList, createSegment, updateSegment } from './saveSegment.ts';
import { recomputeSegments } from './sweep.ts';

const listMemberships = pgQuery({
  name: 'test.segments.listMemberships',
  params: { workspace: 'int4' },
  row: { segment_id: 'int4', profile_id: 'int8' },
  text: `select segment_id, profile_id from decide.membership where workspace_id = :workspace`,
});

const listLiveMerges = pgQuery({
  name: 'test.segments.listLiveMerges',
  params: { workspace: 'int4' },
  row: { id: 'int8' },
  text: `select id from unify.merge where workspace_id = :workspace and undone_at is null order by id`,
});

const listBatches = pgQuery({
  name: 'test.segments.listBatches',
  params: { workspace: 'int4' },
  row: { id: 'int8' },
  text: `select id from collect.batch where workspace_id = :workspace`,
});

/** The next case has a clock of its own: what this one waits for is over. */
const forgetCase = pgQuery({
  name: 'test.segments.forgetCase',
  params: { workspace: 'int4' },
  row: {},
  text: `
    with due as (delete from decide.due where workspace_id = :workspace)
    update decide.segment set state = 'archived' where workspace_id = :workspace`,
});

const hour = 3_600_000;
const actor = { kind: 'user', id: 'test' } as const;
/** Ends of months and years, changes of the clocks in Paris, a 29 February. */
const starts = [
  '2026-03-28T22:30:00Z',
  '2025-12-31T20:00:00Z',
  '2025-10-25T21:10:00Z',
  '2024-02-28T22:00:00Z',
  '2026-06-30T12:00:00Z',
];

const deps = useStores();

/** A shop with a random history and random segments, all decided by a seed. */
async function openCase(seed: number) {
  const dice = createDice(seed);
  deps.clock.set(dice.pick(starts));
  const segments = createSegments(deps, async () => ({}));
  const shop = await openShop(deps, { reactors: [(batch) => segments.react(batch)] });
  defineSegmentJobs({ jobs: { ...deps.jobs, define: () => undefined } }, segments);
  const history = createHistory(deps, shop, dice, 12);
  const save = { ...segments.deps, jobs: { ...deps.jobs, send: async () => undefined } };
  const known = new Map<string, SegmentNode | ReadonlySet<number>>();
  const edit = { workspace: shop.id, name: 'Random', description: '', actor };
  return {
    dice,
    shop,
    segments,
    history,
    known,
    async addList(people: readonly Person[]): Promise<void> {
      const ids = people.map(({ id }) => id);
      const { id } = await createList(save, { ...edit, profiles: ids.map(encodeProfileId) });
      known.set(id, new Set(ids));
    },
    async add(definition: SegmentNode): Promise<void> {
      const { id } = await createSegment(save, { ...edit, definition });
      known.set(id, definition);
    },
    async replace(id: string, definition: SegmentNode): Promise<void> {
      await updateSegment(save, { ...edit, id, definition });
      known.set(id, definition);
    },
    /** On lists of those who are one person now, that person stands. */
    async world(): Promise<{ people: Person[]; surroundings: Surroundings }> {
      const people = await history.people();
      return { people, surroundings: { zone: 'Europe/Paris', segments: known } };
    },
  };
}
type Case = Awaited<ReturnType<typeof openCase>>;

let open: { shop: Shop; segments: Segments } | null = null;
afterEach(async () => {
  await open?.segments.stop();
  await open?.shop.pipeline.stop();
  if (open !== null) await deps.pg.run(forgetCase, { workspace: open.shop.id });
  open = null;
});

const now = (): number => deps.clock.now().getTime();
const dynamic = ({ known }: Case): [string, SegmentNode][] =>
  [...known].flatMap(([id, each]): [string, SegmentNode][] => ('kind' in each ? [[id, each]] : []));

/** Each part of each definition counts as the evaluator counts; says the smallest part that does not. */
async function comparePreviews(random: Case, definitions: readonly SegmentNode[]): Promise<string[]> {
  const { people, surroundings } = await random.world();
  const wrong: { part: SegmentNode; counted: number; expected: number }[] = [];
  for (const definition of definitions) {
    const preview = await previewSegment(random.segments.deps, { workspace: random.shop.id, definition, sql: false });
    for (const [index, { node: part }] of listParts(definition).entries()) {
      const expected = people.filter((person) => evaluate(part, person, now(), surroundings)).length;
      const counted = preview.conditions[index]?.count ?? -1;
      if (counted !== expected) wrong.push({ part, counted, expected });
    }
  }
  const bySize = wrong.toSorted((a, b) => JSON.stringify(a.part).length - JSON.stringify(b.part).length);
  return bySize.slice(0, 3).map((each) => `${each.counted} instead of ${each.expected}: ${JSON.stringify(each.part)}`);
}

/** The running memberships, in both stores, are what the evaluator finds. */
async function compareMembers(random: Case, after: string): Promise<string[]> {
  const { people, surroundings } = await random.world();
  const rows = await deps.pg.rows(listMemberships, { workspace: random.shop.id });
  const wrong: string[] = [];
  for (const [id, definition] of dynamic(random)) {
    const expected = people
      .filter((person) => evaluate(definition, person, now(), surroundings))
      .map((person) => person.id);
    const running = rows.filter((row) => row.segment_id === Number(id)).map((row) => row.profile_id);
    const { items } = await listMemberPage(random.segments.deps, random.shop.id, id, { limit: 100 });
    const lists = [expected, running].map((ids) => ids.toSorted((a, b) => a - b).join());
    if (lists[0] !== lists[1])
      wrong.push(`after ${after}: members ${lists[1]} instead of ${lists[0]}: ${JSON.stringify(definition)}`);
    const shown = items
      .map((item) => item.id)
      .toSorted()
      .join();
    if (shown !== running.map(encodeProfileId).toSorted().join())
      wrong.push(`after ${after}: the analytics store lists other members: ${id}`);
  }
  return wrong;
}

/** No answer turns by time alone before the moment that the explanation names. */
async function compareTurns(random: Case): Promise<string[]> {
  const { people, surroundings } = await random.world();
  const wrong: string[] = [];
  for (const [, definition] of random.dice.some(dynamic(random), 3)) {
    const person = random.dice.pick(people);
    const explained = await explainSegment(random.segments.deps, {
      workspace: random.shop.id,
      definition,
      profile: encodeProfileId(person.id),
      masked: false,
    });
    const turn = nextTurn(definition, person, now(), surroundings);
    const next = explained.next === null ? Number.POSITIVE_INFINITY : Date.parse(explained.next);
    if (explained.member !== evaluate(definition, person, now(), surroundings))
      wrong.push(`explained wrongly: ${JSON.stringify(definition)}`);
    if (next <= now()) wrong.push(`the next moment is past: ${JSON.stringify(definition)}`);
    if (turn !== null && next > turn) {
      wrong.push(`turns at ${new Date(turn).toISOString()}, before ${explained.next}: ${JSON.stringify(definition)}`);
    }
  }
  return wrong;
}

const say = (seed: number, wrong: readonly string[]): void => expect(wrong, `seed ${seed}`).toEqual([]);

async function takeStep(random: Case, dice: Dice): Promise<string> {
  const { history, shop, segments } = random;
  const step = dice.pick(['events', 'events', 'time', 'time', 'join', 'part', 'edit']);
  switch (step) {
    case 'events':
      await history.go(4);
      break;
    case 'join':
      await history.join();
      break;
    case 'part': {
      const merges = await deps.pg.rows(listLiveMerges, { workspace: shop.id });
      if (merges.length === 0) break;
      const merge = dice.pick(merges).id;
      await undoMerge({ clock: deps.clock, pipeline: shop.pipeline }, { workspace: shop.id, merge, actor });
      await poll(
        'the un-merge has reacted',
        async () => (await deps.pg.rows(listBatches, { workspace: shop.id })).length === 0,
      );
      break;
    }
    case 'edit': {
      const [id] = dice.pick(dynamic(random));
      const definition = createDefinitions(dice, now()).tree([]);
      await random.replace(id, definition);
      await segments.applyWaiting();
      break;
    }
    default:
      deps.clock.advance(dice.pick([1, 60_000, hour, 5 * hour, 12 * hour]) + dice.roll(hour));
      await segments.askDue();
  }
  return step;
}

describe('Random segments over random histories', () => {
  it.for(inject('segmentSeeds'))(
    'count and move as an independent evaluator says (seed %i)',
    { timeout: 120_000 },
    async (seed) => {
      const random = await openCase(seed);
      open = random;
      const { dice, history, segments } = random;
      await history.begin();
      await history.go(40);
      await history.join();
      const definitions = createDefinitions(dice, now());
      say(
        seed,
        await comparePreviews(
          random,
          Array.from({ length: 20 }, () => definitions.leaf()),
        ),
      );
      const { people } = await random.world();
      await random.addList(people.slice(0, 3));
      for (let count = 0; count < 8; count++) await random.add(definitions.tree([...random.known.keys()]));
      await segments.applyWaiting();
      say(
        seed,
        await comparePreviews(
          random,
          dynamic(random).map(([, definition]) => definition),
        ),
      );
      say(seed, await compareMembers(random, 'creation'));
      for (let count = 0; count < 5; count++) {
        const step = await takeStep(random, dice);
        say(seed, await compareMembers(random, step));
        say(seed, await compareTurns(random));
        if (count % 2 === 1) continue;
        const differences = await recomputeSegments(segments.deps, random.shop.id);
        say(seed, await compareMembers(random, `${step} and a recompute`));
        expect(differences, `seed ${seed}, after ${step}`).toBe(0);
      }
    },
  );
});
