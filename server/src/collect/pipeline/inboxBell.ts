import type { Log, Pg, PgStore } from '../../platform/index.ts';
import type { Pipeline } from './createPipeline.ts';
import { notifyInbox } from './sql/batches.pg.ts';

/** Rings are gathered for this long: one notification wakes a worker for all of them. */
const gatherMs = 20;

/** For a process that accepts and does not resolve: tells the workers. A lost ring costs them one poll. */
export function createInboxBell(pg: Pg, log: Log): () => void {
  let timer: NodeJS.Timeout | null = null;
  return () => {
    if (timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      pg.row(notifyInbox, {}).catch((error: unknown) => log.debug({ err: error }, 'the workers could not be told'));
    }, gatherMs);
  };
}

/** For a process that resolves what others accept. Returns the function that stops listening. */
export const answerInboxBell = (
  pg: Pick<PgStore, 'listen'>,
  pipeline: Pick<Pipeline, 'ring'>,
): Promise<() => Promise<void>> => pg.listen('vitrail_inbox', pipeline.ring);
