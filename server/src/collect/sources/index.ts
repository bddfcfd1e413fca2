export { createDefaultSources, ensureDefaultSource } from './defaultSources.ts';
export { registerSourceRoutes, type SourceParts } from './routes.ts';
