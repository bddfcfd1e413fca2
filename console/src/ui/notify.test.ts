import { describe, expect, it } from 'vitest';
import { createNotices } from './notify.ts';

describe('notices', () => {
  it('are shown, watched, and go away by themselves', () => {
    const timers: (() => void)[] = [];
    const notices = createNotices((_, run) => timers.push(run));
    const seen: number[] = [];
    const stop = notices.watch((all) => seen.push(all.length));
    notices.show({ message: 'one' });
    notices.show({ message: 'two' });
    timers[0]?.();
    expect(notices.current().map(({ message }) => message)).toEqual(['two']);
    stop();
    notices.show({ message: 'three' });
    expect(seen).toEqual([1, 2, 1]);
  });

  it('never pile up: the oldest makes room', () => {
    const notices = createNotices(() => undefined);
    for (const message of ['a', 'b', 'c', 'd', 'e']) notices.show({ message });
    expect(notices.current().map(({ message }) => message)).toEqual(['b', 'c', 'd', 'e']);
  });
});
