import { type LiveEvent, liveEventSchema } from '@vitrail/contracts';
import { z } from 'zod';
import { Fault, type Log, type PgStore } from '../../platform/index.ts';

/** What one notification tells: the newest events of a batch, and how many the batch had. */
const newsSchema = z.object({ workspaceId: z.int(), total: z.int().default(0), events: z.array(liveEventSchema) });
type LiveNews = z.infer<typeof newsSchema>;

type LiveHandler = (news: { total: number; events: readonly LiveEvent[] }) => void;

/** Passes the news of shipped events to whoever watches, in any process. */
export interface LiveHub {
  /** Throws `too_many` when a workspace has too many watchers. Returns the function that ends the watch. */
  watch(workspaceId: number, handler: LiveHandler): Promise<() => void>;
  close(): Promise<void>;
}

const channel = 'vitrail_live';
const maxWatchers = 50;

/** Listens to PostgreSQL while somebody watches, on one connection for all. */
export function createLiveHub(deps: { readonly pg: Pick<PgStore, 'listen'>; readonly log: Log }): LiveHub {
  const watchers = new Map<number, Set<LiveHandler>>();
  let listening: Promise<() => Promise<void>> | null = null;

  function tell(payload: string): void {
    let news: LiveNews;
    try {
      news = newsSchema.parse(JSON.parse(payload));
    } catch {
      deps.log.warn({ channel }, 'a notification of live events could not be read and was left out');
      return;
    }
    for (const handler of watchers.get(news.workspaceId) ?? []) handler(news);
  }

  /** Each listening has its own handler: a former one that is still being ended tells nothing twice. */
  let generation = 0;
  function startListening(): Promise<() => Promise<void>> {
    generation += 1;
    const own = generation;
    return deps.pg.listen(channel, (payload) => {
      if (own === generation) tell(payload);
    });
  }

  async function stopListening(): Promise<void> {
    const stop = listening;
    listening = null;
    await (await stop)?.();
  }

  return {
    async watch(workspaceId, handler) {
      const own = watchers.get(workspaceId) ?? new Set();
      if (own.size >= maxWatchers)
        throw new Fault(
          'too_many',
          'collect.too_many_watchers',
          `${maxWatchers} live views of this workspace are open. Close one and try again.`,
          { details: { retryAfter: 10 } },
        );
      watchers.set(workspaceId, own.add(handler));
      const leave = (): void => {
        own.delete(handler);
        if (own.size === 0) watchers.delete(workspaceId);
        if (watchers.size === 0)
          void stopListening().catch((error) => deps.log.debug({ err: error }, 'listening could not be stopped'));
      };
      try {
        listening ??= startListening();
        await listening;
      } catch (error) {
        listening = null;
        leave();
        throw error;
      }
      return leave;
    },
    async close() {
      watchers.clear();
      await stopListening();
    },
  };
}
