import { pgQuery } from '../../../platform/index.ts';

/** Where the picture of a product is, also of one that left the catalogue. Primary key. */
export const findPicture = pgQuery({
  name: 'communicate.findPicture',
  params: { workspace: 'int4', product: 'text' },
  row: { image_link: 'text?' },
  text: `select image_link from collect.product where workspace_id = :workspace and product_id = :product`,
});
