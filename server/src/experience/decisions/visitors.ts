import { z } from 'zod';
import { type Deps, Fault, type Json, type PgRow } from '../../platform/index.ts';
import type { Seen } from './evaluate.ts';
import { readVisitors } from './sql/decisions.pg.ts';

/** One who asks, as stored: the customer behind an identifier. */
export interface StoredVisitor {
  readonly root: number;
  readonly known: boolean;
  readonly segments: ReadonlySet<number>;
  readonly seen: ReadonlyMap<number, Seen>;
  /** What they said of personalisation; null: nothing. */
  readonly personalisation: boolean | null;
}

/** Which of these customers said yes or no to a purpose. Handed in by `app/`. */
export type ReadAllowances = (
  workspace: number,
  purpose: string,
  roots: readonly number[],
) => Promise<ReadonlyMap<number, boolean>>;

interface ReaderDeps extends Pick<Deps, 'pg'> {
  readonly readAllowances: ReadAllowances;
}

interface Waiting {
  readonly namespace: string;
  readonly value: string;
  resolve(visitor: StoredVisitor | null): void;
  reject(error: unknown): void;
}

/** Reads at once at most; what waits behind them goes together. */
const mostAtOnce = 2;
const mostTogether = 200;
/** A shop would have given up waiting long before these are worked off: the page shows itself as it is. */
const mostWaiting = 5_000;

const momentSchema = z.number().nullable();
const seenSchema = z.array(
  z.tuple([
    z.int(),
    z.string(),
    z.int(),
    z.number(),
    z.array(z.number()).nullable(),
    z.string().nullable(),
    z.int(),
    momentSchema,
    momentSchema,
  ]),
);

/**
 * Reads who asks. Requests that come while a read is under way share the next one, so the load of PostgreSQL grows with the
 * time that reading takes and not with the number of visitors.
 */
export function createVisitorReader(deps: ReaderDeps) {
  const queues = new Map<number, { waiting: Waiting[]; segments: readonly number[] }>();
  let reading = 0;
  let waitingNow = 0;

  const work = async (): Promise<void> => {
    reading += 1;
    try {
      for (let next = queues.entries().next(); !next.done; next = queues.entries().next()) {
        const [workspace, queue] = next.value;
        const part = queue.waiting.splice(0, mostTogether);
        waitingNow -= part.length;
        queues.delete(workspace);
        if (queue.waiting.length > 0) queues.set(workspace, queue);
        await answer(deps, workspace, queue.segments, part);
      }
    } finally {
      reading -= 1;
    }
  };

  return {
    /** Null: nobody has this identifier. `segments`: those that matter. */
    read(workspace: number, identifier: { namespace: string; value: string }, segments: readonly number[]) {
      if (waitingNow >= mostWaiting)
        throw new Fault('unavailable', 'experience.busy', 'Too many visitors ask at once. Ask again in a moment.');
      waitingNow += 1;
      return new Promise<StoredVisitor | null>((resolve, reject) => {
        const queue = queues.get(workspace) ?? { waiting: [], segments };
        queue.waiting.push({ ...identifier, resolve, reject });
        queue.segments = segments;
        queues.set(workspace, queue);
        if (reading < mostAtOnce) void work();
      });
    },
  };
}

/** Never throws: whoever waits is told. */
async function answer(
  deps: ReaderDeps,
  workspace: number,
  segments: readonly number[],
  part: readonly Waiting[],
): Promise<void> {
  try {
    const rows = await deps.pg.rows(readVisitors, {
      workspace,
      namespaces: part.map(({ namespace }) => namespace),
      values: part.map(({ value }) => value),
      segments,
    });
    const roots = [...new Set(rows.map(({ root }) => root))];
    const allowed = await deps.readAllowances(workspace, 'personalisation', roots);
    const byPlace = new Map(rows.map((row) => [row.place, row]));
    for (const [index, waiting] of part.entries()) {
      const row = byPlace.get(index + 1);
      waiting.resolve(row === undefined ? null : storedVisitor(row, allowed.get(row.root) ?? null));
    }
  } catch (error) {
    for (const waiting of part) waiting.reject(error);
  }
}

const storedVisitor = (row: PgRow<typeof readVisitors.row>, personalisation: boolean | null): StoredVisitor => ({
  personalisation,
  root: row.root,
  known: row.known,
  segments: new Set(row.member_of),
  seen: row.seen === null ? new Map() : joinSeen(row.seen),
});

const msOf = (seconds: number | null): number | null => (seconds === null ? null : seconds * 1_000);
const later = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : Math.max(one, other);

/** A customer's rows as one: views add up, the first variant counts, the newest click and closing. */
function joinSeen(rows: Json): Map<number, Seen> {
  const joined = new Map<number, Seen & { firstAt: number }>();
  for (const [id, variant, views, first, recent, visit, visitViews, clicked, closed] of seenSchema.parse(rows)) {
    const known = joined.get(id);
    const times = (recent ?? []).map((at) => at * 1_000);
    const firstAt = first * 1_000;
    const isFirst = known === undefined || firstAt < known.firstAt;
    joined.set(id, {
      firstAt: isFirst ? firstAt : known.firstAt,
      variant: isFirst ? variant : known.variant,
      views: views + (known?.views ?? 0),
      recent: [...(known?.recent ?? []), ...times],
      visit: visit ?? known?.visit ?? null,
      visitViews: known?.visit === visit ? visitViews + (known?.visitViews ?? 0) : visitViews,
      clickedAt: later(msOf(clicked), known?.clickedAt ?? null),
      closedAt: later(msOf(closed), known?.closedAt ?? null),
    });
  }
  return joined;
}
