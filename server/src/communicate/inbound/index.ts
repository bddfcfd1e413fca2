export { defineInboundJobs } from './jobs.ts';
export { registerInboundRoutes } from './routes.ts';
