import type { Deps } from '../../platform/index.ts';
import { type News, recordFeedback } from '../messages/recordFeedback.ts';
import { scannedLinks } from './machines.ts';
import { listOpenConsents } from './sql/openConsents.pg.ts';

/** A link that was followed (`index` from 0), or the picture that tells of an open (`index` null). */
export interface Visit {
  readonly workspace: number;
  readonly message: number;
  readonly index: number | null;
  readonly url: string;
  readonly at: Date;
  readonly machine: boolean;
}

/** Visits are held so long, so that one that follows all links shows as what it is. */
const heldMs = 2_000;
const retryMs = 2_000;
/** More than this waits only while the database is away for long; then the newest are lost, and counted in the log. */
const mostHeld = 100_000;

/** Writes visits down in groups: one commit for all of two seconds, however many people click. */
export interface VisitRecorder {
  /** Returns at once. */
  note(visit: Visit): void;
  /** Writes what is held. */
  close(): Promise<void>;
}

export function createVisitRecorder(
  deps: Pick<Deps, 'pg' | 'clock' | 'log'> & { readonly onRecorded: () => void },
  options: { readonly holdMs?: number } = {},
): VisitRecorder {
  let held: Visit[] = [];
  let lost = 0;
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  const plan = (ms: number): void => {
    timer ??= setTimeout(() => {
      timer = null;
      writing = writing.then(flush);
    }, ms);
  };

  async function flush(): Promise<void> {
    const visits = held;
    held = [];
    if (lost > 0) deps.log.error({ lost }, 'clicks and opens were lost while the database was away');
    lost = 0;
    for (const workspace of new Set(visits.map((visit) => visit.workspace))) {
      const group = visits.filter((visit) => visit.workspace === workspace);
      try {
        await deps.pg.transaction(async (tx) => {
          const now = deps.clock.now();
          const opened = group.filter(({ index }) => index === null).map(({ message }) => message);
          const allowed =
            opened.length === 0 ? [] : await tx.rows(listOpenConsents, { workspace, messages: opened, now });
          const may = new Set(allowed.map(({ id }) => id));
          const counted = group.filter(({ index, message }) => index !== null || may.has(message));
          await recordFeedback(tx, { workspace, now, news: toNews(counted) });
        });
        deps.onRecorded();
      } catch (error) {
        deps.log.error({ err: error, workspace }, 'clicks and opens could not be written down; trying again');
        held = [...group, ...held].slice(0, mostHeld);
        plan(retryMs);
      }
    }
  }

  return {
    note(visit) {
      if (held.length >= mostHeld) lost += 1;
      else held.push(visit);
      plan(options.holdMs ?? heldMs);
    },
    async close() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      await writing;
      await flush();
    },
  };
}

/** The same link counts once for the person and once for machines, however often it is followed. */
function toNews(visits: readonly Visit[]): News[] {
  const links = new Map<number, Set<number>>();
  for (const { message, index } of visits)
    if (index !== null) links.set(message, (links.get(message) ?? new Set()).add(index));
  return visits.map(({ message, index, url, at, machine }): News => {
    const scanned = machine || (links.get(message)?.size ?? 0) >= scannedLinks;
    return {
      message,
      kind: index === null ? 'opened' : 'clicked',
      at,
      dedupeKey: `${index ?? 'open'}${scanned ? '/machine' : ''}`,
      machine: scanned,
      detail: index === null ? {} : { url: url.slice(0, 1_000), link: index },
    };
  });
}
