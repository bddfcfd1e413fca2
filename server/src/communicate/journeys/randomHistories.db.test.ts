import { describe, expect, it } from 'vitest';
import { cartJourney, useJourneys } from '../../../test/journeys.ts';

const minute = 60_000;
const people = ['p0', 'p1', 'p2', 'p3'];
const carts = ['a', 'b'];

interface Happening {
  readonly at: number;
  readonly who: string;
  readonly cart: string;
  readonly bought: boolean;
}

/** The same numbers every time, other ones for another seed. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** Carts filled and bought over some hours, in order; several at one moment now and then. */
function makeHistory(seed: number): Happening[] {
  const roll = dice(seed);
  let at = 0;
  return Array.from({ length: 36 }, (): Happening => {
    at += roll(4) === 0 ? 0 : roll(30);
    return {
      at,
      who: people[roll(people.length)] ?? '',
      cart: carts[roll(carts.length)] ?? '',
      bought: roll(3) === 0,
    };
  });
}

/** By hand: who is reminded when. A cart that waits is not begun anew; bought before its hour is over it is forgotten. */
function expectReminders(history: readonly Happening[]): string[] {
  const waiting = new Map<string, number>();
  const reminded: string[] = [];
  const remindUntil = (now: number): void => {
    for (const [key, due] of [...waiting]) {
      if (due > now) continue;
      reminded.push(`${due} ${key}`);
      waiting.delete(key);
    }
  };
  for (const { at, who, cart, bought } of history) {
    const key = `${who}/${cart}`;
    remindUntil(at - 1);
    // At the very minute the hour is over, whoever is due goes first: time was moved before the event came.
    remindUntil(at);
    if (bought) waiting.delete(key);
    else if (!waiting.has(key)) waiting.set(key, at + 60);
  }
  remindUntil(Number.POSITIVE_INFINITY);
  return reminded.toSorted();
}

describe('random histories', () => {
  const world = useJourneys('2026-06-01T00:00:00Z');
  const starts = [1, 2, 3].map((seed) => [seed, Date.parse(`2026-06-0${seed}T06:00:00Z`)] as const);

  it.each(starts)('remind exactly as a count by hand says (%i)', async (seed, start) => {
    const template = await world.template();
    const history = makeHistory(seed);
    const moment = (at: number): string => new Date(start + at * minute).toISOString();
    await world.until(moment(0));
    const id = await world.begin(
      cartJourney(template, {
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
    const expected = expectReminders(history);
    // Looked at whenever somebody should be reminded; what comes at another time carries that other moment.
    const due = expected.map((line) => Number(line.split(' ')[0])).toSorted((a, b) => a - b);
    const passUntil = async (at: number): Promise<void> => {
      while (due[0] !== undefined && due[0] < at) await world.until(moment(due.shift() ?? at));
      await world.until(moment(at));
    };
    const roll = dice(seed + 100);
    for (const { at, who, cart, bought } of history) {
      await passUntil(at);
      await world.send();
      await world.happens({
        type: 'track',
        userId: `${who}-${seed}`,
        event: bought ? `Bought ${seed}` : `Filled ${seed}`,
        properties: { cart_id: `${who}/${cart}` },
      });
      if (roll(15) === 0) await world.restart();
    }
    await passUntil((history.at(-1)?.at ?? 0) + 120);
    const sent = (await world.messages())
      .filter(({ state, due_at }) => state !== 'cancelled' && due_at.getTime() >= start)
      .map(({ due_at, variables }) => {
        const said = JSON.stringify(variables);
        return `${(due_at.getTime() - start) / minute} ${/"cart_id":\s*"([^"]+)"/.exec(said)?.[1] ?? ''}`;
      });
    expect(sent.toSorted()).toEqual(expected);
    await world.act(id, 'archive');
  });
});
