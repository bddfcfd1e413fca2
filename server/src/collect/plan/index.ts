export { loadPlan, type TrackingPlan } from './loadPlan.ts';
export { recordViolations } from './recordViolations.ts';
export { registerTrackingPlanRoutes } from './routes.ts';
