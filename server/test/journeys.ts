import { type JourneyDefinitionInput, journeyDefinitionSchema } from '@vitrail/contracts';
import { afterAll, beforeAll } from 'vitest';
import { createJourneys, type Journeys } from '../src/communicate/journeys/createJourneys.ts';
import { followBatches, followSegments } from '../src/communicate/journeys/followEvents.ts';
import { changeState, createJourney } from '../src/communicate/journeys/saveJourney.ts';
import { createSegments, type Segments } from '../src/decide/index.ts';
import { createAssigner } from '../src/experience/index.ts';
import { type JsonObject, pgQuery } from '../src/platform/index.ts';
import { openShop, type Shop } from './shop.ts';
import { type TestDeps, useStores } from './stores.ts';

const insertTemplate = pgQuery({
  name: 'test.insertJourneyTemplate',
  params: { workspace: 'int4', channel: 'text', at: 'timestamptz' },
  row: { id: 'int4' },
  text: `insert into communicate.template (workspace_id, name, channel, created_by, created_at, updated_at)
         values (:workspace, 'Reminder', :channel, 'test', :at, :at) returning id`,
});

const listMessages = pgQuery({
  name: 'test.listJourneyMessages',
  params: { workspace: 'int4' },
  row: { id: 'int8', profile_id: 'int8', step: 'text', state: 'text', variables: 'jsonb', due_at: 'timestamptz' },
  text: `select id, profile_id, step, state, variables, due_at from communicate.message
         where workspace_id = :workspace and origin = 'journey' order by id`,
});

const setMessageState = pgQuery({
  name: 'test.setJourneyMessageState',
  params: { workspace: 'int4', state: 'text' },
  row: {},
  text: `update communicate.message set state = :state where workspace_id = :workspace and state = 'queued'`,
});

const listRuns = pgQuery({
  name: 'test.listJourneyRuns',
  params: { workspace: 'int4' },
  row: {
    id: 'int8',
    profile_id: 'int8',
    entry_key: 'text',
    state: 'text',
    node: 'text?',
    due_at: 'timestamptz?',
    goal_at: 'timestamptz?',
    reason: 'text?',
  },
  text: `select id, profile_id, entry_key, state, node, due_at, goal_at, reason from communicate.journey_run
         where workspace_id = :workspace order by id`,
});

export const journeyActor = { kind: 'user', id: 'test' } as const;

/** Reminds of a cart an hour after it was last looked at, unless that cart is bought. */
export const cartJourney = (
  template: string,
  changes: Partial<JourneyDefinitionInput> = {},
): JourneyDefinitionInput => ({
  trigger: { kind: 'event', event: 'Cart Updated' },
  entry: { key: 'properties.cart_id', again: 'always' },
  start: 'wait_hour',
  nodes: {
    wait_hour: { kind: 'wait', until: { kind: 'duration', n: 1, unit: 'hour' }, next: 'remind' },
    remind: { kind: 'message', channel: 'email', template, next: 'end' },
    end: { kind: 'exit' },
  },
  exits: [
    {
      kind: 'event',
      event: 'Order Completed',
      where: [{ path: 'properties.cart_id', op: 'is', run: 'event.properties.cart_id' }],
    },
  ],
  ...changes,
});

/** A shop whose segments and journeys run, at a moment that stands still; call inside `describe`. */
export function useJourneys(start = '2026-06-01T12:00:00Z') {
  const deps: TestDeps = useStores();
  let shop: Shop;
  let segments: Segments;
  let journeys: Journeys;
  const open = (): void => {
    segments = createSegments(deps, async () => ({}), { onChanges: followSegments });
    journeys = createJourneys(
      { ...deps, segments: { ...segments.deps, jobs: deps.jobs } },
      { claimCode: async (_, { key }) => `CODE-${key.split('/').at(-1)}`, assigner: createAssigner(deps) },
    );
  };
  beforeAll(async () => {
    deps.clock.set(start);
    open();
    shop = await openShop(deps, { reactors: [(batch) => segments.react(batch)], follow: followBatches });
    await deps.jobs.start({ workers: false, schedules: false });
  });
  afterAll(async () => {
    await segments.stop();
    await shop.pipeline.stop();
  });
  return {
    deps,
    get shop() {
      return shop;
    },
    get segments() {
      return segments;
    },
    get journeys() {
      return journeys;
    },
    /** A former process is gone, a new one takes over: nothing of it was kept in memory. */
    async restart(): Promise<void> {
      await segments.stop();
      open();
    },
    async template(channel = 'email'): Promise<string> {
      const row = await deps.pg.row(insertTemplate, { workspace: shop.id, channel, at: deps.clock.now() });
      return String(row?.id);
    },
    /** Stores and starts a journey. */
    async begin(definition: JourneyDefinitionInput, name = 'A journey'): Promise<string> {
      const input = { workspace: shop.id, actor: journeyActor, name, description: '' };
      const { id } = await createJourney(journeys.deps, {
        ...input,
        definition: journeyDefinitionSchema.parse(definition),
      });
      await changeState(journeys.deps, { ...input, id, action: 'start' });
      return id;
    },
    async act(id: string, action: Parameters<typeof changeState>[1]['action']): Promise<void> {
      await changeState(journeys.deps, { workspace: shop.id, actor: journeyActor, id, action });
    },
    /** Something happens now; the journeys have acted on it when this resolves. */
    async happens(...calls: JsonObject[]): Promise<void> {
      const timestamp = deps.clock.now().toISOString();
      await shop.send(...calls.map((call) => ({ timestamp, ...call })));
      await journeys.work();
    },
    /** Time passes, and whoever is due goes on. */
    async until(instant: string): Promise<void> {
      deps.clock.set(instant);
      await segments.askDue();
      await journeys.work();
    },
    messages: async () => [...(await deps.pg.rows(listMessages, { workspace: shop.id }))],
    /** Whatever waits in the outbox goes out. */
    send: () => deps.pg.run(setMessageState, { workspace: shop.id, state: 'sent' }),
    runs: async () => [...(await deps.pg.rows(listRuns, { workspace: shop.id }))],
  };
}
