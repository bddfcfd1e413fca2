export { createDefaultSources, ensureDefaultSource } from './defaultSources.ts';
export { registerSourceRoutes } from './routes.ts';
