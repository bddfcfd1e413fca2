import { beforeAll, describe, expect, it } from 'vitest';
import { cartJourney, useJourneys } from '../../../test/journeys.ts';
import { pgQuery } from '../../platform/index.ts';
import { advanceDue } from './advance.ts';

const findProfile = pgQuery({
  name: 'test.findJourneyProfile',
  params: { workspace: 'int4', value: 'text' },
  row: { id: 'int8', root_id: 'int8' },
  text: `select profile.id, profile.root_id from unify.identifier join unify.profile using (workspace_id)
         where workspace_id = :workspace and identifier.profile_id = profile.id and value = :value`,
});

const cart = (who: object, id: string, value = 80) => ({
  ...who,
  type: 'track',
  event: 'Cart Updated',
  properties: { cart_id: id, value },
});
const buys = (who: object, cartId: string, order: string) => ({
  ...who,
  type: 'track',
  event: 'Order Completed',
  properties: { order_id: order, cart_id: cartId, total: 80, currency: 'EUR' },
});

/** A shop with the journey of abandoned carts; call inside `describe`. */
function useCarts() {
  const world = useJourneys('2026-06-01T12:00:00Z');
  const { until, messages, runs } = world;
  let day = 1;
  /** A fresh day and a fresh journey, so that no test sees what another left. */
  const morning = async (): Promise<string> => {
    day += 1;
    await until(`2026-06-${String(day).padStart(2, '0')}T08:00:00Z`);
    return `2026-06-${String(day).padStart(2, '0')}`;
  };
  const remindersOf = async (cartId: string): Promise<number> =>
    (await messages()).filter(
      ({ variables, state }) => JSON.stringify(variables).includes(`"${cartId}"`) && state !== 'cancelled',
    ).length;
  const runsOf = async (cartId: string) => (await runs()).filter(({ entry_key }) => entry_key === cartId);
  const once = (() => {
    let begun: Promise<string> | null = null;
    return async (): Promise<string> => {
      begun ??= world.template().then((template) => world.begin(cartJourney(template), 'Abandoned cart'));
      return begun;
    };
  })();
  return { world, morning, remindersOf, runsOf, once };
}

describe('an abandoned cart', () => {
  const { world, morning, remindersOf, runsOf, once } = useCarts();
  const { happens, until } = world;

  it('is remembered once, an hour after it began, however often it is looked at', async () => {
    await once();
    const date = await morning();
    await happens(cart({ userId: 'anna' }, 'c1'));
    await until(`${date}T08:30:00Z`);
    await happens(cart({ userId: 'anna' }, 'c1'));
    expect(await remindersOf('c1')).toBe(0);
    await until(`${date}T08:59:59Z`);
    expect(await remindersOf('c1')).toBe(0);
    await until(`${date}T09:00:00Z`);
    expect(await remindersOf('c1')).toBe(1);
    await until(`${date}T12:00:00Z`);
    expect(await remindersOf('c1')).toBe(1);
    expect(await runsOf('c1')).toMatchObject([{ state: 'done', reason: 'finished' }]);
  });

  it('that is bought meanwhile reminds nobody', async () => {
    const date = await morning();
    await happens(cart({ userId: 'bert' }, 'c2'));
    await until(`${date}T08:59:00Z`);
    await happens(buys({ userId: 'bert' }, 'c2', 'o2'));
    await until(`${date}T20:00:00Z`);
    expect(await remindersOf('c2')).toBe(0);
    expect(await runsOf('c2')).toMatchObject([{ state: 'done', reason: 'exit_rule' }]);
  });

  it('and a second one are two runs; buying one reminds of the other', async () => {
    const date = await morning();
    await happens(cart({ userId: 'cleo' }, 'c3'), cart({ userId: 'cleo' }, 'c4'));
    await until(`${date}T08:20:00Z`);
    await happens(buys({ userId: 'cleo' }, 'c3', 'o3'));
    await until(`${date}T10:00:00Z`);
    expect([await remindersOf('c3'), await remindersOf('c4')]).toEqual([0, 1]);
  });

  it('that is taken up again after its reminder is a new run', async () => {
    const date = await morning();
    await happens(cart({ userId: 'dora' }, 'c5'));
    await until(`${date}T09:00:00Z`);
    await until(`${date}T11:00:00Z`);
    await happens(cart({ userId: 'dora' }, 'c5'));
    await until(`${date}T12:30:00Z`);
    expect(await remindersOf('c5')).toBe(2);
  });

  it('bought in the very batch that filled it reminds nobody', async () => {
    const date = await morning();
    await happens(cart({ userId: 'emil' }, 'c6'), buys({ userId: 'emil' }, 'c6', 'o6'));
    await until(`${date}T10:00:00Z`);
    expect(await remindersOf('c6')).toBe(0);
  });

  it('bought at the moment the reminder falls due, but not acted on yet, reminds nobody', async () => {
    const date = await morning();
    await happens(cart({ userId: 'fred' }, 'c7'));
    world.deps.clock.set(`${date}T09:00:00Z`);
    // Resolved, and the journeys have not heard of it when their timer fires.
    await world.shop.send({ ...buys({ userId: 'fred' }, 'c7', 'o7'), timestamp: `${date}T08:59:59Z` });
    await world.journeys.work();
    expect(await remindersOf('c7')).toBe(0);
  });

  it('whose reminder waits in the outbox when it is bought is taken back', async () => {
    const date = await morning();
    await happens(cart({ userId: 'gina' }, 'c8'));
    await until(`${date}T09:00:00Z`);
    expect(await remindersOf('c8')).toBe(1);
    await happens(buys({ userId: 'gina' }, 'c8', 'o8'));
    expect(await remindersOf('c8')).toBe(0);
  });
});

describe('an abandoned cart of somebody who', () => {
  const { world, morning, remindersOf, runsOf, once } = useCarts();
  const { happens, until, messages } = world;
  beforeAll(once);

  it('turns out to be a customer in the middle of the wait is remembered to them once', async () => {
    const date = await morning();
    await happens({ type: 'identify', userId: 'hans', traits: { email: 'hans@example.com' } });
    await happens(cart({ anonymousId: 'a-hans' }, 'c9'), cart({ userId: 'hans' }, 'c9'));
    expect(await runsOf('c9')).toHaveLength(2);
    await until(`${date}T08:30:00Z`);
    await happens({ type: 'identify', userId: 'hans', anonymousId: 'a-hans' });
    await until(`${date}T11:00:00Z`);
    expect(await remindersOf('c9')).toBe(1);
    expect((await runsOf('c9')).map(({ reason }) => reason).sort()).toEqual(['finished', 'merged']);
    const [reminder] = (await messages()).slice(-1);
    const hans = await world.deps.pg.row(findProfile, { workspace: world.shop.id, value: 'hans' });
    const owner = await world.deps.pg.rows(findProfile, { workspace: world.shop.id, value: 'a-hans' });
    expect([hans?.root_id, owner[0]?.root_id]).toContain(reminder?.profile_id);
  });

  it('buys it as the customer they turn out to be reminds nobody', async () => {
    const date = await morning();
    await happens({ type: 'identify', userId: 'iris', traits: { email: 'iris@example.com' } });
    await happens(cart({ anonymousId: 'a-iris' }, 'c10'));
    await until(`${date}T08:30:00Z`);
    await happens({ type: 'identify', userId: 'iris', anonymousId: 'a-iris' }, buys({ userId: 'iris' }, 'c10', 'o10'));
    await until(`${date}T11:00:00Z`);
    expect(await remindersOf('c10')).toBe(0);
  });

  it('waits while the process restarts is remembered', async () => {
    const date = await morning();
    await happens(cart({ userId: 'jana' }, 'c11'), cart({ userId: 'karl' }, 'c12'));
    await world.restart();
    await happens(buys({ userId: 'karl' }, 'c12', 'o12'));
    await until(`${date}T09:00:00Z`);
    expect([await remindersOf('c11'), await remindersOf('c12')]).toEqual([1, 0]);
  });

  it('is due when the process dies before its commit is reminded once', async () => {
    const date = await morning();
    await happens(cart({ userId: 'lena' }, 'c13'));
    world.deps.clock.set(`${date}T09:00:00Z`);
    const { pg } = world.journeys.deps;
    for (let crash = 0; crash < 3; crash += 1) {
      const dies = pg.transaction(async (tx) => {
        const inside = {
          ...world.journeys.deps,
          pg: { ...pg, transaction: <T>(work: (on: typeof tx) => Promise<T>) => work(tx) },
        };
        expect(await advanceDue(inside, world.shop.id, Number(await once()))).toBe(1);
        throw new Error('killed');
      });
      await expect(dies).rejects.toThrow('killed');
      expect(await remindersOf('c13')).toBe(0);
    }
    await world.journeys.work();
    await world.journeys.work();
    expect(await remindersOf('c13')).toBe(1);
  });

  it('filled it last month, known by an import today, is not reminded', async () => {
    await morning();
    await happens({ ...cart({ userId: 'maja' }, 'c14'), timestamp: '2026-05-01T10:00:00Z' });
    expect(await runsOf('c14')).toEqual([]);
  });
});

describe('waits of days', () => {
  const world = useJourneys('2026-03-27T09:30:00Z');

  it.each([
    ['in spring', '2026-03-28T09:30:00Z', '2026-03-29T08:30:00Z'],
    ['in autumn', '2026-10-24T08:30:00Z', '2026-10-25T09:30:00Z'],
  ])('keep the hour of the clock when it changes %s', async (season, from, to) => {
    const template = await world.template();
    await world.until(from);
    await world.begin(
      cartJourney(template, {
        trigger: { kind: 'event', event: `Cart ${season}` },
        nodes: {
          wait_hour: { kind: 'wait', until: { kind: 'duration', n: 1, unit: 'day' }, next: 'remind' },
          remind: { kind: 'message', channel: 'email', template, next: 'end' },
          end: { kind: 'exit' },
        },
      }),
    );
    await world.happens({
      userId: `u-${season}`,
      type: 'track',
      event: `Cart ${season}`,
      properties: { cart_id: season },
    });
    const run = (await world.runs()).find(({ entry_key }) => entry_key === season);
    expect(run?.due_at?.toISOString()).toBe(new Date(to).toISOString());
  });
});
