import { isJsonObject, type Json, objectOf } from '../../platform/index.ts';
import type { SourceRecord } from './record.ts';

/** A row of `collect.inbox`. */
export interface InboxRow {
  readonly id: number;
  readonly source_id: number;
  readonly received_at: Date;
  readonly type_hint: string | null;
  readonly ip: string | null;
  readonly user_agent: string | null;
  readonly payload: string;
}

const dateOf = (value: Json | undefined): Date | null => {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? null : date;
};

/** Takes an accepted request apart: the body of a single call, or a batch with its own `sentAt` and `context`. */
export function readRequest(row: InboxRow): SourceRecord[] {
  const body: Json = JSON.parse(row.payload);
  const batch = isJsonObject(body) && Array.isArray(body.batch) ? body.batch : null;
  const shared = {
    receivedAt: row.received_at,
    ip: row.ip,
    userAgent: row.user_agent,
    typeHint: batch === null ? row.type_hint : null,
    sentAt: batch !== null && isJsonObject(body) ? dateOf(body.sentAt) : null,
    keep: false,
  };
  const common = batch !== null && isJsonObject(body) && isJsonObject(body.context) ? body.context : null;
  return (batch ?? [body]).map((item: Json, index: number) => {
    const event = objectOf(item);
    const context =
      common === null ? event.context : isJsonObject(event.context) ? { ...common, ...event.context } : common;
    return {
      ...shared,
      event: common === null || context === undefined ? event : { ...event, context },
      fallbackId: `vitrail-${row.id}-${index}`,
    };
  });
}
