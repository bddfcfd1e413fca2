import type { MatchKind, Review } from '@vitrail/contracts';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../../../platform/index.ts';
import { getCustomer } from '../../profiles/readProfile.ts';
import type { MatchDeps } from '../subject.ts';
import { presentReviews } from './presentReviews.ts';
import { countOpen, listOpenReviews, listOtherReviews } from './sql/reviews.pg.ts';

export interface ReviewQuery {
  readonly state: 'open' | 'closed' | 'unsure' | 'all';
  readonly kind?: MatchKind | undefined;
  /** Id of a user. */
  readonly assignee?: string | undefined;
  readonly profile?: string | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

const states = {
  closed: ['merged', 'distinct', 'stale'],
  unsure: ['unsure'],
  all: ['open', 'second', 'merged', 'distinct', 'unsure', 'stale'],
} as const;

/** Questions to people: the open ones in the order worth deciding, the others newest first. Keyset pages. */
export async function listReviews(
  deps: Pick<MatchDeps, 'pg' | 'namesOf'>,
  workspace: number,
  query: ReviewQuery,
): Promise<{ items: Review[]; next: string | null; open: number }> {
  const kind = query.kind ?? null;
  const profiles = query.profile === undefined ? null : (await getCustomer(deps.pg, workspace, query.profile)).rowIds;
  const asked = { workspace, kind, assignee: query.assignee ?? null, profiles, limit: query.limit + 1 };
  const rows =
    query.state === 'open'
      ? await deps.pg.rows(listOpenReviews, { ...asked, ...openPosition(query.after) })
      : await deps.pg.rows(listOtherReviews, {
          ...asked,
          states: states[query.state],
          belowId:
            query.after === undefined ? Number.MAX_SAFE_INTEGER : decodeCursor(query.after, z.tuple([z.int()]))[0],
        });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const counts = await deps.pg.row(countOpen, { workspace, kind });
  return {
    items: await presentReviews(deps, workspace, page),
    next:
      rows.length > query.limit && last !== undefined
        ? encodeCursor(query.state === 'open' ? [last.priority, last.id] : [last.id])
        : null,
    open: (counts?.open ?? 0) + (counts?.second ?? 0),
  };
}

function openPosition(after: string | undefined): { belowPriority: number; belowId: number } {
  if (after === undefined) return { belowPriority: Number.MAX_VALUE, belowId: Number.MAX_SAFE_INTEGER };
  const [belowPriority, belowId] = decodeCursor(after, z.tuple([z.number(), z.int()]));
  return { belowPriority, belowId };
}
