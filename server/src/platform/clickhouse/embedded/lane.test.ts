import { describe, expect, it } from 'vitest';
import { Lane } from './lane.ts';

describe('a lane', () => {
  it('gives each connection to one caller at a time, in the order they came', async () => {
    const lane = new Lane(['one', 'two']);
    const [first, second] = [await lane.take(), await lane.take()];
    const order: string[] = [];
    const waiting = ['c', 'd'].map((name) => lane.use(async (connection) => order.push(`${name} on ${connection}`)));
    expect(order).toEqual([]);
    lane.give(second);
    lane.give(first);
    await Promise.all(waiting);
    expect(order).toEqual([`c on ${second}`, `d on ${first}`]);
  });

  it('takes a connection back from work that throws', async () => {
    const lane = new Lane(['only']);
    await expect(lane.use(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await lane.use(async (connection) => connection)).toBe('only');
  });

  it('lets a caller who gives up out of the queue', async () => {
    const lane = new Lane(['only']);
    const held = await lane.take();
    const leaving = new AbortController();
    const left = lane.take(leaving.signal);
    const next = lane.take();
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    lane.give(held);
    expect(await next).toBe('only');
  });
});
