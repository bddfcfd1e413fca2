import { pgQuery } from '../../../platform/index.ts';

/** Workspaces in which products changed since they were looked at, and a journey asks. Primary keys. */
export const listProductNews = pgQuery({
  name: 'communicate.listProductNews',
  params: {},
  row: { workspace_id: 'int4', change_id: 'int8' },
  text: `
    select cursor.workspace_id, cursor.change_id from communicate.journey_product_cursor as cursor
    where exists (
      select from collect.product_change as change
      where change.workspace_id = cursor.workspace_id and change.id > cursor.change_id)`,
});

/** Begins to look at changes of products from here; a repeat changes nothing. */
export const openProductCursor = pgQuery({
  name: 'communicate.openProductCursor',
  params: { workspace: 'int4' },
  row: {},
  text: `
    insert into communicate.journey_product_cursor (workspace_id, change_id)
    select :workspace, coalesce(max(id), 0) from collect.product_change where workspace_id = :workspace
    on conflict do nothing`,
});

/** No journey asks about products any more. */
export const closeProductCursor = pgQuery({
  name: 'communicate.closeProductCursor',
  params: { workspace: 'int4' },
  row: {},
  text: `delete from communicate.journey_product_cursor where workspace_id = :workspace`,
});

/** Takes the cursor, unless another process has it. */
export const lockProductCursor = pgQuery({
  name: 'communicate.lockProductCursor',
  params: { workspace: 'int4' },
  row: { change_id: 'int8' },
  text: `
    select change_id from communicate.journey_product_cursor
    where workspace_id = :workspace for update skip locked`,
});

/** The next changes of products, with what their sizes share. Primary keys. */
export const readProductChanges = pgQuery({
  name: 'communicate.readProductChanges',
  params: { workspace: 'int4', after: 'int8', limit: 'int4' },
  row: {
    id: 'int8',
    product_id: 'text',
    kind: 'text',
    before: 'text?',
    after: 'text?',
    at: 'timestamptz',
    title: 'text?',
    group_id: 'text?',
    size: 'text?',
    availability: 'text?',
  },
  text: `
    select change.id, change.product_id, change.kind, change.before, change.after, change.at, product.title,
      product.group_id, product.size, product.availability
    from collect.product_change as change
    left join collect.product on product.workspace_id = change.workspace_id and product.product_id = change.product_id
      and product.removed_at is null
    where change.workspace_id = :workspace and change.id > :after
    order by change.id limit :limit`,
});

export const moveProductCursor = pgQuery({
  name: 'communicate.moveProductCursor',
  params: { workspace: 'int4', change: 'int8' },
  row: {},
  text: `update communicate.journey_product_cursor set change_id = :change where workspace_id = :workspace`,
});
