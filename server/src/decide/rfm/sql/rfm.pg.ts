import { pgQuery } from '../../../platform/index.ts';

/** By primary key. */
export const readRfmSettings = pgQuery({
  name: 'decide.readRfmSettings',
  params: { workspace: 'int4' },
  row: { method: 'text', bands: 'jsonb', names: 'jsonb' },
  text: `select method, bands, names from decide.rfm_settings where workspace_id = :workspace`,
});

export const saveRfmSettings = pgQuery({
  name: 'decide.saveRfmSettings',
  params: { workspace: 'int4', method: 'text', bands: 'jsonb', names: 'jsonb', at: 'timestamptz' },
  row: {},
  text: `
    insert into decide.rfm_settings (workspace_id, method, bands, names, updated_at)
    values (:workspace, :method, :bands, :names, :at)
    on conflict (workspace_id) do update
    set method = excluded.method, bands = excluded.bands, names = excluded.names, updated_at = excluded.updated_at`,
});

/** The newest thresholds of a site; primary key, backwards. */
export const readRfmEdges = pgQuery({
  name: 'decide.readRfmEdges',
  params: { workspace: 'int4', site: 'text' },
  row: { version: 'int4', edges: 'jsonb', buyers: 'int8', at: 'timestamptz' },
  text: `
    select version, edges, buyers, at from decide.rfm_edges
    where workspace_id = :workspace and site = :site order by version desc limit 1`,
});

/** A new version; two at once cannot both be the next one. */
export const addRfmEdges = pgQuery({
  name: 'decide.addRfmEdges',
  params: { workspace: 'int4', site: 'text', edges: 'jsonb', buyers: 'int8', at: 'timestamptz' },
  row: { version: 'int4' },
  text: `
    insert into decide.rfm_edges (workspace_id, site, version, edges, buyers, at)
    select :workspace, :site, coalesce(max(version), 0) + 1, :edges, :buyers, :at
    from decide.rfm_edges where workspace_id = :workspace and site = :site
    returning version`,
});

/** Thresholds of long ago explain nothing any more. */
export const dropOldRfmEdges = pgQuery({
  name: 'decide.dropOldRfmEdges',
  params: { workspace: 'int4', before: 'timestamptz' },
  row: {},
  text: `
    delete from decide.rfm_edges as old
    where workspace_id = :workspace and at < :before and exists (
      select from decide.rfm_edges as newer
      where newer.workspace_id = old.workspace_id and newer.site = old.site and newer.version > old.version)`,
});

export const listAllWorkspaces = pgQuery({
  name: 'decide.listAllWorkspaces',
  params: {},
  row: { id: 'int4' },
  text: `select id from govern.workspace order by id`,
});
