/** Questions asked of an engine at the same time: a second one keeps it busy while the answer to the first is read. */
const under = 2;
/** Asked for together at most. */
const most = 200;

interface Waiting<K, V> {
  readonly key: K;
  resolve(value: V): void;
  reject(error: unknown): void;
}

/**
 * Lets those who ask at about the same time share one round trip: whoever comes while questions are under way goes with the
 * next. `read` answers in the order of its keys; when it fails, it fails for all that were in it.
 */
export function gather<K, V>(read: (keys: readonly K[]) => Promise<readonly V[]>): (key: K) => Promise<V> {
  let waiting: Waiting<K, V>[] = [];
  let asking = 0;
  let planned = false;
  const plan = (): void => {
    if (planned || asking >= under || waiting.length === 0) return;
    planned = true;
    // What came in the same turn of the event loop goes together.
    setImmediate(() => {
      planned = false;
      void send();
    });
  };
  const send = async (): Promise<void> => {
    const group = waiting.slice(0, most);
    waiting = waiting.slice(most);
    if (group.length === 0) return;
    asking += 1;
    plan();
    try {
      const values = await read(group.map(({ key }) => key));
      group.forEach(({ resolve, reject }, at) => {
        const value = values[at];
        if (value === undefined) reject(new RangeError('an answer for each key is due'));
        else resolve(value);
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
    } finally {
      asking -= 1;
      plan();
    }
  };
  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      plan();
    });
}
