export type { DoorDeps, FindWriteKey } from './door.ts';
export { type RefusalReason, refusalReasons } from './refusal.ts';
export { registerReceiveRoutes } from './routes.ts';
