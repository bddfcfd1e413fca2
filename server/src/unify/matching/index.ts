export { createMatchDeps } from './createMatchDeps.ts';
export { defineMatchJobs, reconcile, tidyMatchingNow } from './jobs.ts';
export { createMatching, type Matching } from './live/createMatching.ts';
export { eraseFromMatching, exportMatching } from './personalData.ts';
export { registerMatchRoutes } from './routes.ts';
export type { MatchDeps } from './subject.ts';
