export * from './clickhouse/index.ts';
export type { Clock } from './clock.ts';
export { systemClock } from './clock.ts';
export type { Deps } from './deps.ts';
export { Fault, type FaultKind } from './errors.ts';
export type { HttpApp } from './http.ts';
export type { JobDefinition, JobOutcome, JobPayload, Jobs } from './jobs/types.ts';
export { createLog, type Log } from './log.ts';
export * from './postgres/index.ts';
