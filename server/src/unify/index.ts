export { createDefaultNamespaces } from './identity/loadKnown.ts';
export { defineUnifyJobs, finishErasuresNow } from './jobs.ts';
export { compileFile, shapeOf } from './matching/engine/files/loadFiles.ts';
export { type MatchFilesRequest, matchFiles } from './matching/engine/files/matchFiles.ts';
export { checkOut } from './matching/engine/files/writeFiles.ts';
export {
  createMatchDeps,
  createMatching,
  defineMatchJobs,
  type MatchDeps,
  type Matching,
  reconcile,
  registerMatchRoutes,
  tidyMatchingNow,
} from './matching/index.ts';
export { readSummaries } from './profiles/customer.ts';
export { createUnifyExports } from './profiles/exportProfiles.ts';
export { projectCustomers } from './profiles/projectCustomers.ts';
export { findRoots } from './profiles/sql/projectCustomers.pg.ts';
export { createResolver } from './resolveProfiles.ts';
export type { ErasureDeps } from './rights/eraseProfile.ts';
export { createUnifiedData } from './rights/personalData.ts';
export { registerUnifyRoutes } from './routes.ts';
