export { registerReceiveRoutes } from './routes.ts';
