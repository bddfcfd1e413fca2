import { pgQuery } from '../../../platform/index.ts';

export const insertAsset = pgQuery({
  name: 'communicate.insertAsset',
  params: {
    workspace: 'int4',
    name: 'text',
    mediaType: 'text',
    bytes: 'bytea',
    actor: 'text',
    at: 'timestamptz',
  },
  row: { id: 'uuid', created_at: 'timestamptz' },
  text: `
    insert into communicate.asset (workspace_id, name, media_type, bytes, created_by, created_at)
    values (:workspace, :name, :mediaType, :bytes, :actor, :at)
    returning id, created_at`,
});

/** Newest first, without the pictures. Primary key: a few hundred rows. */
export const listAssets = pgQuery({
  name: 'communicate.listAssets',
  params: { workspace: 'int4' },
  row: { id: 'uuid', name: 'text', media_type: 'text', bytes: 'int4', created_at: 'timestamptz' },
  text: `
    select id, name, media_type, length(bytes) as bytes, created_at from communicate.asset
    where workspace_id = :workspace order by created_at desc, id limit 500`,
});

/** Of any workspace: whoever gets the mail sees it. Index asset_id. */
export const findAsset = pgQuery({
  name: 'communicate.findAsset',
  params: { id: 'uuid' },
  row: { media_type: 'text', bytes: 'bytea' },
  text: `select media_type, bytes from communicate.asset where id = :id`,
});

/** Primary key. */
export const removeAsset = pgQuery({
  name: 'communicate.removeAsset',
  params: { workspace: 'int4', id: 'uuid' },
  row: {},
  text: `delete from communicate.asset where workspace_id = :workspace and id = :id`,
});
