export * from './pipeline/index.ts';
export { decodeProfileId, encodeProfileId } from './profileId.ts';
export { createCollectedData } from './rights/personalData.ts';
export { installBuiltInRates, registerExchangeRateRoutes } from './currency/index.ts';
export { countRefusals, type Inbox, openInbox, type RefusalCounts } from './inbox/index.ts';
export { registerTrackingPlanRoutes } from './plan/index.ts';
export { registerReceiveRoutes } from './receive/index.ts';
export { createDefaultSources, ensureDefaultSource, registerSourceRoutes } from './sources/index.ts';
