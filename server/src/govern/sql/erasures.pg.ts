import { pgQuery } from '../../platform/index.ts';

export const insertErasure = pgQuery({
  name: 'govern.insertErasure',
  params: { workspace: 'int4', at: 'timestamptz', actor: 'text', pending: 'jsonb', receipt: 'jsonb' },
  row: { id: 'int8' },
  text: `
    insert into govern.erasure (workspace_id, requested_at, requested_by, pending, receipt)
    values (:workspace, :at, :actor, :pending, :receipt) returning id`,
});

export const finishErasure = pgQuery({
  name: 'govern.finishErasure',
  params: { workspace: 'int4', id: 'int8', at: 'timestamptz', receipt: 'jsonb' },
  row: {},
  text: `
    update govern.erasure set state = 'done', finished_at = :at, pending = null, receipt = :receipt
    where workspace_id = :workspace and id = :id`,
});

export const readErasure = pgQuery({
  name: 'govern.readErasure',
  params: { workspace: 'int4', id: 'int8' },
  row: {
    id: 'int8',
    state: 'text',
    requested_at: 'timestamptz',
    finished_at: 'timestamptz?',
    receipt: 'jsonb',
    pending: 'jsonb?',
  },
  text: `
    select id, state, requested_at, finished_at, receipt, pending from govern.erasure
    where workspace_id = :workspace and id = :id`,
});

/** Erasures that a stop interrupted. */
export const listRunningErasures = pgQuery({
  name: 'govern.listRunningErasures',
  params: {},
  row: { workspace_id: 'int4', id: 'int8' },
  text: `select workspace_id, id from govern.erasure where state = 'running' order by id`,
});
