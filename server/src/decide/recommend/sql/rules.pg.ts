import { pgQuery } from '../../../platform/index.ts';

const row = { id: 'int8', rule: 'jsonb', updated_at: 'timestamptz' } as const;

/** Oldest first: of two pins the older comes first. Primary key. */
export const listRules = pgQuery({
  name: 'decide.listMerchandisingRules',
  params: { workspace: 'int4' },
  row,
  text: `
    select id, rule, updated_at from decide.merchandising_rule where workspace_id = :workspace order by id limit 500`,
});

export const insertRule = pgQuery({
  name: 'decide.insertMerchandisingRule',
  params: { workspace: 'int4', rule: 'jsonb', at: 'timestamptz' },
  row,
  text: `
    insert into decide.merchandising_rule (workspace_id, rule, updated_at)
    select :workspace, :rule, :at
    where (select count(*) from decide.merchandising_rule where workspace_id = :workspace) < 500
    returning id, rule, updated_at`,
});

export const updateRule = pgQuery({
  name: 'decide.updateMerchandisingRule',
  params: { workspace: 'int4', id: 'int8', rule: 'jsonb', at: 'timestamptz' },
  row,
  text: `
    update decide.merchandising_rule set rule = :rule, updated_at = :at
    where workspace_id = :workspace and id = :id returning id, rule, updated_at`,
});

export const deleteRule = pgQuery({
  name: 'decide.deleteMerchandisingRule',
  params: { workspace: 'int4', id: 'int8' },
  row: { id: 'int8' },
  text: `delete from decide.merchandising_rule where workspace_id = :workspace and id = :id returning id`,
});
