import { pgQuery } from '../../../../platform/index.ts';

/** Notes what changed, for kinds that follow changes or have open questions. Primary key. */
export const enqueue = pgQuery({
  name: 'unify.enqueueMatching',
  params: { workspace: 'int4', kind: 'text', records: 'int8[]', at: 'timestamptz' },
  row: {},
  text: `
    insert into unify.match_queue (workspace_id, kind, record_id, since)
    select :workspace, :kind, record_id, :at from unnest(:records) as changed (record_id)
    where exists (select from unify.match_policy
                  where workspace_id = :workspace and kind = :kind and model_version is not null)
       or exists (select from unify.review
                  where workspace_id = :workspace and kind = :kind and state in ('open', 'second'))
    order by record_id
    on conflict (workspace_id, kind, record_id) do update set since = excluded.since`,
});

/** Workspaces in which something waits. */
export const listQueued = pgQuery({
  name: 'unify.listQueuedMatching',
  params: {},
  row: { workspace_id: 'int4', kind: 'text', waiting: 'int4' },
  text: `
    select workspace_id, kind, count(*)::int as waiting from unify.match_queue group by 1, 2 order by 1, 2`,
});

/** What waits, oldest first. */
export const readQueue = pgQuery({
  name: 'unify.readMatchQueue',
  params: { workspace: 'int4', kind: 'text', limit: 'int4' },
  row: { record_id: 'int8', since: 'timestamptz' },
  text: `
    select record_id, since from unify.match_queue where workspace_id = :workspace and kind = :kind
    order by since, record_id limit :limit`,
});

/** Takes off what was compared, unless it changed again meanwhile. */
export const dequeue = pgQuery({
  name: 'unify.dequeueMatching',
  params: { workspace: 'int4', kind: 'text', records: 'int8[]', since: 'timestamptz[]' },
  row: {},
  text: `
    delete from unify.match_queue using unnest(:records, :since) as done (record_id, since)
    where match_queue.workspace_id = :workspace and match_queue.kind = :kind
      and match_queue.record_id = done.record_id and match_queue.since <= done.since`,
});

/** A run that read everybody after this moment has compared these. */
export const dequeueBefore = pgQuery({
  name: 'unify.dequeueMatchingBefore',
  params: { workspace: 'int4', kind: 'text', before: 'timestamptz' },
  row: {},
  text: `delete from unify.match_queue where workspace_id = :workspace and kind = :kind and since < :before`,
});

export const countQueued = pgQuery({
  name: 'unify.countQueuedMatching',
  params: { workspace: 'int4', kind: 'text' },
  row: { waiting: 'int4' },
  text: `select count(*)::int as waiting from unify.match_queue where workspace_id = :workspace and kind = :kind`,
});

/**
 * Whether changes can be compared now: a run by the model in force has prepared the tables, and none is replacing them.
 * Indexes match_run_alone, primary key.
 */
export const readReadiness = pgQuery({
  name: 'unify.readMatchReadiness',
  params: { workspace: 'int4', kind: 'text' },
  row: { busy: 'bool', prepared: 'bool', automatic: 'bool' },
  text: `
    select
      exists (select from unify.match_run
              where workspace_id = :workspace and kind = :kind and state in ('queued', 'running') and trigger <> 'live'
                and not dry_run) as busy,
      exists (select from unify.match_run as run
              join unify.match_policy as policy on policy.workspace_id = :workspace and policy.kind = :kind
              where run.workspace_id = :workspace and run.kind = :kind and run.trigger <> 'live' and not run.dry_run
                and run.planned and run.model_version = policy.model_version) as prepared,
      exists (select from unify.match_policy
              where workspace_id = :workspace and kind = :kind and automatic) as automatic`,
});
