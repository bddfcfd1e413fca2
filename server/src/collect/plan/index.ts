export { loadPlan, type PlanMode, type PlanVerdict, type TrackingPlan } from './loadPlan.ts';
export { type RecordedViolation, recordViolations } from './recordViolations.ts';
export { registerTrackingPlanRoutes } from './routes.ts';
