import type { Storage } from './storage.ts';

/** Older events are past the days for which the server knows repeats. */
const oldestMs = 7 * 86_400_000;
const mostEvents = 300;

export interface Waiting {
  readonly key: string;
  readonly text: string;
}

/**
 * Events that are not accepted yet. Each has a key of its own, in the order of time: several tabs add and remove without
 * reading what the others wrote, so none overwrites another's.
 */
export interface Outbox {
  add(text: string): string;
  list(): Waiting[];
  remove(keys: readonly string[]): void;
}

/** @param drop hears of events that are given up */
export function createOutbox(storage: Storage, prefix: string, drop: (count: number, reason: string) => void): Outbox {
  const tab = Math.random().toString(36).slice(2, 6);
  let added = 0;
  const remove = (keys: readonly string[]): void => {
    for (const key of keys) storage.set(key, null);
  };
  const give = (keys: readonly string[], reason: string): void => {
    remove(keys);
    if (keys.length > 0) drop(keys.length, reason);
  };
  return {
    add(text) {
      const time = Date.now().toString(36).padStart(9, '0');
      const key = `${prefix}${time}.${(added++).toString(36).padStart(4, '0')}${tab}`;
      give(storage.keys(prefix).slice(0, 1 - mostEvents), 'too_many');
      storage.set(key, text);
      return key;
    },
    list() {
      const oldest = Date.now() - oldestMs;
      const late: string[] = [];
      const waiting = storage.keys(prefix).flatMap((key) => {
        const text = storage.get(key);
        if (text === null) return [];
        if (Number.parseInt(key.slice(prefix.length), 36) >= oldest) return [{ key, text }];
        late.push(key);
        return [];
      });
      give(late, 'too_old');
      return waiting;
    },
    remove,
  };
}
