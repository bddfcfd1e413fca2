export { defineImportJobs, resumeStalledImports } from './jobs.ts';
export { type ImportRouteDeps, registerImportRoutes } from './routes.ts';
export { previewImport } from './run/previewImport.ts';
export type { ImportDeps } from './run/runImport.ts';
export { resumeImport, type StartRequest, startImport, stopImport } from './run/startImport.ts';
export { getImport, pageImports } from './showImport.ts';
export { getUpload, storeUpload, type Upload } from './upload/storeUpload.ts';
export { writeRejects } from './writeRejects.ts';
