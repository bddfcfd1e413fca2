export {
  createProductImporter,
  type ProductImport,
  type ProductImporter,
  type ProductsApplied,
} from './importProducts.ts';
export { parsePrice } from './parsePrice.ts';
export type { FeedRecord, FeedValue, Product, ProductReading } from './product.ts';
export { type FeedRow, readProductFeed } from './readProductFeed.ts';
export { registerCatalogRoutes } from './routes.ts';
export { type ProductOptions, toProduct } from './toProduct.ts';
