import { chQuery } from '../../../platform/index.ts';

/** How whole the newest copy of the catalogue is, and of what. Head of the primary key. */
export const findProductCopy = chQuery({
  name: 'decide.findProductCopy',
  params: { workspace: 'UInt32' },
  row: { version: 'UInt64', products: 'UInt64', mark: 'String' },
  text: `
    select version, uniqExact(product_id) as products, toString(any(catalogue)) as mark
    from products where workspace_id = {workspace:UInt32}
    group by version order by version desc limit 1`,
});
