import {
  decisionSchema,
  type MatchSide,
  matchVetoSchema,
  type Review,
  reviewReasonSchema,
  reviewStateSchema,
} from '@vitrail/contracts';
import type { PgRow } from '../../../platform/index.ts';
import { groupBy } from '../../profiles/customer.ts';
import { readBaseCurrency } from '../../profiles/sql/readProfiles.pg.ts';
import type { AskedSide, MatchDeps } from '../subject.ts';
import { subjectOf } from '../subjects.ts';
import { listVotes, type reviewRow } from './sql/reviews.pg.ts';

export type ReviewRow = PgRow<typeof reviewRow>;
export interface Member {
  readonly id: string;
  readonly name: string;
}

/** Who did something, by a name people know: the person's, else what kind of caller it was. */
export async function readMembers(
  deps: Pick<MatchDeps, 'namesOf'>,
  actors: readonly string[],
): Promise<(actor: string) => Member> {
  const users = [...new Set(actors.flatMap((actor) => (actor.startsWith('user:') ? [actor.slice(5)] : [])))];
  const names = users.length === 0 ? new Map<string, string>() : await deps.namesOf(users);
  return (actor) => {
    const [kind = '', ...rest] = actor.split(':');
    const id = rest.join(':');
    if (kind === 'user') return { id, name: names.get(id) ?? id };
    return { id: actor, name: kind === 'key' ? `API key ${id}` : id };
  };
}

/** The two records of a question. A check shows them as they were before the merge it is about. */
export const sidesOf = (
  row: Pick<ReviewRow, 'left_id' | 'right_id' | 'reason' | 'merge_id' | 'state'>,
): [AskedSide, AskedSide] => {
  const before = row.reason === 'check' || row.state === 'merged' ? row.merge_id : null;
  return [
    { id: row.left_id, before },
    { id: row.right_id, before },
  ];
};

const unknown: MatchSide = { id: '', name: null, detail: null, profile: null };

export async function presentReviews(
  deps: Pick<MatchDeps, 'pg' | 'namesOf'>,
  workspace: number,
  rows: readonly ReviewRow[],
): Promise<Review[]> {
  if (rows.length === 0) return [];
  const [votes, settings] = await Promise.all([
    deps.pg.rows(listVotes, { workspace, reviews: rows.map(({ id }) => id) }),
    deps.pg.row(readBaseCurrency, { workspace }),
  ]);
  const votesOf = groupBy(votes, ({ review_id }) => review_id);
  const memberOf = await readMembers(deps, [
    ...votes.map(({ actor }) => actor),
    ...rows.flatMap(({ assignee }) => (assignee === null ? [] : [`user:${assignee}`])),
  ]);
  const sides = new Map<string, MatchSide>();
  for (const [kind, ofKind] of groupBy(rows, (row) => row.kind)) {
    // Asked one merge at a time for the same record would be ambiguous: each review has its own two sides.
    for (const row of ofKind) {
      const asked = sidesOf(row);
      if (asked[0].before === null) continue;
      const found = await subjectOf(kind).sides(deps.pg, workspace, asked);
      for (const [id, side] of found) sides.set(`${row.id} ${id}`, side);
    }
    const plain = ofKind.filter((row) => sidesOf(row)[0].before === null);
    const found = await subjectOf(kind).sides(deps.pg, workspace, plain.flatMap(sidesOf));
    for (const row of plain)
      for (const id of [row.left_id, row.right_id]) {
        const side = found.get(id);
        if (side !== undefined) sides.set(`${row.id} ${id}`, side);
      }
  }
  return rows.map((row) => ({
    id: row.id,
    kind: subjectOf(row.kind).kind,
    state: reviewStateSchema.parse(row.state),
    reason: reviewReasonSchema.parse(row.reason),
    veto: row.veto === null ? null : matchVetoSchema.parse(row.veto),
    left: sides.get(`${row.id} ${row.left_id}`) ?? unknown,
    right: sides.get(`${row.id} ${row.right_id}`) ?? unknown,
    probability: row.probability,
    value: row.value,
    currency: settings?.base_currency ?? 'EUR',
    run: row.run_id,
    model: row.model_version,
    openedAt: row.opened_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    assignee: row.assignee === null ? null : memberOf(`user:${row.assignee}`),
    comments: row.comments,
    votes: (votesOf.get(row.id) ?? []).map(({ actor, decision, at, note }) => ({
      by: memberOf(actor),
      decision: decisionSchema.parse(decision),
      at: at.toISOString(),
      note,
    })),
  }));
}
