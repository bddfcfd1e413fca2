export { defineImportJobs, resumeStalledImports } from './jobs.ts';
export { registerImportRoutes } from './routes.ts';
export type { ImportPartnerRows } from './run/importPartnerRows.ts';
