import { describe, expect, it } from 'vitest';
import { backOff, judge, takeBatch } from './delivery.ts';
import { createOutbox } from './outbox.ts';
import { createStorage } from './storage.ts';

describe('an answer', () => {
  it.each([
    [200, null, '', { kind: 'done' }],
    [503, '7', '', { kind: 'again', afterMs: 7_000 }],
    [429, '9999', '', { kind: 'again', afterMs: 300_000 }],
    [500, 'Wed, 21 Oct 2026 07:28:00 GMT', '', { kind: 'again', afterMs: null }],
    [408, null, '', { kind: 'again', afterMs: null }],
    [400, null, '{"indexes":[1,2]}', { kind: 'refused', status: 400, indexes: [1, 2] }],
    [401, null, 'no JSON', { kind: 'refused', status: 401, indexes: [] }],
  ])('of %s is understood', (status, retryAfter, body, verdict) => {
    expect(judge(status, retryAfter, body)).toEqual(verdict);
  });

  it('that failed is waited for longer each time, never over half a minute, and not by all pages alike', () => {
    expect([1, 2, 3].map((failures) => backOff(failures, 0))).toEqual([500, 1_000, 2_000]);
    expect(backOff(100, 0)).toBe(30_000);
    expect(backOff(2, 1)).toBeLessThan(700);
  });
});

describe('a batch', () => {
  it('takes what fits, by bytes and not by letters, and one event at least', () => {
    const taken = (texts: readonly string[], maxBytes: number): string[] =>
      takeBatch(
        texts.map((text) => ({ text })),
        maxBytes,
      ).map(({ text }) => text);
    expect(taken(['aa', 'bb', 'cc'], 6)).toEqual(['aa', 'bb']);
    expect(taken(['éé', 'éé'], 6)).toEqual(['éé']);
    expect(taken(['a'.repeat(50), 'b'], 6)).toEqual(['a'.repeat(50)]);
    expect(taken(['aa', 'a'.repeat(50), 'c'], 6)).toEqual(['aa']);
    expect(taken([], 6)).toEqual([]);
    expect(taken(Array(500).fill('a'), 10_000)).toHaveLength(100);
  });
});

describe('the outbox', () => {
  const setUp = () => {
    const dropped: string[] = [];
    const storage = createStorage(null);
    const open = () => createOutbox(storage, 'vt_q.k.', (count, reason) => dropped.push(`${count} ${reason}`));
    return { dropped, storage, open };
  };

  it('keeps the order of several tabs, and loses nothing of one when the other removes', () => {
    const { open } = setUp();
    const [one, other] = [open(), open()];
    const keys = ['a', 'b', 'c'].map((text, index) => (index === 1 ? other : one).add(text));
    expect(
      one
        .list()
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['a', 'b', 'c']);
    other.remove(keys.slice(0, 2));
    expect(one.list()).toEqual([{ key: keys[2], text: 'c' }]);
  });

  it('is bounded by giving up the oldest, and says so', () => {
    const { dropped, open } = setUp();
    const outbox = open();
    for (let count = 0; count < 302; count++) outbox.add(String(count));
    expect(outbox.list()).toHaveLength(300);
    expect(outbox.list()[0]?.text).toBe('2');
    expect(dropped).toEqual(['1 too_many', '1 too_many']);
  });

  it('gives up what the server would no longer know as a repeat', () => {
    const { dropped, storage, open } = setUp();
    storage.set(`vt_q.k.${(Date.now() - 8 * 86_400_000).toString(36).padStart(9, '0')}.0000aaaa`, 'old');
    const outbox = open();
    outbox.add('new');
    expect(outbox.list().map(({ text }) => text)).toEqual(['new']);
    expect(dropped).toEqual(['1 too_old']);
  });
});
