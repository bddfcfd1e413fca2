import { chQuery } from '../../../platform/index.ts';

/** The neighbours of some items. Primary key. */
export const readNeighbours = chQuery({
  name: 'decide.readItemNeighbours',
  params: { workspace: 'UInt32', kind: 'String', items: 'Array(String)', since: 'UInt64' },
  row: { item: 'String', others: 'Array(String)', scores: 'Array(Float64)' },
  text: `
    select item, others, arrayMap(score -> toFloat64(score), scores) as scores
    from item_neighbours final
    where workspace_id = {workspace:UInt32} and kind = {kind:String} and item in {items:Array(String)}
      and version >= {since:UInt64}`,
});

/** The neighbours of all items of a kind, page by page. Primary key. */
export const pageNeighbours = chQuery({
  name: 'decide.pageItemNeighbours',
  params: { workspace: 'UInt32', kind: 'String', after: 'String', since: 'UInt64', limit: 'UInt32' },
  row: { item: 'String', others: 'Array(String)', scores: 'Array(Float64)' },
  text: `
    select item, others, arrayMap(score -> toFloat64(score), scores) as scores
    from item_neighbours final
    where workspace_id = {workspace:UInt32} and kind = {kind:String} and item > {after:String}
      and version >= {since:UInt64}
    order by item limit {limit:UInt32}`,
});

/** Whose neighbours were written since. Reads one small column of the workspace's rows; asked after a refresh. */
export const listChangedNeighbours = chQuery({
  name: 'decide.listChangedNeighbours',
  params: { workspace: 'UInt32', after: 'UInt64' },
  row: { kind: 'LowCardinality(String)', item: 'String' },
  text: `
    select kind, item from item_neighbours
    where workspace_id = {workspace:UInt32} and version > {after:UInt64}`,
});

/** The lists for everybody. Primary key. */
export const readLists = chQuery({
  name: 'decide.readItemLists',
  params: { workspace: 'UInt32', since: 'UInt64' },
  row: {
    list: 'LowCardinality(String)',
    site: 'LowCardinality(String)',
    items: 'Array(String)',
    scores: 'Array(Float64)',
  },
  text: `
    select list, site, items, scores from item_lists final
    where workspace_id = {workspace:UInt32} and version >= {since:UInt64}`,
});
