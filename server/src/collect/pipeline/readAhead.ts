import { setImmediate as breathe } from 'node:timers/promises';
import type { Pg } from '../../platform/index.ts';
import { readRequest } from './readRequest.ts';
import type { SourcedRecord } from './record.ts';
import { readRequests, removeRequests } from './sql/batches.pg.ts';

/** Requests of the inbox, read and taken apart; they are still in it. */
interface Reading {
  readonly size: number;
  readonly ids: readonly number[];
  readonly requests: readonly (readonly SourcedRecord[])[];
  readonly events: number;
}

/** Takes requests out of the inbox, inside the transaction that works them off. Other processes may have been quicker. */
export type TakeRecords = (tx: Pg) => Promise<readonly SourcedRecord[]>;

export interface InboxReader {
  /** The oldest requests of a workspace, of up to `size` events (at least one request). */
  next(workspace: number, size: number): Promise<TakeRecords>;
  /** The last `next` came to nothing: what was read ahead belongs behind it and is read again. */
  forget(workspace: number): void;
}

/**
 * Reads the requests of the next batch while the stores work on the last one. Reading is a third of our own work on an
 * event and needs nothing that the last batch changes; while PostgreSQL works this thread would have nothing to do.
 */
export function createInboxReader(pg: Pg): InboxReader {
  const ahead = new Map<number, Promise<Reading>>();

  const read = async (workspace: number, size: number, except: readonly number[]): Promise<Reading> => {
    const rows = await pg.rows(readRequests, { workspace, events: size, except });
    const requests: SourcedRecord[][] = [];
    let events = 0;
    for (const row of rows) {
      const records = readRequest(row);
      requests.push(records);
      events += records.length;
      // The collection door answers in between.
      if (records.length > 50 || requests.length % 50 === 0) await breathe();
    }
    return { size, ids: rows.map(({ id }) => id), requests, events };
  };

  /** What was read ahead; null when there is nothing or it is of another size. */
  const takeAhead = async (workspace: number, size: number): Promise<Reading | null> => {
    const reading = await ahead.get(workspace);
    ahead.delete(workspace);
    return reading === undefined || reading.size !== size || reading.events === 0 ? null : reading;
  };

  return {
    async next(workspace, size) {
      const reading = (await takeAhead(workspace, size)) ?? (await read(workspace, size, []));
      // Only under load: a batch that is not full shows that hardly anything waits behind it.
      if (reading.events >= size) {
        const following = read(workspace, size, reading.ids);
        // Its failure is met by the next `next`; without this it would count as unhandled meanwhile.
        following.catch(() => undefined);
        ahead.set(workspace, following);
      }
      return async (tx) => {
        const removed = await tx.rows(removeRequests, { workspace, ids: reading.ids });
        if (removed.length === reading.ids.length) return reading.requests.flat();
        const ours = new Set(removed.map(({ id }) => id));
        return reading.requests.filter((_, index) => ours.has(reading.ids[index] ?? 0)).flat();
      };
    },
    forget: (workspace) => void ahead.delete(workspace),
  };
}
