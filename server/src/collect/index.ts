export { registerCatalogRoutes } from './catalog/index.ts';
export { installBuiltInRates, registerExchangeRateRoutes } from './currency/index.ts';
export {
  createCollectExports,
  type ExportColumn,
  type ExportTable,
  exportRows,
  readPages,
  registerExportRoutes,
} from './export/index.ts';
export { registerHealthRoutes } from './health/index.ts';
export {
  defineImportJobs,
  type ImportPartnerRows,
  registerImportRoutes,
  resumeStalledImports,
} from './imports/index.ts';
export { countRefusals, type Inbox, openInbox, type RefusalCounts, writeGroup } from './inbox/index.ts';
export * from './pipeline/index.ts';
export { registerTrackingPlanRoutes } from './plan/index.ts';
export { decodeProfileId, encodeProfileId } from './profileId.ts';
export { allowOrigin, answerPreflight, registerReceiveRoutes } from './receive/index.ts';
export { createCollectedData } from './rights/personalData.ts';
export { createDefaultSources, ensureDefaultSource, ensureOwnSource, registerSourceRoutes } from './sources/index.ts';
