export { amountOf } from './amounts.ts';
export { createPipeline, type Pipeline } from './createPipeline.ts';
export { answerInboxBell, createInboxBell } from './inboxBell.ts';
export type { Ingestion, IngestRecords } from './ingest.ts';
export {
  type CollectedEvent,
  type Drop,
  type DropReason,
  dropReasons,
  type RecordOutcome,
  type SourceRecord,
} from './record.ts';
export { definePipelineMetrics } from './defineMetrics.ts';
export { definePipelineJobs } from './jobs.ts';
export { publishLive } from './publishLive.ts';
export { registerPipelineRoutes } from './routes.ts';
export type { LiveEvent } from './resolveBatch.ts';
export type { Problem, Resolution, Resolver, Shipment } from './resolver.ts';
export type { Reactor } from './shipBatch.ts';
export type { WorkspaceContext } from './workspaceContext.ts';
export { currencyOf, toPayload } from './writeEventRow.ts';
