import { journeyDefinitionSchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { cartJourney, journeyActor, useJourneys } from '../../../test/journeys.ts';
import { encodeProfileId } from '../../collect/index.ts';
import { changeList } from '../../decide/index.ts';
import { createList } from '../../decide/segments/saveSegment.ts';
import { pgQuery } from '../../platform/index.ts';
import { dryRun } from './dryRun.ts';
import { eraseJourneys, exportJourneys } from './personalData.ts';
import { listPeople, readJourney } from './readJourneys.ts';
import { readProfileJourneys, readTrace } from './readTrace.ts';
import { readyJourneys } from './ready/readyJourneys.ts';
import { updateJourney } from './saveJourney.ts';

const findPerson = pgQuery({
  name: 'test.findJourneyPerson',
  params: { workspace: 'int4', value: 'text' },
  row: { id: 'int8' },
  text: `select profile_id as id from unify.identifier where workspace_id = :workspace and value = :value`,
});
const countPlaces = pgQuery({
  name: 'test.countJourneyPlaces',
  params: { workspace: 'int4', journey: 'int4' },
  row: { node: 'text', people: 'int8' },
  text: `select node as node, count(*) as people from communicate.journey_run
         where workspace_id = :workspace and journey_id = :journey and state = 'active' group by node order by node`,
});

const track = (userId: string, event: string, properties = {}) => ({ type: 'track', userId, event, properties });

/** Journeys that run, and what the API says of them; call inside `describe`. */
function useReadable() {
  const world = useJourneys('2026-06-01T08:00:00Z');
  const { deps } = world;
  const profileOf = async (value: string): Promise<string> =>
    encodeProfileId((await deps.pg.row(findPerson, { workspace: world.shop.id, value }))?.id ?? 0);
  const trace = async (id: string, who: string) =>
    readTrace(deps, { workspace: world.shop.id, id, profile: await profileOf(who) });
  const read = (id: string) => readJourney(deps, world.shop.id, id);
  return { world, profileOf, trace, read };
}

describe('journeys', () => {
  const { world, profileOf, trace, read } = useReadable();
  const { deps, happens, until, begin } = world;

  it('say of everyone what happened, and of who did not enter why not', async () => {
    const template = await world.template();
    await happens(track('early', 'Cart Started', { cart_id: 'c0' }), track('other', 'Something Else'));
    await until('2026-06-01T08:01:00Z');
    const id = await begin(
      cartJourney(template, {
        trigger: { kind: 'event', event: 'Cart Started', where: [{ path: 'properties.value', op: 'gte', value: 50 }] },
        entry: {
          key: 'properties.cart_id',
          audience: { kind: 'trait', trait: 'newsletter', test: { type: 'boolean', op: 'is', value: true } },
        },
      }),
    );
    await happens(
      { type: 'identify', userId: 'in', traits: { newsletter: true } },
      track('in', 'Cart Started', { cart_id: 'c1', value: 60 }),
      track('cheap', 'Cart Started', { cart_id: 'c2', value: 10 }),
      track('stranger', 'Cart Started', { cart_id: 'c3', value: 60 }),
      track('keyless', 'Cart Started', { value: 60 }),
    );
    await until('2026-06-01T08:02:00Z');
    await happens(track('in', 'Cart Started', { cart_id: 'c1', value: 70 }));
    await until('2026-06-01T09:01:00Z');
    const { runs } = await trace(id, 'in');
    expect(runs).toHaveLength(1);
    expect(runs[0]?.steps.map(({ node, outcome }) => [node, outcome])).toEqual([
      ['', 'entered'],
      ['wait_hour', 'waits'],
      ['wait_hour', 'waited'],
      ['remind', 'queued'],
      ['end', 'ended'],
    ]);
    expect(runs[0]?.steps[3]?.message).toMatchObject({ state: 'queued' });
    const reasons = await Promise.all(
      ['early', 'other', 'cheap', 'stranger', 'keyless'].map(async (who) => (await trace(id, who)).notEntered?.reason),
    );
    expect(reasons).toEqual(['before_start', 'no_trigger', 'conditions', 'audience', 'no_key']);
    expect((await trace(id, 'in')).notEntered?.reason).toBe('already_in');
    expect((await read(id)).notEntered.map(({ reason }) => reason).sort()).toEqual([
      'already_in',
      'audience',
      'conditions',
      'no_key',
    ]);
    expect(await readProfileJourneys(deps, world.shop.id, await profileOf('in'))).toHaveLength(1);
  });

  it('wait for an event of this very run, else go the other way when the time is over', async () => {
    const id = await begin({
      trigger: { kind: 'event', event: 'Quote Sent' },
      entry: { key: 'properties.quote' },
      start: 'answer',
      nodes: {
        answer: {
          kind: 'wait',
          until: {
            kind: 'event',
            event: 'Quote Answered',
            where: [{ path: 'properties.quote', op: 'is', run: 'event.properties.quote' }],
            timeout: { n: 2, unit: 'day' },
            otherwise: 'never',
          },
          next: 'big',
        },
        big: {
          kind: 'split',
          split: {
            by: 'run',
            branches: [
              {
                name: 'Big',
                where: [{ path: 'events.answer.properties.value', op: 'gt', value: 100 }],
                next: 'yes',
              },
            ],
            otherwise: 'yes_small',
          },
        },
        yes: { kind: 'exit' },
        yes_small: { kind: 'exit' },
        never: { kind: 'exit' },
      },
    });
    await happens(
      track('q', 'Quote Sent', { quote: 1 }),
      track('q', 'Quote Sent', { quote: 2 }),
      track('q', 'Quote Sent', { quote: 3 }),
    );
    await happens(track('q', 'Quote Answered', { quote: '2', value: 500 }));
    await happens(track('q', 'Quote Answered', { quote: 3, value: 5 }));
    await until('2026-06-03T10:00:00Z');
    const { runs } = await trace(id, 'q');
    const last = Object.fromEntries(runs.map(({ key, steps }) => [key, steps.at(-1)?.node]));
    expect(last).toEqual({ 1: 'never', 2: 'yes', 3: 'yes_small' });
    const { nodes, people, edges } = await read(id);
    expect(people).toMatchObject({ entered: 3, inside: 0, finished: 3 });
    expect(nodes.answer).toMatchObject({ passed: 3, waiting: 0 });
    expect(edges).toContainEqual({ from: 'answer', to: 'never', way: 'timeout', passed: 1 });
  });

  it('split by segment conditions, asked at that moment of all who stand there', async () => {
    const id = await begin({
      trigger: { kind: 'event', event: 'Visited Store' },
      start: 'minute',
      nodes: {
        minute: { kind: 'wait', until: { kind: 'duration', n: 1, unit: 'minute' }, next: 'bought' },
        bought: {
          kind: 'split',
          split: {
            by: 'condition',
            branches: [{ name: 'Buyers', if: { kind: 'order', test: { op: 'gte', value: 1 } }, next: 'vip' }],
            otherwise: 'rest',
          },
        },
        vip: { kind: 'update', traits: [{ trait: 'visits', op: 'add', value: 1 }], next: 'end' },
        rest: { kind: 'exit' },
        end: { kind: 'exit' },
      },
    });
    await happens(
      track('buyer', 'Order Completed', { order_id: 'ob', total: 10, currency: 'EUR' }),
      track('buyer', 'Visited Store'),
      track('looker', 'Visited Store'),
    );
    await until(new Date(deps.clock.now().getTime() + 61_000).toISOString());
    const lastOf = async (who: string) => (await trace(id, who)).runs[0]?.steps.at(-1)?.node;
    expect([await lastOf('buyer'), await lastOf('looker')]).toEqual(['end', 'rest']);
    world.shop.pipeline.ring();
    await world.shop.settle();
    const found = await world.segments.deps.pg.row(findPerson, { workspace: world.shop.id, value: 'buyer' });
    expect(found).not.toBeNull();
  });
});

describe('journeys that run', () => {
  const { world, trace, read } = useReadable();
  const { deps, happens, until, begin } = world;

  it('count on the canvas exactly who stands where', async () => {
    const template = await world.template();
    const id = await begin(
      cartJourney(template, { trigger: { kind: 'event', event: 'Count Me' }, entry: {}, exits: [] }),
    );
    await happens(...Array.from({ length: 30 }, (_, index) => track(`n${index}`, 'Count Me')));
    await until(new Date(deps.clock.now().getTime() + 1_800_000).toISOString());
    await happens(...Array.from({ length: 12 }, (_, index) => track(`m${index}`, 'Count Me')));
    await until(new Date(deps.clock.now().getTime() + 1_900_000).toISOString());
    const { nodes, people } = await read(id);
    const counted = await deps.pg.rows(countPlaces, { workspace: world.shop.id, journey: Number(id) });
    expect(counted).toEqual([{ node: 'wait_hour', people: 12 }]);
    expect(nodes.wait_hour).toMatchObject({ waiting: 12, passed: 30 });
    expect(people).toMatchObject({ entered: 42, inside: 12, finished: 30 });
    const page = await listPeople(deps.pg, { workspace: world.shop.id, id, node: 'wait_hour', cursor: undefined });
    expect(page.items).toHaveLength(12);
  });

  it('hold everybody while paused, let go on while drained, and end when archived', async () => {
    const template = await world.template();
    const id = await begin(
      cartJourney(template, { trigger: { kind: 'event', event: 'Stateful' }, entry: {}, exits: [] }),
    );
    const later = (minutes: number) => until(new Date(deps.clock.now().getTime() + minutes * 60_000).toISOString());
    await happens(track('s1', 'Stateful'));
    await world.act(id, 'pause');
    await later(61);
    await happens(track('s2', 'Stateful'));
    expect((await trace(id, 's1')).runs[0]?.state).toBe('active');
    expect((await trace(id, 's2')).notEntered?.reason).toBe('not_live');
    await world.act(id, 'resume');
    await later(0);
    expect((await trace(id, 's1')).runs[0]).toMatchObject({ state: 'done', reason: 'finished' });
    await happens(track('s3', 'Stateful'));
    await world.act(id, 'drain');
    await happens(track('s4', 'Stateful'));
    await later(61);
    expect((await trace(id, 's3')).runs[0]?.reason).toBe('finished');
    expect((await trace(id, 's4')).runs).toEqual([]);
    await world.act(id, 'start');
    await happens(track('s5', 'Stateful'));
    await world.act(id, 'archive');
    expect((await trace(id, 's5')).runs[0]).toMatchObject({ state: 'done', reason: 'archived' });
    const { people } = await read(id);
    expect(people.inside).toBe(0);
    await expect(world.act(id, 'pause')).rejects.toMatchObject({ code: 'communicate.journey_state' });
  });
});

describe('journeys that change', () => {
  const { world, trace, read } = useReadable();
  const { deps, happens, until, messages, begin } = world;

  it('let people in flight finish their version, or go on in the new one, as told', async () => {
    const template = await world.template();
    const old = cartJourney(template, { trigger: { kind: 'event', event: 'Versioned' }, entry: {}, exits: [] });
    const longer = journeyDefinitionSchema.parse({
      ...old,
      nodes: { ...old.nodes, remind: { kind: 'wait', until: { kind: 'duration', n: 5, unit: 'hour' }, next: 'end' } },
    });
    const without = journeyDefinitionSchema.parse({
      ...old,
      start: 'other',
      nodes: {
        other: { kind: 'wait', until: { kind: 'duration', n: 1, unit: 'hour' }, next: 'end' },
        end: { kind: 'exit' },
      },
    });
    const id = await begin(old);
    const save = (definition: typeof longer, inFlight: 'stay' | 'migrate', basedOn: number) =>
      updateJourney(world.journeys.deps, {
        workspace: world.shop.id,
        actor: journeyActor,
        id,
        name: 'Versions',
        description: '',
        definition,
        inFlight,
        basedOn,
      });
    await happens(track('v1', 'Versioned'));
    await save(longer, 'stay', 1);
    await happens(track('v2', 'Versioned'));
    await expect(save(longer, 'stay', 1)).rejects.toMatchObject({ code: 'communicate.journey_changed' });
    await until(new Date(deps.clock.now().getTime() + 3_601_000).toISOString());
    expect((await trace(id, 'v1')).runs[0]).toMatchObject({ state: 'done', version: 1 });
    expect((await trace(id, 'v2')).runs[0]).toMatchObject({ state: 'active', node: 'remind', version: 2 });
    await save(without, 'migrate', 2);
    await world.journeys.work();
    expect((await trace(id, 'v2')).runs[0]).toMatchObject({ state: 'done', version: 3, reason: 'step_gone' });
    expect((await read(id)).people.inside).toBe(0);
  });

  it('give nothing to the holdout and count its goals as well', async () => {
    const template = await world.template();
    const id = await begin(
      cartJourney(template, {
        trigger: { kind: 'event', event: 'Half' },
        entry: { holdout: 50 },
        exits: [],
        goal: { when: { kind: 'event', event: 'Converted' }, within: { n: 3, unit: 'day' } },
      }),
    );
    const before = (await messages()).length;
    const people = Array.from({ length: 60 }, (_, index) => `h${index}`);
    await happens(...people.map((who) => track(who, 'Half')));
    await until(new Date(deps.clock.now().getTime() + 3_601_000).toISOString());
    await happens(...people.map((who) => track(who, 'Converted')));
    const { people: counted } = await read(id);
    expect(counted.entered + counted.holdout).toBe(60);
    expect(counted.holdout).toBeGreaterThan(15);
    expect(counted).toMatchObject({ goal: counted.entered, holdoutGoal: counted.holdout });
    expect((await messages()).length - before).toBe(counted.entered);
  });

  it('let in only so many an hour, evenly', async () => {
    const template = await world.template();
    const id = await begin(
      cartJourney(template, {
        trigger: { kind: 'event', event: 'Rush' },
        entry: { perHour: 60 },
        start: 'remind',
        nodes: { remind: { kind: 'message', channel: 'email', template, next: 'end' }, end: { kind: 'exit' } },
        exits: [],
      }),
    );
    await happens(...Array.from({ length: 10 }, (_, index) => track(`r${index}`, 'Rush')));
    expect((await read(id)).people.finished).toBe(1);
    await until(new Date(deps.clock.now().getTime() + 4 * 60_000).toISOString());
    expect((await read(id)).people.finished).toBe(5);
  });
});

describe('journeys that are looked into', () => {
  const { world, profileOf, trace, read } = useReadable();
  const { deps, happens, messages, begin } = world;

  it('begin by entering a segment, once for each entry', async () => {
    const segmentDeps = { ...world.segments.deps, jobs: deps.jobs };
    await happens(track('l1', 'Known'), track('l2', 'Known'));
    const at = { workspace: world.shop.id, actor: journeyActor };
    const list = await createList(segmentDeps, { ...at, name: 'Guests', description: '', profiles: [] });
    const template = await world.template();
    const id = await begin(
      cartJourney(template, { trigger: { kind: 'segment', segment: list.id, on: 'enter' }, entry: {}, exits: [] }),
    );
    const l1 = (await deps.pg.row(findPerson, { workspace: world.shop.id, value: 'l1' }))?.id ?? 0;
    await changeList(segmentDeps, { ...at, id: list.id, add: [l1], remove: [] });
    await changeList(segmentDeps, { ...at, id: list.id, add: [l1], remove: [] });
    await world.journeys.work();
    expect((await read(id)).people.entered).toBe(1);
    expect((await trace(id, 'l2')).notEntered?.reason).toBe('no_trigger');
  });

  it('show what they would do, at another time, and write nothing', async () => {
    const template = await world.template();
    const definition = journeyDefinitionSchema.parse(cartJourney(template));
    const before = [(await messages()).length, (await world.runs()).length];
    const imagine = (events: { type: string; event: string; at: Date; properties: object }[]) =>
      profileOf('l1').then((profile) =>
        dryRun(world.journeys.deps, {
          workspace: world.shop.id,
          profile,
          definition,
          at: new Date('2026-07-01T08:00:00Z'),
          event: { cart_id: 'x' },
          events: events.map((each) => ({ ...each, properties: { ...each.properties } })),
        }),
      );
    const reminded = await imagine([]);
    expect(reminded.steps.map(({ at, outcome }) => [at, outcome])).toEqual([
      ['2026-07-01T08:00:00.000Z', 'waits'],
      ['2026-07-01T09:00:00.000Z', 'waited'],
      ['2026-07-01T09:00:00.000Z', 'queued'],
      ['2026-07-01T09:00:00.000Z', 'ended'],
    ]);
    const bought = await imagine([
      { type: 'track', event: 'Order Completed', at: new Date('2026-07-01T08:30:00Z'), properties: { cart_id: 'y' } },
      { type: 'track', event: 'Order Completed', at: new Date('2026-07-01T08:40:00Z'), properties: { cart_id: 'x' } },
    ]);
    expect(bought.ended).toBe('exit_rule');
    expect([(await messages()).length, (await world.runs()).length]).toEqual(before);
  });

  it('refuse to start while a template is not chosen', async () => {
    await expect(begin(cartJourney(''))).rejects.toMatchObject({ code: 'communicate.journey_incomplete' });
    expect(readyJourneys).toHaveLength(12);
  });

  it('give a person what they hold about them, and forget it', async () => {
    const who = (await deps.pg.row(findPerson, { workspace: world.shop.id, value: 'l1' }))?.id ?? 0;
    const { journeys: held } = await exportJourneys(deps, world.shop.id, [who]);
    expect(held).toHaveLength(1);
    await eraseJourneys(deps, world.shop.id, [who]);
    expect(await exportJourneys(deps, world.shop.id, [who])).toEqual({ journeys: [] });
  });
});
