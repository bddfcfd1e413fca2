export type { AssignAsk, AssignedKind, Assigner } from './assigner.ts';
export { type CsvTable, writeCsv } from './csv/csvText.ts';
export { defineHabitJobs } from './habits/jobs.ts';
export { readBestHours } from './habits/readBestHours.ts';
export { defineLookalikeJobs } from './lookalikes/jobs.ts';
export { createOutside, listSegmentsBeyond, type Outside, registerOutsideRoutes } from './outside/index.ts';
export { predictFile } from './predict/files/predictFile.ts';
export { definePredictionJobs } from './predict/jobs.ts';
export { lbeta, lgamma } from './predict/math/gamma.ts';
export { normalQuantile } from './predict/math/normal.ts';
export { recommendFile } from './recommend/files/recommendFile.ts';
export { defineRecommendationJobs } from './recommend/jobs.ts';
export type { StrategyPurpose } from './recommend/serve/chooseStrategy.ts';
export { createPageRecommender, type PageRecommender } from './recommend/serve/forPages.ts';
export { createRecommendDeps, type RecommendDeps } from './recommend/serve/recommend.ts';
export { createRecommendMany } from './recommend/serve/recommendMany.ts';
export { createLoadOthers } from './references/loadOthers.ts';
export { about, readScope } from './reports/index.ts';
export { defineRfmJobs } from './rfm/jobs.ts';
export { registerDecideRoutes } from './routes.ts';
export {
  type AskPeople,
  changeList,
  createAskPeople,
  createDecidedData,
  createSegments,
  createSegmentsOfPeople,
  createWhoPasses,
  defineSegmentJobs,
  type OnChanges,
  type SaveDeps,
  type Segments,
} from './segments/index.ts';
