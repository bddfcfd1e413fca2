export { defineAudienceJobs } from './jobs.ts';
export { eraseAdAudiences, exportAdAudiences } from './personalData.ts';
export { registerAudienceRoutes } from './routes.ts';
