export { registerDecideRoutes } from './routes.ts';
