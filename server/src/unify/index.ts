export { createDefaultNamespaces } from './identity/loadKnown.ts';
export { defineUnifyJobs, finishErasuresNow } from './jobs.ts';
export { readSummaries } from './profiles/customer.ts';
export { createUnifyExports } from './profiles/exportProfiles.ts';
export { projectCustomers } from './profiles/projectCustomers.ts';
export { createResolver } from './resolveProfiles.ts';
export type { ErasureDeps } from './rights/eraseProfile.ts';
export { createUnifiedData } from './rights/personalData.ts';
export { registerUnifyRoutes } from './routes.ts';
