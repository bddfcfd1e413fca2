export { createLoadOthers } from './references/loadOthers.ts';
export { defineRfmJobs } from './rfm/jobs.ts';
export { registerDecideRoutes } from './routes.ts';
export {
  createDecidedData,
  createSegments,
  createSegmentsOfPeople,
  defineSegmentJobs,
  type Segments,
} from './segments/index.ts';
