export { defineImportJobs, resumeStalledImports } from './jobs.ts';
export { registerImportRoutes } from './routes.ts';
