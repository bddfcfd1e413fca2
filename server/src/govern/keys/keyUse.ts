import type { Deps } from '../../platform/index.ts';
import { touchKeys } from '../sql/keys.pg.ts';

/** Remembers which keys were used and writes it down now and then, so that a request never waits for that. */
export interface KeyUse {
  note(keyId: number): void;
  /** Writes what is remembered. A failure is logged and costs only the time of last use. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

const flushEveryMs = 30_000;

export function createKeyUse({ pg, clock, log }: Pick<Deps, 'pg' | 'clock' | 'log'>): KeyUse {
  let used = new Map<number, Date>();
  async function flush(): Promise<void> {
    if (used.size === 0) return;
    const writing = used;
    used = new Map();
    try {
      await pg.run(touchKeys, { keys: [...writing.keys()], at: [...writing.values()] });
    } catch (error) {
      log.warn({ err: error, keys: writing.size }, 'the time of last use of some API keys could not be written');
    }
  }
  const timer = setInterval(() => void flush(), flushEveryMs);
  timer.unref();
  return {
    note: (keyId) => {
      used.set(keyId, clock.now());
    },
    flush,
    async stop() {
      clearInterval(timer);
      await flush();
    },
  };
}
