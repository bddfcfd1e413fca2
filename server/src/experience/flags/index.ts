export { registerPublicFlagRoutes } from './publicRoutes.ts';
export { registerFlagRoutes } from './routes.ts';
export { createFlagServer } from './serveFlags.ts';
