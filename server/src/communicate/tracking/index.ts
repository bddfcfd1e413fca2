export { createVisitRecorder } from './recordVisits.ts';
export { registerTrackingRoutes } from './routes.ts';
export { createShortLinks, type ShortLinks } from './shortLinks.ts';
export { keepShortLinks } from './sql/shortLinks.pg.ts';
export { createTrackingLinks } from './trackingLinks.ts';
