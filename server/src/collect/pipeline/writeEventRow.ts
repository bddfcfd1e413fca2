import { type Json, type JsonObject, scalarText } from '../../platform/index.ts';
import { amountOf } from './amounts.ts';
import { enrich } from './enrich.ts';
import type { CollectedEvent } from './record.ts';
import type { WorkspaceContext } from './workspaceContext.ts';

/** The event's money: `total` before `revenue` before `value` (Segment's e-commerce spec), in its own and the base currency. */
function moneyOf(event: CollectedEvent, workspace: WorkspaceContext) {
  const { properties } = event;
  const value = amountOf(properties.total) ?? amountOf(properties.revenue) ?? amountOf(properties.value);
  if (value === null) return null;
  const currency = currencyOf(properties.currency, event.sourceId, workspace);
  return {
    value,
    currency,
    base: workspace.rates.convert(value, currency, workspace.baseCurrency, event.timestamp.toISOString().slice(0, 10)),
  };
}

/** The currency a record names, else its site's, else the workspace's. Upper case. */
export function currencyOf(named: Json | undefined, sourceId: number, workspace: WorkspaceContext): string {
  const text = scalarText(named, 512).toUpperCase();
  return text || workspace.sources.get(sourceId)?.currency || workspace.baseCurrency;
}

/**
 * One `events` row as a JSONEachRow line. `properties`, `traits`, `context` and `extra` stand in it as objects and are
 * stored as JSON text (ClickHouse keeps an object given for a String column as it is written), so the whole record can
 * be put together again whatever its keys: a typed JSON column refuses `{"a":{"b":1},"a.b":2}`. What is empty is left
 * out, as the columns' defaults say the same: a fifth fewer bytes on their way through both stores.
 */
export function writeEventRow(
  event: CollectedEvent,
  profileId: number,
  batchId: number,
  workspace: WorkspaceContext,
): string {
  const { properties } = event;
  const seen = enrich(event);
  const money = moneyOf(event, workspace);
  const source = workspace.sources.get(event.sourceId);
  return JSON.stringify({
    workspace_id: workspace.id,
    profile_id: profileId,
    // DateTime64(3) takes integers as milliseconds, the cheapest form to read.
    timestamp: event.timestamp.getTime(),
    message_id: event.messageId,
    type: event.type,
    event: event.event || undefined,
    source_id: event.sourceId,
    site: source?.site || undefined,
    received_at: event.receivedAt.getTime(),
    sent_at: event.sentAt?.getTime(),
    original_timestamp: event.originalTimestamp?.getTime(),
    anonymous_id: event.anonymousId || undefined,
    user_id: event.userId || undefined,
    session_id: seen.sessionId || undefined,
    url: seen.url || undefined,
    path: seen.path || undefined,
    referrer: seen.referrer || undefined,
    campaign_source: seen.campaignSource || undefined,
    campaign_medium: seen.campaignMedium || undefined,
    campaign_name: seen.campaignName || undefined,
    device_type: seen.deviceType || undefined,
    os: seen.os || undefined,
    browser: seen.browser || undefined,
    bot: seen.bot || undefined,
    country: seen.country || source?.country || undefined,
    language: seen.language || undefined,
    product_id: scalarText(properties.product_id, 512) || undefined,
    order_id: scalarText(properties.order_id, 512) || undefined,
    value: money?.value,
    currency: money?.currency,
    base_value: money?.base ?? undefined,
    properties,
    traits: event.traits,
    context: event.context,
    extra: extraOf(event),
    batch_id: batchId,
  });
}

/** Top-level fields that have no column. */
function extraOf({ extra, previousId, groupId }: CollectedEvent): JsonObject {
  if (previousId === '' && groupId === '') return extra;
  return { ...extra, ...(previousId && { previousId }), ...(groupId && { groupId }) };
}
