import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createGroupCommit, type GroupCommitOptions } from './groupCommit.ts';

function open(write: (items: readonly number[]) => Promise<void>, options: Partial<GroupCommitOptions<number>> = {}) {
  return createGroupCommit<number>({
    write,
    bytesOf: () => 10,
    tooSlow: () => new Error('too slow'),
    concurrency: 1,
    maxItems: 100,
    maxBytes: 1_000_000,
    patienceMs: 5_000,
    ...options,
  });
}

/** A disk that writes one group each time it is told to. */
function createDisk() {
  const groups: (readonly number[])[] = [];
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  return {
    groups,
    write: (items: readonly number[]) =>
      new Promise<void>((resolve, reject) => {
        groups.push(items);
        waiting.push({ resolve, reject });
      }),
    finish: () => waiting.shift()?.resolve(),
    fail: (error: Error) => waiting.shift()?.reject(error),
  };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));
const refusedData = () => Object.assign(new Error('invalid byte sequence'), { code: '22021' });

describe('group commit', () => {
  it('writes what arrives in one turn together, and what arrives meanwhile as the next group', async () => {
    const disk = createDisk();
    const commits = open(disk.write);
    const first = [commits.add(1), commits.add(2)];
    await turn();
    const second = [commits.add(3)];
    await turn();
    second.push(commits.add(4), commits.add(5));
    await turn();
    expect(disk.groups).toEqual([[1, 2]]);
    disk.finish();
    await Promise.all(first);
    await turn();
    expect(disk.groups).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
    disk.finish();
    await Promise.all(second);
    expect(commits.waitingBytes()).toBe(0);
  });

  it('resolves nobody before the group is written', async () => {
    const disk = createDisk();
    const commits = open(disk.write);
    let settled = false;
    const added = commits.add(1).then(() => {
      settled = true;
    });
    await sleep(20);
    expect(settled).toBe(false);
    disk.finish();
    await added;
  });

  it('keeps groups within their limits and the order of arrival', async () => {
    const disk = createDisk();
    const commits = open(disk.write, { maxItems: 3, maxBytes: 20 });
    const added = [1, 2, 3, 4, 5].map((item) => commits.add(item));
    for (let round = 0; round < 3; round++) {
      await turn();
      disk.finish();
      await turn();
    }
    await Promise.all(added);
    expect(disk.groups).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('writes an item larger than the limit alone', async () => {
    const disk = createDisk();
    const commits = open(disk.write, { maxBytes: 5 });
    const added = commits.add(1);
    await turn();
    expect(disk.groups).toEqual([[1]]);
    disk.finish();
    await added;
  });

  it('tells everybody of a group when it fails, and goes on', async () => {
    const disk = createDisk();
    const commits = open(disk.write);
    const failing = [commits.add(1), commits.add(2)].map((added) => expect(added).rejects.toThrow('gone'));
    await turn();
    disk.fail(new Error('gone'));
    await Promise.all(failing);
    const next = commits.add(3);
    await turn();
    disk.finish();
    await next;
  });

  it('writes each alone when the data of one is refused, so that the others are kept', async () => {
    const kept: number[] = [];
    const commits = open(async (items) => {
      if (items.includes(2)) throw refusedData();
      kept.push(...items);
    });
    const results = await Promise.allSettled([1, 2, 3].map((item) => commits.add(item)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(kept).toEqual([1, 3]);
  });

  it('gives up on what is not written in time, waiting or under way', async () => {
    const disk = createDisk();
    const commits = open(disk.write, { patienceMs: 50 });
    const stuck = commits.add(1);
    await turn();
    const queued = commits.add(2);
    await expect(stuck).rejects.toThrow('too slow');
    await expect(queued).rejects.toThrow('too slow');
    expect(disk.groups).toEqual([[1]]);
    disk.finish();
    await commits.drain();
    expect(commits.waitingBytes()).toBe(0);
  });

  it('drains: what was added is settled first', async () => {
    const written: number[] = [];
    const commits = open(
      async (items) => {
        await sleep(5);
        written.push(...items);
      },
      { maxItems: 2 },
    );
    for (const item of [1, 2, 3, 4, 5]) void commits.add(item);
    await commits.drain();
    expect(written).toEqual([1, 2, 3, 4, 5]);
    await commits.drain();
  });
});
