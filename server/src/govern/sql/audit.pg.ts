import { pgQuery } from '../../platform/index.ts';

/** Appends what was done, in the transaction that does it. */
export const insertAudit = pgQuery({
  name: 'govern.insertAudit',
  params: {
    workspace: 'int4',
    at: 'timestamptz',
    actorKind: 'text',
    actorId: 'text',
    action: 'text',
    target: 'text',
    details: 'jsonb',
  },
  row: {},
  text: `insert into govern.audit (workspace_id, at, actor_kind, actor_id, action, target, details)
    values (:workspace, :at, :actorKind, :actorId, :action, :target, :details)`,
});

/**
 * Newest first, from `before` (exclusive) back. By primary key (workspace_id, id), read backwards; the filters are
 * checked on the way: acts of people are few.
 */
export const listAudit = pgQuery({
  name: 'govern.listAudit',
  params: {
    workspace: 'int4',
    before: 'int8?',
    action: 'text?',
    actor: 'text?',
    target: 'text?',
    from: 'timestamptz?',
    to: 'timestamptz?',
    limit: 'int4',
  },
  row: {
    id: 'int8',
    at: 'timestamptz',
    actor_kind: 'text',
    actor_id: 'text',
    action: 'text',
    target: 'text',
    details: 'jsonb',
  },
  text: `select id, at, actor_kind, actor_id, action, target, details from govern.audit
    where workspace_id = :workspace
      and (:before is null or id < :before)
      and (:action is null or starts_with(action, :action))
      and (:actor is null or actor_id = :actor)
      and (:target is null or target = :target)
      and (:from is null or at >= :from)
      and (:to is null or at < :to)
    order by id desc limit :limit`,
});
