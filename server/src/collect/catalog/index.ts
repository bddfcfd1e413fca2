export { createProductImporter } from './importProducts.ts';
export type { FeedRecord, FeedValue, Product } from './product.ts';
export { readProductFeed } from './readProductFeed.ts';
export { registerCatalogRoutes } from './routes.ts';
export { toProduct } from './toProduct.ts';
