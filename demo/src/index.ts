export type { TrueOrder, TruePerson } from './export/truth.ts';
export { generateRetailer, type RetailerInput } from './generateRetailer.ts';
export type { FileKind, GeneratedFile, Manifest, Totals } from './manifest.ts';
export { brandName, type Site, type Store, sites, stores } from './market.ts';
export { type Storefront, type StorefrontInput, startStorefront } from './shop/startStorefront.ts';
export { playVisitors, type VisitorsInput, type VisitorsReport } from './visitors/playVisitors.ts';
