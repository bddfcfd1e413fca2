export { createOutside, type Outside } from './createOutside.ts';
export { registerOutsideRoutes } from './routes.ts';
export { listSegmentsBeyond } from './segmentsBeyond.ts';
