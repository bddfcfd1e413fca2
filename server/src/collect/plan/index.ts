export { loadPlan } from './loadPlan.ts';
export { recordViolations } from './recordViolations.ts';
export { registerTrackingPlanRoutes } from './routes.ts';
