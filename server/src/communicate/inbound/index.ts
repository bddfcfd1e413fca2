export { defineInboundJobs } from './jobs.ts';
export { registerPushRoutes } from './pushRoutes.ts';
export { registerInboundRoutes } from './routes.ts';
