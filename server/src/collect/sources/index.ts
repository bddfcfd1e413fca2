export { createDefaultSources, ensureDefaultSource, ensureOwnSource } from './defaultSources.ts';
export { registerSourceRoutes } from './routes.ts';
