export { createDefaultNamespaces } from './identity/loadKnown.ts';
export { createResolver } from './resolveProfiles.ts';
export { defineUnifyJobs, finishErasuresNow } from './jobs.ts';
export type { ErasureDeps } from './rights/eraseProfile.ts';
export { createUnifiedData } from './rights/personalData.ts';
export { registerUnifyRoutes } from './routes.ts';
export { readSummaries } from './profiles/customer.ts';
export { projectCustomers } from './profiles/projectCustomers.ts';
export { createUnifyExports } from './profiles/exportProfiles.ts';
