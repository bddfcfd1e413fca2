import { isJsonObject, type Json, type JsonObject, objectOf } from '../../platform/index.ts';
import type { SourcedRecord } from './record.ts';

/** A row of `collect.inbox`. */
export interface InboxRow {
  readonly id: number;
  readonly source_id: number;
  readonly received_at: Date;
  readonly type_hint: string | null;
  readonly ip: string | null;
  readonly user_agent: string | null;
  /** The browser sent `Sec-GPC: 1`. */
  readonly gpc?: boolean;
  readonly payload: string;
}

const dateOf = (value: Json | undefined): Date | null => {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? null : date;
};

/** Takes an accepted request apart: the body of a single call, or a batch with its own `sentAt` and `context`. */
export function readRequest(row: InboxRow): SourcedRecord[] {
  const body: Json = JSON.parse(row.payload);
  const batch = isJsonObject(body) && Array.isArray(body.batch) ? body.batch : null;
  const typeHint = batch === null ? row.type_hint : null;
  const sentAt = batch !== null && isJsonObject(body) ? dateOf(body.sentAt) : null;
  const shared = batch !== null && isJsonObject(body) && isJsonObject(body.context) ? body.context : null;
  // As the client would have said it itself: kept with the event, and found again by a replay.
  const common = row.gpc === true ? { ...shared, gpc: true } : shared;
  return (batch ?? [body]).map((item: Json, index: number) => ({
    sourceId: row.source_id,
    event: common === null ? objectOf(item) : withContext(objectOf(item), common),
    receivedAt: row.received_at,
    sentAt,
    ip: row.ip,
    userAgent: row.user_agent,
    typeHint,
    fallbackId: `vitrail-${row.id}-${index}`,
    keep: false,
  }));
}

/** The context of a batch holds for each of its calls; a call's own wins. */
function withContext(event: JsonObject, common: JsonObject): JsonObject {
  const context = isJsonObject(event.context) ? { ...common, ...event.context } : common;
  return { ...event, context };
}
