export { predictFile } from './predict/files/predictFile.ts';
export { definePredictionJobs } from './predict/jobs.ts';
export { recommendFile } from './recommend/files/recommendFile.ts';
export { defineRecommendationJobs } from './recommend/jobs.ts';
export { defineHabitJobs } from './habits/jobs.ts';
export { defineLookalikeJobs } from './lookalikes/jobs.ts';
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
