import { type CollectedEvent, type Shipment, toPayload, type WorkspaceContext } from '../../collect/index.ts';
import type { Pg, PgRow } from '../../platform/index.ts';
import type { OwnedEvent } from '../profiles/ownedEvent.ts';
import { type OrderLine, type OrderStatement, readOrder } from './readOrder.ts';
import {
  applyRefunds,
  cancelOrders,
  deleteLines,
  insertLines,
  insertRefunds,
  listRefunded,
  readOrders,
  upsertOrders,
} from './sql/orders.pg.ts';

interface Stated<S extends OrderStatement> {
  readonly event: CollectedEvent;
  readonly owner: number | null;
  readonly order: S;
}
type Content = Stated<Extract<OrderStatement, { kind: 'content' }>>;
type Refund = Stated<Extract<OrderStatement, { kind: 'refund' }>>;
type Cancelled = Stated<Extract<OrderStatement, { kind: 'cancelled' }>>;

/**
 * Writes what a batch says about orders, whatever the order of arrival: the newest content wins, each refund counts
 * once, a refund may come before its order. Returns the rows for ClickHouse.
 */
export async function recordOrders(
  tx: Pg,
  batchId: number,
  workspace: WorkspaceContext,
  owned: readonly OwnedEvent[],
): Promise<Shipment[]> {
  const contents = new Map<string, Content>();
  const cancelled = new Map<string, Cancelled>();
  const refunds: Refund[] = [];
  for (const { event, owner: row } of owned) {
    const order = readOrder(event, workspace);
    if (order === null) continue;
    const owner = row === 0 ? null : row;
    if (order.kind === 'refund') refunds.push({ event, owner, order });
    else if (order.kind === 'cancelled') cancelled.set(order.orderId, { event, owner, order });
    else {
      const newest = contents.get(order.orderId);
      if (newest === undefined || event.timestamp >= newest.event.timestamp)
        contents.set(order.orderId, { event, owner, order });
    }
  }
  const touched = [...new Set([...contents.keys(), ...cancelled.keys(), ...refunds.map(({ order }) => order.orderId)])];
  if (touched.length === 0) return [];

  const { lines, created } = await writeContents(tx, batchId, workspace, [...contents.values()]);
  await writeCancelled(tx, batchId, workspace.id, [...cancelled.values()]);
  await writeRefunds(tx, batchId, workspace.id, refunds, contents);
  // What a batch creates and says nothing more about is known without reading it back: most of an import.
  for (const { order } of [...refunds, ...cancelled.values()]) created.delete(order.orderId);
  return shipOrders(tx, batchId, workspace, touched, created, lines);
}

/** An order as `readOrders` gives it. */
type StoredOrder = PgRow<typeof readOrders.row>;

type WrittenLine = { orderId: string; number: number; line: OrderLine | null };

/**
 * Upserts orders and replaces their lines. Returns the orders that were not there before, every line written, and as null
 * every line that went.
 */
async function writeContents(
  tx: Pg,
  version: number,
  workspace: WorkspaceContext,
  contents: readonly Content[],
): Promise<{ lines: WrittenLine[]; created: Map<string, StoredOrder> }> {
  if (contents.length === 0) return { lines: [], created: new Map() };
  const written = await tx.rows(upsertOrders, {
    workspace: workspace.id,
    ids: contents.map(({ order }) => order.orderId),
    profiles: contents.map(({ owner }) => owner),
    sources: contents.map(({ event }) => event.sourceId),
    sites: contents.map(({ event }) => workspace.sources.get(event.sourceId)?.site ?? null),
    at: contents.map(({ event }) => event.timestamp),
    currencies: contents.map(({ order }) => order.total.currency),
    totals: contents.map(({ order }) => order.total.amount),
    bases: contents.map(({ order }) => order.total.base),
    taxes: contents.map(({ order }) => order.tax),
    shippings: contents.map(({ order }) => order.shipping),
    discounts: contents.map(({ order }) => order.discount),
    coupons: contents.map(({ order }) => order.coupon),
    channels: contents.map(({ order }) => order.channel),
    version,
  });
  const rewritten = written.filter((row) => row.inserted !== true).map((row) => row.order_id);
  const gone = rewritten.length === 0 ? [] : await tx.rows(deleteLines, { workspace: workspace.id, ids: rewritten });
  const current = new Set(written.map((row) => row.order_id));
  const lines: WrittenLine[] = contents
    .filter(({ order }) => current.has(order.orderId))
    .flatMap(({ order }) => order.lines.map((line, index) => ({ orderId: order.orderId, number: index + 1, line })));
  await writeLines(tx, workspace.id, lines);
  const kept = new Set(lines.map(({ orderId, number }) => `${number} ${orderId}`));
  for (const { order_id, line } of gone) {
    if (!kept.has(`${line} ${order_id}`)) lines.push({ orderId: order_id, number: line, line: null });
  }
  const inserted = new Set(written.filter((row) => row.inserted === true).map((row) => row.order_id));
  const fresh = contents.filter(({ order }) => inserted.has(order.orderId));
  return { lines, created: new Map(fresh.map((content) => [content.order.orderId, storedOrder(content, workspace)])) };
}

/** What `upsertOrders` stores of an order that was not there. */
const storedOrder = ({ event, owner, order }: Content, workspace: WorkspaceContext): StoredOrder => ({
  order_id: order.orderId,
  profile_id: owner,
  source_id: event.sourceId,
  site: workspace.sources.get(event.sourceId)?.site ?? null,
  channel: order.channel,
  status: 'completed',
  ordered_at: event.timestamp,
  content_at: event.timestamp,
  currency: order.total.currency,
  total: order.total.amount,
  base_total: order.total.base,
  discount: order.discount,
  coupon: order.coupon,
  refunded: '0',
  base_refunded: '0',
});

async function writeLines(tx: Pg, workspace: number, written: readonly WrittenLine[]): Promise<void> {
  const lines = written.flatMap(({ orderId, number, line }) => (line === null ? [] : [{ orderId, number, line }]));
  if (lines.length === 0) return;
  await tx.run(insertLines, {
    workspace,
    orders: lines.map(({ orderId }) => orderId),
    lines: lines.map(({ number }) => number),
    products: lines.map(({ line }) => line.productId),
    skus: lines.map(({ line }) => line.sku),
    names: lines.map(({ line }) => line.name),
    brands: lines.map(({ line }) => line.brand),
    categories: lines.map(({ line }) => line.category),
    variants: lines.map(({ line }) => line.variant),
    quantities: lines.map(({ line }) => line.quantity),
    prices: lines.map(({ line }) => line.price),
    coupons: lines.map(({ line }) => line.coupon),
  });
}

async function writeCancelled(
  tx: Pg,
  version: number,
  workspace: number,
  cancelled: readonly Cancelled[],
): Promise<void> {
  if (cancelled.length === 0) return;
  await tx.run(cancelOrders, {
    workspace,
    ids: cancelled.map(({ order }) => order.orderId),
    profiles: cancelled.map(({ owner }) => owner),
    sources: cancelled.map(({ event }) => event.sourceId),
    at: cancelled.map(({ event }) => event.timestamp),
    version,
  });
}

async function writeRefunds(
  tx: Pg,
  version: number,
  workspace: number,
  refunds: readonly Refund[],
  contents: ReadonlyMap<string, Content>,
): Promise<void> {
  if (refunds.length > 0) {
    await tx.run(insertRefunds, {
      workspace,
      ids: refunds.map(({ order }) => order.orderId),
      messages: refunds.map(({ event }) => event.messageId),
      profiles: refunds.map(({ owner }) => owner),
      at: refunds.map(({ event }) => event.timestamp),
      currencies: refunds.map(({ order }) => order.refunded?.currency ?? null),
      amounts: refunds.map(({ order }) => order.refunded?.amount ?? null),
      bases: refunds.map(({ order }) => order.refunded?.base ?? null),
    });
  }
  const earlier = contents.size === 0 ? [] : await tx.rows(listRefunded, { workspace, ids: [...contents.keys()] });
  const sources = new Map(refunds.map(({ order, event }) => [order.orderId, event.sourceId]));
  for (const { order_id } of earlier) sources.set(order_id, contents.get(order_id)?.event.sourceId ?? 0);
  if (sources.size > 0)
    await tx.run(applyRefunds, { workspace, ids: [...sources.keys()], sources: [...sources.values()], version });
}

async function shipOrders(
  tx: Pg,
  version: number,
  workspace: WorkspaceContext,
  touched: readonly string[],
  created: ReadonlyMap<string, StoredOrder>,
  lines: readonly WrittenLine[],
): Promise<Shipment[]> {
  const unknown = touched.filter((id) => !created.has(id));
  const read = unknown.length === 0 ? [] : await tx.rows(readOrders, { workspace: workspace.id, ids: unknown });
  const orders = [...created.values(), ...read];
  const byId = new Map(orders.map((order) => [order.order_id, order]));
  const orderRows = orders.map((order) => writeOrderRow(order, workspace.id, version));
  const ownOrders = orderRows.filter((_, index) => (orders[index]?.profile_id ?? 0) > 0);
  const ownLines: string[] = [];
  const lineRows = lines.flatMap(({ orderId, number, line }) => {
    const order = byId.get(orderId);
    if (order === undefined) return [];
    const at = order.ordered_at ?? order.content_at;
    const row = JSON.stringify({
      workspace_id: workspace.id,
      order_id: orderId,
      line: number,
      profile_id: order.profile_id ?? 0,
      ordered_at: at.getTime(),
      product_id: line?.productId ?? '',
      brand: line?.brand ?? '',
      category: line?.category ?? '',
      quantity: line?.quantity ?? '0',
      price: line?.price ?? '0',
      base_price:
        line?.price == null
          ? null
          : workspace.rates.convert(
              line.price,
              order.currency ?? '',
              workspace.baseCurrency,
              at.toISOString().slice(0, 10),
            ),
      removed: line === null,
      version,
    });
    if (order.profile_id !== null) ownLines.push(row);
    return row;
  });
  return [
    { table: 'orders', rows: orderRows.length, payload: toPayload(orderRows) },
    { table: 'order_lines', rows: lineRows.length, payload: toPayload(lineRows) },
    { table: 'customer_orders', rows: ownOrders.length, payload: toPayload(ownOrders) },
    { table: 'customer_order_lines', rows: ownLines.length, payload: toPayload(ownLines) },
  ];
}

/** One row of ClickHouse `orders`. An order of which only a refund is known has status '' and no total. */
export function writeOrderRow(order: StoredOrder, workspaceId: number, version: number): string {
  return JSON.stringify({
    workspace_id: workspaceId,
    order_id: order.order_id,
    profile_id: order.profile_id ?? 0,
    ordered_at: (order.ordered_at ?? order.content_at).getTime(),
    source_id: order.source_id,
    site: order.site ?? '',
    channel: order.channel ?? '',
    status: order.status ?? '',
    currency: order.currency ?? '',
    total: order.total ?? '0',
    base_total: order.base_total ?? (order.total === null ? '0' : null),
    discount: order.discount ?? '0',
    coupon: order.coupon ?? '',
    refunded: order.refunded,
    base_refunded: order.base_refunded,
    version,
  });
}
