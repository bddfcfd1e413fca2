import { pgQuery } from '../../../platform/index.ts';

const row = {
  id: 'int4',
  state: 'text',
  people: 'int4',
  erased: 'int4',
  missing: 'int4',
  removed: 'jsonb',
  receipts: 'int8[]',
  requested_at: 'timestamptz',
  actor_kind: 'text',
  requested_by: 'text',
  finished_at: 'timestamptz?',
} as const;
const columns = `
      id, state, people, erased, missing, receipts, requested_at, actor_kind, requested_by, finished_at,
      (select coalesce(jsonb_object_agg(name, total), '{}') from (
        select name, sum(rows::int8) as total
        from govern.erasure cross join jsonb_each_text(erasure.receipt -> 'removed') as each_table (name, rows)
        where erasure.workspace_id = :workspace and erasure.id = any(receipts) group by name) as summed) as removed`;

export const insertMassErasure = pgQuery({
  name: 'unify.insertMassErasure',
  params: { workspace: 'int4', at: 'timestamptz', actorKind: 'text', actor: 'text', profiles: 'int8[]' },
  row,
  text: `
    insert into unify.mass_erasure (workspace_id, state, requested_at, actor_kind, requested_by, people, pending)
    values (:workspace, 'running', :at, :actorKind, :actor, cardinality(:profiles), :profiles)
    returning ${columns}`,
});

export const readMassErasure = pgQuery({
  name: 'unify.readMassErasure',
  params: { workspace: 'int4', id: 'int4' },
  row,
  text: `select ${columns} from unify.mass_erasure where workspace_id = :workspace and id = :id`,
});

/** The newest, at most fifty. Primary key, backwards. */
export const listMassErasures = pgQuery({
  name: 'unify.listMassErasures',
  params: { workspace: 'int4' },
  row,
  text: `
    select ${columns} from unify.mass_erasure where workspace_id = :workspace order by id desc limit 50`,
});

/** Whose turn is next. Held until commit: two workers do not take the same people. */
export const lockMassErasure = pgQuery({
  name: 'unify.lockMassErasure',
  params: { workspace: 'int4', id: 'int4', limit: 'int4' },
  row: { next: 'int8[]', actor_kind: 'text', requested_by: 'text' },
  text: `
    select pending[1 : :limit] as next, actor_kind, requested_by from unify.mass_erasure
    where workspace_id = :workspace and id = :id and state = 'running' for update`,
});

/** These had their turn; with the last of them it is done. */
export const noteErased = pgQuery({
  name: 'unify.noteErased',
  params: {
    workspace: 'int4',
    id: 'int4',
    taken: 'int4',
    erased: 'int4',
    receipt: 'int8?',
    at: 'timestamptz',
  },
  row: {},
  text: `
    update unify.mass_erasure set
      erased = erased + :erased, missing = missing + :taken - :erased, pending = pending[:taken + 1 :],
      receipts = case when :receipt is null then receipts else receipts || :receipt end,
      state = case when cardinality(pending) <= :taken then 'done' else state end,
      finished_at = case when cardinality(pending) <= :taken then :at end
    where workspace_id = :workspace and id = :id`,
});

export const cancelMassErasure = pgQuery({
  name: 'unify.cancelMassErasure',
  params: { workspace: 'int4', id: 'int4', at: 'timestamptz' },
  row: { id: 'int4' },
  text: `
    update unify.mass_erasure set state = 'cancelled', finished_at = :at, pending = '{}'
    where workspace_id = :workspace and id = :id and state = 'running' returning id`,
});

/** Those that a stop interrupted. Few at any time. */
export const listRunningMassErasures = pgQuery({
  name: 'unify.listRunningMassErasures',
  params: {},
  row: { workspace_id: 'int4', id: 'int4' },
  text: `select workspace_id, id from unify.mass_erasure where state = 'running' order by id`,
});
