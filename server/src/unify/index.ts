export { createDefaultNamespaces } from './identity/loadKnown.ts';
export { defineUnifyJobs, finishErasuresNow } from './jobs.ts';
export { createCustomerKeeper } from './listing/keepCustomers.ts';
export { refuseWhere, selectPeople, type WhoPasses } from './listing/selectPeople.ts';
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
export { findHolder } from './profiles/findHolder.ts';
export { readIdentifier, readListItems } from './profiles/listProfiles.ts';
export { maskSummary } from './profiles/maskCustomer.ts';
export { projectCustomers, type WorkedOutTraits } from './profiles/projectCustomers.ts';
export { getCustomer } from './profiles/readProfile.ts';
export { findRoots } from './profiles/sql/projectCustomers.pg.ts';
export {
  listStatedConsents,
  readStatedConsents,
  type StatedConsent,
  stateOwnConsents,
} from './profiles/stateConsents.ts';
export { tcStringAllows } from './profiles/tcStringAllows.ts';
export { createResolver } from './resolveProfiles.ts';
export type { ErasureDeps } from './rights/eraseProfile.ts';
export { createUnifiedData } from './rights/personalData.ts';
export { registerUnifyRoutes } from './routes.ts';
export { normaliseEmail } from './values/email.ts';
export { normalisePhone } from './values/phone.ts';
