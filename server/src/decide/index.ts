export { registerDecideRoutes } from './routes.ts';
export { applySegmentsNow, createDecidedData, createSegments, defineSegmentJobs, type Segments } from './segments/index.ts';
