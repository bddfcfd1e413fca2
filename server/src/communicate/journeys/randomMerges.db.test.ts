import { describe, expect, it } from 'vitest';
import { cartJourney, useJourneys } from '../../../test/journeys.ts';
import { pgQuery } from '../../platform/index.ts';
import { undoMerge } from '../../unify/merges/undoMerge.ts';

const findMerge = pgQuery({
  name: 'test.randomMerges.findMerge',
  params: { workspace: 'int4', user: 'text' },
  row: { id: 'int8' },
  text: `
    select merge.id from unify.identifier
    join unify.merge on merge.workspace_id = :workspace and merge.undone_at is null
      and identifier.profile_id in (merge.winner_id, merge.loser_id)
    where identifier.workspace_id = :workspace and identifier.namespace = 'user_id' and identifier.value = :user
    order by merge.id desc limit 1`,
});

const minute = 60_000;
const wait = 60;
const people = 3;
const carts = ['a', 'b'];

type Deed = 'fill' | 'buy' | 'link' | 'part';
interface Happening {
  readonly at: number;
  readonly person: number;
  /** By the visitor nobody knew, or by the customer they turn out to be. */
  readonly unknown: boolean;
  readonly cart: string;
  readonly deed: Deed;
  readonly twice: boolean;
}

/** The same numbers every time, other ones for another seed. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** Carts filled and bought as a visitor or as the customer; each pair is joined once, and perhaps parted again. */
function makeHistory(seed: number): Happening[] {
  const roll = dice(seed);
  const stands = new Map<number, 'apart' | 'joined' | 'parted'>();
  let at = 0;
  return Array.from({ length: 44 }, (): Happening => {
    at += roll(4) === 0 ? 0 : roll(24);
    const person = roll(people);
    const stand = stands.get(person) ?? 'apart';
    const drawn = roll(8);
    const deed: Deed =
      drawn === 0 && stand === 'apart'
        ? 'link'
        : drawn === 1 && stand === 'joined'
          ? 'part'
          : drawn < 4
            ? 'buy'
            : 'fill';
    if (deed === 'link') stands.set(person, 'joined');
    if (deed === 'part') stands.set(person, 'parted');
    return { at, person, unknown: roll(2) === 0, cart: carts[roll(2)] ?? '', deed, twice: roll(6) === 0 };
  });
}

interface Run {
  readonly row: string;
  readonly key: string;
  readonly entered: number;
  ended: number | null;
}

/** By hand: who is reminded of which cart when. Knows nothing of events, rows and transactions. */
function expectReminders(history: readonly Happening[]): string[] {
  const runs: Run[] = [];
  const joined = new Set<number>();
  const reminded: string[] = [];
  const rowOf = ({ person, unknown }: Happening): string => `${person}${unknown ? '?' : ''}`;
  const customerOf = (row: string): string =>
    joined.has(Number.parseInt(row, 10)) ? String(Number.parseInt(row, 10)) : row;
  const same = (one: Run, row: string, key: string): boolean =>
    one.key === key && customerOf(one.row) === customerOf(row);
  const pass = (now: number): void => {
    for (const [place, run] of runs.entries()) {
      if (run.ended !== null || run.entered + wait > now) continue;
      const due = run.entered + wait;
      // Two runs that a merge makes one: the older one speaks.
      const silenced = runs
        .slice(0, place)
        .some((other) => other.row !== run.row && same(other, run.row, run.key) && (other.ended ?? due) > run.entered);
      run.ended = due;
      if (!silenced) reminded.push(`${due} ${run.key}`);
    }
  };
  for (const happening of history) {
    const { at, person, cart, deed } = happening;
    const [row, key] = [rowOf(happening), `${person}/${cart}`];
    pass(at);
    if (deed === 'link') joined.add(person);
    if (deed === 'part') joined.delete(person);
    const mine = runs.filter((run) => run.ended === null && same(run, row, key));
    if (deed === 'buy') for (const run of mine) run.ended = at;
    if (deed === 'fill' && mine.length === 0) runs.push({ row, key, entered: at, ended: null });
  }
  pass(Number.POSITIVE_INFINITY);
  return reminded.toSorted();
}

describe('random histories through merges and un-merges', () => {
  const world = useJourneys('2026-06-01T00:00:00Z');
  const starts = [11, 12, 13, 14].map((seed) => [seed, Date.parse(`2026-06-${seed}T06:00:00Z`)] as const);

  it.each(starts)('remind exactly as a count by hand says (%i)', { timeout: 120_000 }, async (seed, start) => {
    const history = makeHistory(seed);
    const moment = (at: number): string => new Date(start + at * minute).toISOString();
    await world.until(moment(-30));
    const users = Array.from({ length: people }, (_, person) => ({
      userId: `user-${seed}-${person}`,
      anonymousId: `visitor-${seed}-${person}`,
    }));
    for (const { userId, anonymousId } of users) {
      await world.happens(
        { type: 'identify', userId, traits: { plan: 'x' } },
        { type: 'page', anonymousId, name: 'Home' },
      );
    }
    const id = await world.begin(
      cartJourney(await world.template(), {
        trigger: { kind: 'event', event: `Filled ${seed}` },
        exits: [
          {
            kind: 'event',
            event: `Bought ${seed}`,
            where: [{ path: 'properties.cart_id', op: 'is', run: 'event.properties.cart_id' }],
          },
        ],
      }),
    );
    await world.until(moment(0));
    const expected = expectReminders(history);
    // Looked at whenever a run may be due: what comes at another time carries that other moment.
    const due = [...new Set(history.map(({ at }) => at + wait))].toSorted((a, b) => a - b);
    const passUntil = async (at: number): Promise<void> => {
      while (due[0] !== undefined && due[0] < at) await world.until(moment(due.shift() ?? at));
      await world.until(moment(at));
    };
    const act = async ({ person, unknown, cart, deed, twice }: Happening, number: number): Promise<void> => {
      const { userId, anonymousId } = users[person] ?? { userId: '', anonymousId: '' };
      if (deed === 'link') return world.happens({ type: 'identify', userId, anonymousId });
      if (deed === 'part') {
        const { id: workspace, pipeline } = world.shop;
        const merge = await world.deps.pg.row(findMerge, { workspace, user: userId });
        const actor = { kind: 'user', id: 'test' } as const;
        await undoMerge({ clock: world.deps.clock, pipeline }, { workspace, merge: merge?.id ?? 0, actor });
        await world.journeys.work();
        return;
      }
      const call = {
        type: 'track',
        ...(unknown ? { anonymousId } : { userId }),
        messageId: `random-${seed}-${number}`,
        event: deed === 'buy' ? `Bought ${seed}` : `Filled ${seed}`,
        properties: { cart_id: `${person}/${cart}` },
      };
      await world.happens(call, ...(twice ? [call] : []));
    };
    const roll = dice(seed + 100);
    for (const [number, happening] of history.entries()) {
      await passUntil(happening.at);
      await world.send();
      await act(happening, number);
      if (roll(12) === 0) await world.restart();
    }
    await passUntil((history.at(-1)?.at ?? 0) + 2 * wait);
    const sent = (await world.messages())
      .filter(({ state, due_at }) => state !== 'cancelled' && due_at.getTime() >= start)
      .map(({ due_at, variables }) => {
        const cart = /"cart_id":\s*"([^"]+)"/.exec(JSON.stringify(variables))?.[1] ?? '';
        return `${(due_at.getTime() - start) / minute} ${cart}`;
      });
    expect(sent.toSorted()).toEqual(expected);
    await world.act(id, 'archive');
  });
});
