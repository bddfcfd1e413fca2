import { pgQuery } from '../../../platform/index.ts';

/** Batches that were resolved and are not in ClickHouse yet. */
export const countUnshipped = pgQuery({
  name: 'collect.countUnshipped',
  params: { workspace: 'int4', upTo: 'int8' },
  row: { batches: 'int8' },
  text: `select count(*) as batches from collect.batch where workspace_id = :workspace and stage = 'resolved' and id <= :upTo`,
});

export const newestBatch = pgQuery({
  name: 'collect.newestBatch',
  params: { workspace: 'int4' },
  row: { id: 'int8' },
  text: `select coalesce(max(id), 0) as id from collect.batch where workspace_id = :workspace`,
});

/** Rejected import rows that mention one of the values. */
export const deleteRejects = pgQuery({
  name: 'collect.deletePersonRejects',
  params: { workspace: 'int4', patterns: 'text[]' },
  row: { removed: 'int8' },
  text: `
    with gone as (
      delete from collect.import_reject using collect.import
      where import.id = import_reject.import_id and import.workspace_id = :workspace
        and import_reject.record::text ilike any(:patterns)
      returning 1
    )
    select count(*) as removed from gone`,
});

export const listPersonRejects = pgQuery({
  name: 'collect.listPersonRejects',
  params: { workspace: 'int4', patterns: 'text[]', afterImport: 'uuid', afterRow: 'int8', limit: 'int4' },
  row: { import_id: 'uuid', row: 'int8', reason: 'text', record: 'jsonb' },
  text: `
    select import_id, row, reason, record from collect.import_reject
    join collect.import on import.id = import_reject.import_id and import.workspace_id = :workspace
    where import_reject.record::text ilike any(:patterns)
      and (import_id, row) > (:afterImport, :afterRow)
    order by import_id, row limit :limit`,
});
