import { pgQuery } from '../../../platform/index.ts';

/** Names of a few products, also of those no longer sold. Primary key. */
export const listProductNames = pgQuery({
  name: 'decide.listProductNames',
  params: { workspace: 'int4', ids: 'text[]' },
  row: { product_id: 'text', title: 'text' },
  text: `select product_id, title from collect.product where workspace_id = :workspace and product_id = any(:ids)`,
});
