import { scalarText } from '../../platform/index.ts';
import type { SourcedRecord } from './record.ts';

/**
 * One `drops` row: the record whole, with the reason, and what the request around it said (when it came and was sent,
 * from where, by what browser), so that a replay reads it as it was read the first time.
 */
export function writeDropRow(drop: {
  readonly workspaceId: number;
  readonly batchId: number;
  readonly position: number;
  readonly at: Date;
  readonly reason: string;
  readonly detail: string;
  readonly record: SourcedRecord;
}): string {
  const { batchId, record } = drop;
  const { event } = record;
  return JSON.stringify({
    workspace_id: drop.workspaceId,
    at: drop.at.getTime(),
    id: `${batchId}-${drop.position}`,
    reason: drop.reason,
    source_id: record.sourceId,
    type: scalarText(event.type ?? record.typeHint ?? '', 20),
    event: scalarText(event.event, 512),
    message_id: scalarText(event.messageId, 256),
    detail: drop.detail,
    raw: JSON.stringify(event),
    replayed: false,
    batch_id: batchId,
    received_at: record.receivedAt.getTime(),
    sent_at: record.sentAt?.getTime(),
    ip: record.ip ?? undefined,
    user_agent: record.userAgent ?? undefined,
  });
}
