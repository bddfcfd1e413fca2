export { allowOrigin, answerPreflight } from './cors.ts';
export { registerReceiveRoutes } from './routes.ts';
