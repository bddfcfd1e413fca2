import { backOff, byteLength, takeBatch, type Verdict } from './delivery.ts';
import { whileAlone } from './oneTab.ts';
import { createOutbox, type Waiting } from './outbox.ts';
import { createPost, lastingBytes } from './postEvents.ts';
import type { Storage } from './storage.ts';

export interface SenderParts {
  readonly storage: Storage;
  readonly writeKey: string;
  readonly url: string;
  /** Goes with every request beside the events. */
  readonly envelope: () => object;
  /** A request was accepted. */
  readonly onDone: () => void;
  readonly onDrop: (count: number, reason: string) => void;
}

export interface Sender {
  add(event: object): void;
  /** Sends all that waits, also what other pages left. Resolves when it is accepted or has to wait. */
  flush(): Promise<void>;
  /** The page may end at any moment: everything of this page's goes now, in requests that outlive it. */
  leave(): void;
  /** Gives up what waits: of this page, or of every page. */
  clear(ofAll: boolean): void;
}

/** What the server takes as one event; a larger one would have its whole batch refused. */
const eventBytes = 32 * 1024;
/** Room for what goes with the events: key, device, cookie. */
const envelopeBytes = 1_000;
const gatherMs = 100;

export function createSender(parts: SenderParts): Sender {
  const { storage, writeKey, onDrop } = parts;
  const name = `vt_q.${writeKey.slice(-8)}.`;
  const outbox = createOutbox(storage, name, onDrop);
  const post = createPost(parts.url);
  /** Keys of this page's events, and of those on their way. */
  const own = new Set<string>();
  const underway = new Set<string>();
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;

  const runIn = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), ms);
  };
  const forget = (keys: readonly string[]): void => {
    outbox.remove(keys);
    for (const key of keys) own.delete(key);
  };
  const bodyOf = (batch: readonly Waiting[]): string => {
    const head = JSON.stringify({ writeKey, sentAt: new Date().toISOString(), ...parts.envelope() });
    return `${head.slice(0, -1)},"batch":[${batch.map(({ text }) => text).join()}]}`;
  };

  /** Sends one batch and puts the outcome into effect. */
  async function deliver(batch: readonly Waiting[], body: string): Promise<Verdict> {
    const keys = batch.map(({ key }) => key);
    for (const key of keys) underway.add(key);
    const verdict = await post.send(body);
    for (const key of keys) underway.delete(key);
    if (verdict.kind === 'done') {
      failures = 0;
      forget(keys);
      parts.onDone();
    } else if (verdict.kind === 'refused') {
      const wrong = verdict.indexes.flatMap((index) => keys[index] ?? []);
      const given = wrong.length > 0 ? wrong : keys;
      forget(given);
      onDrop(given.length, `status_${verdict.status}`);
    } else runIn(verdict.afterMs ?? backOff(++failures, Math.random()));
    return verdict;
  }

  const listIdle = (): Waiting[] => outbox.list().filter(({ key }) => !underway.has(key));

  async function sendAll(): Promise<void> {
    for (let waiting = listIdle(); waiting.length > 0; waiting = listIdle()) {
      const batch = takeBatch(waiting, lastingBytes / 2);
      if ((await deliver(batch, bodyOf(batch))).kind === 'again') return;
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (navigator.onLine === false) return Promise.resolve();
    running ??= whileAlone(storage, name, sendAll)
      .then((alone) => {
        // The other tab may end before it comes to ours.
        if (!alone && own.size > 0) runIn(1_000);
      })
      .catch(() => runIn(backOff(++failures, Math.random())))
      .then(() => {
        running = null;
      });
    return running;
  }

  function leave(): void {
    let waiting = listIdle().filter(({ key }) => own.has(key));
    while (waiting.length > 0) {
      const batch = takeBatch(waiting, post.left() - envelopeBytes);
      const body = bodyOf(batch);
      // What no longer fits stays for the next page.
      if (byteLength(body) > post.left()) return;
      if ('keepalive' in Request.prototype) void deliver(batch, body);
      else navigator.sendBeacon(parts.url, body);
      waiting = waiting.slice(batch.length);
    }
  }

  return {
    flush,
    leave,
    add(event) {
      const text = JSON.stringify(event);
      if (byteLength(text) > eventBytes) {
        onDrop(1, 'too_large');
        return;
      }
      own.add(outbox.add(text));
      if (timer === undefined) runIn(gatherMs);
    },
    clear(ofAll) {
      clearTimeout(timer);
      timer = undefined;
      outbox.remove(ofAll ? outbox.list().map(({ key }) => key) : [...own]);
      own.clear();
    },
  };
}
