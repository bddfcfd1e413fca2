export type { ConsentDeps } from './changeConsents.ts';
export { followConsents } from './deriveConsents.ts';
export { defineConsentJobs } from './jobs.ts';
export { registerConsentPages } from './pages/routes.ts';
export type { CodeFor } from './pages/unsubscribe.ts';
export { eraseConsentsOf, exportConsents } from './personalData.ts';
export { ensurePurposes } from './purposes.ts';
export { createReadAllowances, createReadConsents } from './readAllowances.ts';
export { registerConsentRoutes } from './routes.ts';
