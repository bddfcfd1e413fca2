import { Fault, type Log, type Pg } from '../../platform/index.ts';
import { createGroupCommit } from './groupCommit.ts';
import { measureBacklog } from './measureBacklog.ts';
import type { Inbox, InboxEntry } from './types.ts';
import { writeGroup } from './writeGroup.ts';

export interface InboxOptions {
  /** Events that may wait for the pipeline before new ones are refused with 503. */
  readonly limitEvents: number;
  /** Bytes of the same: a few huge requests must not fill the disk. Default: no limit. */
  readonly limitBytes?: number;
  /** Called after each request's commit with its number of events: wakes the pipeline. Must not throw. */
  readonly onAppended?: (events: number) => void;
  /** Between two looks at what really waits, while anything does. Default 5. */
  readonly measureEverySeconds?: number;
  /** A request that is not committed after this long is answered 503. Default 15. */
  readonly patienceSeconds?: number;
}

/** One statement takes at most this much: a commit stays a matter of milliseconds, its parameters of megabytes. */
const groupLimits = { maxItems: 2_000, maxBytes: 8 * 1024 * 1024 };
/** Bodies that may wait in memory for their commit: a stalled disk must not fill the memory. */
const memoryLimit = 64 * 1024 * 1024;
/** Groups at once: see docs/adr/0009 for the measurement. */
const concurrency = 2;

const refuse = (code: string, why: string, cause?: unknown): Fault =>
  new Fault('unavailable', `collect.${code}`, `${why} Nothing is wrong with the request: send it again shortly.`, {
    cause,
  });
const backlogFull = (): Fault => refuse('backlog_full', 'Too many events wait to be processed.');
const stopping = (): Fault => refuse('stopping', 'The server is stopping.');
const unwritable = (cause?: unknown): Fault =>
  refuse('inbox_unavailable', 'Events cannot be stored at the moment.', cause);

/** Opens the inbox; asks PostgreSQL once what waits from before. */
export async function openInbox(deps: { readonly pg: Pg; readonly log: Log }, options: InboxOptions): Promise<Inbox> {
  const { pg, log } = deps;
  const { limitBytes = Number.POSITIVE_INFINITY } = options;
  const backlog = await measureBacklog(deps, options.measureEverySeconds ?? 5);
  const commits = createGroupCommit<InboxEntry>({
    ...groupLimits,
    concurrency,
    write: (entries) => writeGroup(pg, entries),
    bytesOf: (entry) => entry.payload.length,
    patienceMs: (options.patienceSeconds ?? 15) * 1_000,
    tooSlow: unwritable,
  });
  let closed = false;

  function assertOpen(): void {
    if (closed) throw stopping();
    if (backlog.events() >= options.limitEvents || backlog.bytes() >= limitBytes) throw backlogFull();
    if (commits.waitingBytes() >= memoryLimit) throw unwritable();
  }

  return {
    async append(entry) {
      assertOpen();
      try {
        await commits.add(entry);
      } catch (error) {
        if (error instanceof Fault) throw error.code === 'collect.inbox_unavailable' ? error : unwritable(error);
        log.error({ err: error }, 'an accepted request could not be written to the inbox');
        throw unwritable(error);
      }
      backlog.added(entry.events, entry.payload.length);
      options.onAppended?.(entry.events);
    },
    assertOpen,
    backlog: () => backlog.events(),
    taken: (events) => backlog.taken(events),
    async close() {
      closed = true;
      await commits.drain();
      backlog.close();
    },
  };
}
