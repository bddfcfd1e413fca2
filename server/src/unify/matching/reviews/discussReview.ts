import { type Actor, recordAudit } from '../../../govern/index.ts';
import { Fault } from '../../../platform/index.ts';
import type { MatchDeps } from '../subject.ts';
import { getReviewRow } from './readReview.ts';
import { assignReview, findColleague, insertComment } from './sql/reviews.pg.ts';

type DiscussDeps = Pick<MatchDeps, 'pg' | 'clock'>;
interface About {
  readonly workspace: number;
  readonly id: number;
  readonly actor: Actor;
}

/** Gives a question to a colleague, or to nobody. Throws `not_found`, or `invalid` for somebody who does not work here. */
export async function assign(deps: DiscussDeps, about: About, assignee: string | null): Promise<void> {
  const { workspace, id, actor } = about;
  await deps.pg.transaction(async (tx) => {
    await getReviewRow({ pg: tx }, workspace, id);
    if (assignee !== null && (await tx.row(findColleague, { workspace, user: assignee })) === null)
      throw new Fault('invalid', 'unify.no_colleague', 'Nobody with this id belongs to the workspace.');
    await tx.run(assignReview, { workspace, id, assignee });
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'review.assigned',
      target: `review ${id}`,
      details: { assignee },
    });
  });
}

/** Adds a remark for whoever decides. Throws `not_found`. */
export async function comment(deps: DiscussDeps, { workspace, id, actor }: About, text: string): Promise<void> {
  await getReviewRow(deps, workspace, id);
  const by = `${actor.kind}:${actor.id}`;
  await deps.pg.run(insertComment, { workspace, review: id, actor: by, text, at: deps.clock.now() });
}
