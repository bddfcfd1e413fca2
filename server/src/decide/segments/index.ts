export { type AskPeople, createAskPeople } from './askPeople.ts';
export { createSegments, type Segments } from './createSegments.ts';
export { defineSegmentJobs } from './jobs.ts';
export type { OnChanges } from './outbox.ts';
export { createDecidedData } from './personalData.ts';
export { registerSegmentRoutes } from './routes.ts';
export { changeList, type SaveDeps } from './saveSegment.ts';
export { createSegmentsOfPeople } from './segmentsOfPeople.ts';
export { createWhoPasses } from './whoPasses.ts';
