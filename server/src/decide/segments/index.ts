export { createSegments, type Segments } from './createSegments.ts';
export { defineSegmentJobs } from './jobs.ts';
export { createDecidedData } from './personalData.ts';
export { registerSegmentRoutes } from './routes.ts';
export { createSegmentsOfPeople } from './segmentsOfPeople.ts';
