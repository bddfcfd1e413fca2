export { allowOrigin } from './cors.ts';
export { registerReceiveRoutes } from './routes.ts';
