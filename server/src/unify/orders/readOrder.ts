import { amountOf, type CollectedEvent, currencyOf, type WorkspaceContext } from '../../collect/index.ts';
import { isJsonObject, type Json, type JsonObject, scalarText } from '../../platform/index.ts';

export interface OrderLine {
  readonly productId: string;
  readonly sku: string | null;
  readonly name: string | null;
  readonly brand: string | null;
  readonly category: string | null;
  readonly variant: string | null;
  readonly quantity: string;
  readonly price: string | null;
  readonly coupon: string | null;
}

interface Money {
  readonly amount: string;
  readonly currency: string;
  /** In the workspace's base currency; null when the currency has no rate. */
  readonly base: string | null;
}

/** What an event says about an order. */
export type OrderStatement =
  | {
      readonly kind: 'content';
      readonly orderId: string;
      readonly status: 'completed' | 'cancelled';
      readonly total: Money;
      readonly tax: string | null;
      readonly shipping: string | null;
      readonly discount: string | null;
      readonly coupon: string | null;
      readonly channel: string | null;
      readonly lines: readonly OrderLine[];
    }
  | { readonly kind: 'cancelled'; readonly orderId: string }
  | {
      readonly kind: 'refund';
      readonly orderId: string /** Null: the whole order. */;
      readonly refunded: Money | null;
    };

const textOf = (value: Json | undefined, limit = 256): string | null => scalarText(value, limit) || null;

function readLine(item: JsonObject): OrderLine | null {
  const productId = textOf(item.product_id ?? item.productId ?? item.id) ?? textOf(item.sku);
  if (productId === null) return null;
  return {
    productId,
    sku: textOf(item.sku),
    name: textOf(item.name, 512),
    brand: textOf(item.brand),
    category: textOf(item.category),
    variant: textOf(item.variant),
    quantity: amountOf(item.quantity) ?? '1',
    price: amountOf(item.price),
    coupon: textOf(item.coupon),
  };
}

const sumLines = (lines: readonly OrderLine[]): number =>
  lines.reduce((sum, line) => sum + Number(line.price ?? 0) * Number(line.quantity), 0);

/**
 * Reads Segment's e-commerce events: Order Completed and Order Updated state an order's content, Order Cancelled and
 * Order Refunded what became of it. Null for anything else, and for an order without an id.
 */
export function readOrder(event: CollectedEvent, workspace: WorkspaceContext): OrderStatement | null {
  if (event.type !== 'track' || !event.event.startsWith('Order ')) return null;
  const { properties } = event;
  const orderId = textOf(properties.order_id ?? properties.orderId);
  if (orderId === null) return null;
  const currency = currencyOf(properties.currency, event.sourceId, workspace);
  const money = (amount: string): Money => ({
    amount,
    currency,
    base: workspace.rates.convert(amount, currency, workspace.baseCurrency, event.timestamp.toISOString().slice(0, 10)),
  });
  const stated = amountOf(properties.total) ?? amountOf(properties.revenue) ?? amountOf(properties.value);
  switch (event.event) {
    case 'Order Completed':
    case 'Order Updated': {
      const items = Array.isArray(properties.products) ? properties.products.filter(isJsonObject) : [];
      const lines = items.map(readLine).filter((line) => line !== null);
      return {
        kind: 'content',
        orderId,
        status: 'completed',
        total: money(stated ?? amountOf(sumLines(lines)) ?? '0'),
        tax: amountOf(properties.tax),
        shipping: amountOf(properties.shipping),
        discount: amountOf(properties.discount),
        coupon: textOf(properties.coupon),
        channel: textOf(properties.channel ?? properties.affiliation),
        lines,
      };
    }
    case 'Order Cancelled':
      return { kind: 'cancelled', orderId };
    case 'Order Refunded': {
      const items = Array.isArray(properties.products) ? properties.products.filter(isJsonObject) : [];
      const lines = items.map(readLine).filter((line) => line !== null);
      const priced = lines.some((line) => line.price !== null) ? amountOf(sumLines(lines)) : null;
      const amount = stated ?? priced;
      return { kind: 'refund', orderId, refunded: amount === null ? null : money(amount.replace('-', '')) };
    }
    default:
      return null;
  }
}
