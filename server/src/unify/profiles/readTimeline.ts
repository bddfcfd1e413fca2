import type { Order, OrderListQuery, ProfileEvent } from '@vitrail/contracts';
import { z } from 'zod';
import { type Deps, decodeCursor, encodeCursor, type JsonObject, objectOf, type Pg } from '../../platform/index.ts';
import { groupBy } from './customer.ts';
import { listLines, listOrders } from './sql/readProfiles.pg.ts';
import { readTimeline } from './sql/readTimeline.ch.ts';

const position = z.tuple([z.number().int(), z.string()]);
/** Later than anything stored. */
const end: [number, string] = [Date.UTC(2299, 0, 1), ''];

const parse = (text: string): JsonObject => objectOf(text === '' ? {} : JSON.parse(text));

export interface TimelineQuery {
  readonly limit: number;
  readonly before?: string | undefined;
  readonly types: readonly string[];
  readonly sources: readonly number[];
  readonly event?: string | undefined;
}

/** A customer's events, newest first. `families` names the family of each source. */
export async function listEvents(
  deps: Pick<Deps, 'ch'>,
  workspace: number,
  profiles: readonly number[],
  query: TimelineQuery,
  families: ReadonlyMap<number, string>,
): Promise<{ items: ProfileEvent[]; next: string | null }> {
  const [beforeMs, beforeId] = query.before === undefined ? end : decodeCursor(query.before, position);
  const rows = await deps.ch.rows(readTimeline, {
    workspace,
    profiles,
    beforeMs,
    beforeId,
    types: query.types,
    sources: query.sources,
    event: query.event ?? '',
    limit: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      messageId: row.message_id,
      type: row.type,
      event: row.event,
      timestamp: new Date(row.at).toISOString(),
      receivedAt: new Date(row.received).toISOString(),
      source: row.source_id,
      family: families.get(row.source_id) ?? 'web',
      site: row.site,
      url: row.url,
      value: row.value,
      currency: row.currency,
      device: row.device_type,
      properties: parse(row.properties),
      traits: parse(row.traits),
      context: parse(row.context),
    })),
    next: rows.length > query.limit && last !== undefined ? encodeCursor([last.at, last.message_id]) : null,
  };
}

const amount = (text: string | null): number | null => (text === null ? null : Number(text));

/** A customer's orders with their lines, newest first; those that pass every filter. */
export async function listCustomerOrders(
  pg: Pg,
  workspace: number,
  profiles: readonly number[],
  query: OrderListQuery,
): Promise<{ items: Order[]; next: string | null }> {
  const [beforeMs, beforeId] = query.before === undefined ? end : decodeCursor(query.before, position);
  const rows = await pg.rows(listOrders, {
    workspace,
    profiles,
    before: new Date(beforeMs),
    beforeId,
    status: query.status ?? '',
    source: query.source ?? null,
    site: query.site ?? null,
    from: query.from ?? null,
    to: query.to ?? null,
    min: query.min === undefined ? null : String(query.min),
    max: query.max === undefined ? null : String(query.max),
    limit: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const lines =
    page.length === 0 ? [] : await pg.rows(listLines, { workspace, orders: page.map((row) => row.order_id) });
  const linesOf = groupBy(lines, (line) => line.order_id);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      id: row.order_id,
      status: row.status === 'completed' || row.status === 'cancelled' ? row.status : 'unknown',
      orderedAt: row.ordered_at?.toISOString() ?? null,
      source: row.source_id,
      site: row.site,
      channel: row.channel,
      currency: row.currency,
      total: amount(row.total),
      baseTotal: amount(row.base_total),
      refunded: Number(row.refunded),
      tax: amount(row.tax),
      shipping: amount(row.shipping),
      discount: amount(row.discount),
      coupon: row.coupon,
      lines: (linesOf.get(row.order_id) ?? []).map((line) => ({
        line: line.line,
        productId: line.product_id,
        sku: line.sku,
        name: line.name,
        brand: line.brand,
        category: line.category,
        variant: line.variant,
        quantity: Number(line.quantity),
        price: amount(line.price),
      })),
    })),
    next: rows.length > query.limit && last !== undefined ? encodeCursor([last.at.getTime(), last.order_id]) : null,
  };
}
