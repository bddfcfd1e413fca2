import { describe, expect, it } from 'vitest';
import { nextAfter, oneBefore, waitingFor } from './queue.ts';

const ids = (...all: number[]) => all.map((id) => ({ id }));

describe('the queue', () => {
  it('goes on from where one is, and from the end to what was passed over', () => {
    expect(nextAfter(ids(4, 7, 9), 4)).toBe(7);
    expect(nextAfter(ids(4, 7, 9), 9)).toBe(4);
    expect(nextAfter(ids(4, 7, 9), 5)).toBe(4);
    expect(nextAfter(ids(4, 7, 9), null)).toBe(4);
  });

  it('ends when there is no other', () => {
    expect(nextAfter(ids(4), 4)).toBeNull();
    expect(nextAfter([], 4)).toBeNull();
    expect(oneBefore([], null)).toBeNull();
  });

  it('goes back, too', () => {
    expect(oneBefore(ids(4, 7, 9), 9)).toBe(7);
    expect(oneBefore(ids(4, 7, 9), 4)).toBe(9);
  });

  it('leaves out what was decided here, and what waits for somebody else to agree with oneself', () => {
    const merge = (id: string) => ({ by: { id, name: id }, decision: 'merge' as const, at: '', note: null });
    const rows = [
      { id: 1, state: 'open' as const, votes: [] },
      { id: 2, state: 'second' as const, votes: [merge('me')] },
      { id: 3, state: 'second' as const, votes: [merge('other')] },
      { id: 4, state: 'open' as const, votes: [] },
    ];
    expect(waitingFor(rows, new Set([4]), 'me').map(({ id }) => id)).toEqual([1, 3]);
  });
});
