export { systemResolver } from './checkDomain.ts';
export { defineDeliverabilityJobs } from './jobs.ts';
export { registerDeliverabilityRoutes } from './routes.ts';
