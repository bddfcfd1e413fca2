/**
 * Group commit: callers wait together and are written together, so that one sync of the disk serves them all. While a
 * group is being written the next one collects; groups therefore grow with the load and no timer is needed. Alone, a
 * caller waits for nobody.
 */
export interface GroupCommit<T> {
  /** Resolves when the item is written; rejects with what `write` threw, or with `options.tooSlow()`. */
  add(item: T): Promise<void>;
  /** Bytes not yet written. */
  waitingBytes(): number;
  /** Resolves when everything added so far has settled. */
  drain(): Promise<void>;
}

export interface GroupCommitOptions<T> {
  readonly write: (items: readonly T[]) => Promise<void>;
  readonly bytesOf: (item: T) => number;
  readonly tooSlow: () => Error;
  /** Groups being written at once. */
  readonly concurrency: number;
  readonly maxItems: number;
  readonly maxBytes: number;
  /** An item not written after this long is given up. Whether it was written stays unknown. */
  readonly patienceMs: number;
}

interface Waiting<T> {
  readonly item: T;
  readonly since: number;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Data that the database will never take (SQLSTATE class 22 or 23), as opposed to a database that cannot now. */
const isRefusedData = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^2[23]\w{3}$/.test(error.code);

export function createGroupCommit<T>(options: GroupCommitOptions<T>): GroupCommit<T> {
  const queue: Waiting<T>[] = [];
  const writing = new Set<readonly Waiting<T>[]>();
  let bytes = 0;
  let scheduled = false;
  let watch: NodeJS.Timeout | null = null;
  const idle: (() => void)[] = [];

  function takeGroup(): Waiting<T>[] {
    let size = 0;
    let count = 0;
    for (const { item } of queue) {
      size += options.bytesOf(item);
      if (count > 0 && (size > options.maxBytes || count >= options.maxItems)) break;
      count++;
    }
    return queue.splice(0, count);
  }

  /** One item that the database refuses must not take the others of its group down: each is tried alone. */
  async function writeAlone(group: readonly Waiting<T>[]): Promise<void> {
    for (const waiting of group) {
      try {
        await options.write([waiting.item]);
        waiting.resolve();
      } catch (error) {
        waiting.reject(error);
      }
    }
  }

  async function write(group: readonly Waiting<T>[]): Promise<void> {
    writing.add(group);
    try {
      await options.write(group.map((waiting) => waiting.item));
      for (const waiting of group) waiting.resolve();
    } catch (error) {
      if (group.length > 1 && isRefusedData(error)) await writeAlone(group);
      else for (const waiting of group) waiting.reject(error);
    } finally {
      writing.delete(group);
      for (const waiting of group) bytes -= options.bytesOf(waiting.item);
      schedule();
    }
  }

  function schedule(): void {
    if (queue.length === 0 && writing.size === 0) {
      if (watch !== null) clearInterval(watch);
      watch = null;
      for (const resolve of idle.splice(0)) resolve();
      return;
    }
    if (scheduled || queue.length === 0 || writing.size >= options.concurrency) return;
    scheduled = true;
    // After the requests that this turn of the event loop has read, so that they share the group.
    setImmediate(() => {
      scheduled = false;
      void write(takeGroup());
      schedule();
    });
  }

  function giveUp(): void {
    const deadline = performance.now() - options.patienceMs;
    while (queue[0] !== undefined && queue[0].since < deadline) {
      const late = queue.shift();
      if (late === undefined) break;
      bytes -= options.bytesOf(late.item);
      late.reject(options.tooSlow());
    }
    for (const group of writing) {
      for (const waiting of group) if (waiting.since < deadline) waiting.reject(options.tooSlow());
    }
    schedule();
  }

  return {
    add(item) {
      return new Promise((resolve, reject) => {
        queue.push({ item, since: performance.now(), resolve, reject });
        bytes += options.bytesOf(item);
        watch ??= setInterval(giveUp, Math.min(1_000, options.patienceMs));
        schedule();
      });
    },
    waitingBytes: () => bytes,
    drain() {
      return new Promise((resolve) => {
        idle.push(resolve);
        schedule();
      });
    },
  };
}
