import { setTimeout as pause } from 'node:timers/promises';
import { toPayload } from '../../collect/index.ts';
import type { Deps, Pg } from '../../platform/index.ts';
import { appendOutbox, readOutbox, removeOutbox } from './sql/memberships.pg.ts';

/** Rows of one outbox entry: bounds what a crash repeats and what is held in memory. */
const entryRows = 20_000;
const retry = { firstMs: 200, longestMs: 10_000 };

/** A change of one membership. */
export interface Change {
  readonly person: number;
  readonly segment: number;
  readonly entered: boolean;
  /** Since when, of a member. */
  readonly since: Date;
  /** Whether it is an entry or exit for the person; not so when two members become one, or a merge is undone. */
  readonly told: boolean;
}

/** Entries and exits that the person lived through, told in the transaction that makes them. */
export type OnChanges = (
  tx: Pg,
  news: {
    workspace: number;
    version: number;
    at: Date;
    changes: readonly Pick<Change, 'person' | 'segment' | 'entered'>[];
  },
) => Promise<void>;

/** An edited definition or a repair moves people who did nothing: no news for whoever follows them. */
const livedThrough: ReadonlySet<Cause> = new Set(['event', 'time', 'merge', 'list']);

export type Cause = 'event' | 'time' | 'merge' | 'definition' | 'recompute' | 'list';

/** Stores what ClickHouse must be told of a change of memberships, in the transaction that makes it. */
export async function storeChanges(
  tx: Pg,
  input: {
    workspace: number;
    /** Larger than that of every change before. */
    version: number;
    at: Date;
    cause: Cause;
    changes: readonly Change[];
    names: ReadonlyMap<number, string>;
    onChanges?: OnChanges | undefined;
  },
): Promise<void> {
  const { workspace, version, cause, names } = input;
  const lived = input.changes.filter((change) => change.told);
  if (livedThrough.has(cause) && lived.length > 0) {
    await input.onChanges?.(tx, { workspace, version, at: input.at, changes: lived });
  }
  const at = input.at.getTime();
  for (let from = 0; from < input.changes.length; from += entryRows) {
    const changes = input.changes.slice(from, from + entryRows);
    const told = changes.filter((change) => change.told);
    const tables = {
      memberships: lastOfEach(changes).map(({ person, segment, entered, since }) =>
        JSON.stringify({
          workspace_id: workspace,
          segment_id: segment,
          profile_id: person,
          member: entered,
          since: since.getTime(),
          version,
        }),
      ),
      membership_changes: changes.map(({ person, segment, entered, told: shown }) =>
        JSON.stringify({
          workspace_id: workspace,
          segment_id: segment,
          at,
          profile_id: person,
          entered,
          cause,
          version,
          told: shown,
        }),
      ),
      events: told.map(({ person, segment, entered }) =>
        JSON.stringify({
          workspace_id: workspace,
          profile_id: person,
          timestamp: at,
          message_id: `segment-${version}-${segment}-${person}`,
          type: 'segment',
          event: entered ? 'Segment Entered' : 'Segment Exited',
          source_id: 0,
          received_at: at,
          properties: { segment_id: String(segment), segment_name: names.get(segment) ?? '', cause },
          batch_id: 0,
        }),
      ),
    };
    for (const [table, rows] of Object.entries(tables)) {
      if (rows.length === 0) continue;
      await tx.run(appendOutbox, { workspace, table, rows: rows.length, payload: toPayload(rows) });
    }
  }
}

/** A membership that came back and ended at once is one row: how it stands at last. */
const lastOfEach = (changes: readonly Change[]): Change[] => [
  ...new Map(changes.map((change) => [`${change.person} ${change.segment}`, change])).values(),
];

/**
 * Sends what is stored, oldest first. An entry's id is its deduplication token, so sending it twice, after a crash or from
 * two processes, inserts it once.
 */
export function createOutbox(deps: Pick<Deps, 'pg' | 'ch' | 'log'>) {
  let sending: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  const sendAll = async (): Promise<void> => {
    for (;;) {
      const entries = await deps.pg.rows(readOutbox, { limit: 8 });
      if (entries.length === 0) return;
      for (const { id, table_name, payload } of entries) {
        await deps.ch.insert(table_name, payload, { token: `decide-${id}-${table_name}` });
        await deps.pg.run(removeOutbox, { ids: [id] });
      }
    }
  };

  const work = async (): Promise<void> => {
    for (let wait = retry.firstMs; again && !stopped; ) {
      again = false;
      try {
        await sendAll();
        wait = retry.firstMs;
      } catch (error) {
        deps.log.error({ err: error }, 'changes of segments could not be sent to the analytics store; trying again');
        again = true;
        await pause(wait);
        wait = Math.min(wait * 2, retry.longestMs);
      }
    }
    // Here and not in a callback: whoever calls before it had run would wait for work that is over.
    sending = null;
  };

  return {
    /** Resolves when everything stored before the call can be read in ClickHouse. */
    async send(): Promise<void> {
      again = true;
      sending ??= work();
      await sending;
    },
    async stop(): Promise<void> {
      await sending;
      stopped = true;
    },
  };
}
export type Outbox = ReturnType<typeof createOutbox>;
