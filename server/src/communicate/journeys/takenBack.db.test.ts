import { describe, expect, it } from 'vitest';
import { cartJourney, useJourneys } from '../../../test/journeys.ts';
import { testSecrets } from '../../../test/shop.ts';
import { createAssigner } from '../../experience/index.ts';
import { pgQuery } from '../../platform/index.ts';
import { decide, type Passage } from '../gate/decide.ts';
import type { Decision } from '../gate/decision.ts';
import { enqueueMessages } from '../messages/enqueueMessages.ts';
import { createFinisher } from '../messages/finishMessages.ts';

const readReason = pgQuery({
  name: 'test.readTakenBackReason',
  params: { workspace: 'int4', id: 'int8' },
  row: { state: 'text', reason: 'text?' },
  text: `select state, reason from communicate.message where workspace_id = :workspace and id = :id`,
});

const worker = 1;
const claimed = { kind: 'claim', worker } as const;
const handed = { kind: 'send', worker } as const;

describe('a reminder whose cart is bought', () => {
  const world = useJourneys('2026-06-01T08:00:00Z');
  const { deps, happens, until } = world;
  let day = 1;

  /** A cart is left, and its reminder stands in the outbox. */
  async function remindedAt(who: string, journey: (template: string) => Parameters<typeof world.begin>[0]) {
    day += 1;
    const date = `2026-06-${String(day).padStart(2, '0')}`;
    await until(`${date}T08:00:00Z`);
    const id = await world.begin(journey(await world.template()));
    const cart = { userId: who, properties: { cart_id: who } };
    await happens({ type: 'identify', userId: who, traits: { email: `${who}@example.com` } });
    await happens({ type: 'track', event: 'Cart Updated', ...cart });
    await until(`${date}T09:00:00Z`);
    const message = (await world.messages()).at(-1)?.id ?? 0;
    return {
      ask: (passage: Passage): Promise<readonly Decision[]> =>
        deps.pg.transaction((tx) =>
          decide(tx, {
            workspace: world.shop.id,
            now: deps.clock.now(),
            ids: [message],
            passage,
            secrets: testSecrets,
          }),
        ),
      buy: () => happens({ type: 'track', event: 'Order Completed', ...cart }),
      /** The provider could not take it: it is tried again later. */
      putOff: () =>
        createFinisher({ ...deps, assigner: createAssigner(deps), onEvents: () => undefined }).finish(world.shop.id, [
          { id: message, state: 'queued', reason: 'provider_waits', dueAt: deps.clock.now() },
        ]),
      read: () => deps.pg.row(readReason, { workspace: world.shop.id, id: message }),
      over: () => world.act(id, 'archive'),
    };
  }
  const remind = (template: string) =>
    ({ kind: 'message', channel: 'email', template, transactional: true, next: 'end' }) as const;
  const short = (template: string) => {
    const journey = cartJourney(template);
    return { ...journey, nodes: { ...journey.nodes, remind: remind(template) } };
  };
  /** The run is still under way when the message waits. */
  const long = (template: string) => {
    const journey = short(template);
    const later = { kind: 'wait', until: { kind: 'duration', n: 2, unit: 'day' }, next: 'end' } as const;
    return { ...journey, nodes: { ...journey.nodes, remind: { ...remind(template), next: 'later' }, later } };
  };

  it.each([
    ['while a worker writes it out', 'anna', short],
    ['while a worker writes it out and the run goes on', 'bert', long],
  ])('%s is taken out of its hands', async (_, who, journey) => {
    const reminder = await remindedAt(who, journey);
    expect(await reminder.ask(claimed)).toMatchObject([{ verdict: 'yes' }]);
    await reminder.buy();
    expect(await reminder.read()).toEqual({ state: 'cancelled', reason: 'journey_ended' });
    expect(await reminder.ask(handed)).toEqual([]);
    await reminder.over();
  });

  it.each([
    ['while it is handed over', 'cleo', short],
    ['while it is handed over and the run goes on', 'dora', long],
  ])('%s is not tried again when no provider takes it', async (_, who, journey) => {
    const reminder = await remindedAt(who, journey);
    await reminder.ask(claimed);
    expect(await reminder.ask(handed)).toMatchObject([{ verdict: 'yes' }]);
    await reminder.buy();
    expect(await reminder.read()).toMatchObject({ state: 'sending' });
    await reminder.putOff();
    expect(await reminder.read()).toEqual({ state: 'cancelled', reason: 'journey_ended' });
    await reminder.over();
  });

  it('between two tries is not tried again', async () => {
    const reminder = await remindedAt('emil', long);
    await reminder.ask(claimed);
    await reminder.ask(handed);
    await reminder.putOff();
    expect(await reminder.read()).toMatchObject({ state: 'queued' });
    await reminder.buy();
    expect(await reminder.read()).toEqual({ state: 'cancelled', reason: 'journey_ended' });
    await reminder.over();
  });

  it('that an earlier round of its run left in the outbox is kept back by the gate', async () => {
    const reminder = await remindedAt('gina', long);
    const [run] = (await world.runs()).slice(-1);
    await reminder.buy();
    const { id: workspace } = world.shop;
    const now = deps.clock.now();
    const decisions = await deps.pg.transaction(async (tx) => {
      const ids = await enqueueMessages(tx, {
        workspace,
        now,
        wishes: [
          {
            profile: run?.profile_id ?? 0,
            dedupeKey: `journey/1/run/${run?.id}/remind/99`,
            channel: 'email',
            purpose: 'marketing',
            kind: 'transactional',
            template: { id: 1, version: 1 },
            origin: { kind: 'journey', id: '1', step: 'remind' },
            dueAt: now,
          },
        ],
      });
      return decide(tx, { workspace, now, ids, passage: claimed, secrets: testSecrets });
    });
    expect(decisions).toMatchObject([{ verdict: 'skip', reason: 'journey_ended' }]);
    await reminder.over();
  });

  it('goes out when nobody buys, though its run has come to its end', async () => {
    const reminder = await remindedAt('fred', short);
    expect(await reminder.ask(claimed)).toMatchObject([{ verdict: 'yes' }]);
    expect(await reminder.ask(handed)).toMatchObject([{ verdict: 'yes' }]);
    await reminder.over();
  });
});
