import { rolePermissions, roleSchema } from '@vitrail/contracts';
import { type Actor, recordAudit } from '../../../govern/index.ts';
import { Fault } from '../../../platform/index.ts';
import type { MatchDeps } from '../subject.ts';
import type { Member } from './presentReviews.ts';
import { getReviewRow } from './readReview.ts';
import { assignReview, insertComment, listColleagues } from './sql/reviews.pg.ts';

type DiscussDeps = Pick<MatchDeps, 'pg' | 'clock'>;
interface About {
  readonly workspace: number;
  readonly id: number;
  readonly actor: Actor;
}

/** Roles of those who may answer a question. */
const roles = roleSchema.options.filter((role) => rolePermissions[role].includes('profiles.write'));

/** The colleagues a question can be given to, by name. An account that is gone has none. */
export async function listAssignees(deps: Pick<MatchDeps, 'pg' | 'namesOf'>, workspace: number): Promise<Member[]> {
  const found = await deps.pg.rows(listColleagues, { workspace, roles, user: null });
  const names = await deps.namesOf(found.map(({ id }) => id));
  return found
    .flatMap(({ id }) => {
      const name = names.get(id);
      return name === undefined ? [] : [{ id, name }];
    })
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Gives a question to a colleague, or to nobody. Throws `not_found`, or `invalid` for somebody who may not decide here. */
export async function assign(deps: DiscussDeps, about: About, assignee: string | null): Promise<void> {
  const { workspace, id, actor } = about;
  await deps.pg.transaction(async (tx) => {
    await getReviewRow({ pg: tx }, workspace, id);
    if (assignee !== null && (await tx.row(listColleagues, { workspace, roles, user: assignee })) === null)
      throw new Fault('invalid', 'unify.no_colleague', 'Nobody with this id may decide in this workspace.');
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
