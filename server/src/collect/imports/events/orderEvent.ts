import type { Json, JsonObject } from '../../../platform/index.ts';
import type { MappedRow } from '../mapping/compileMapping.ts';
import type { FieldValue } from '../mapping/readValue.ts';
import { parseStatus } from '../values/parseWord.ts';
import { Problem, quote } from '../values/problem.ts';
import { whose } from './customer.ts';

/** What applies to every order of a file. */
export interface OrderDefaults {
  /** Of amounts written without one. */
  readonly currency: string;
  readonly site?: string | undefined;
}

export type OrderContent = Readonly<Record<string, FieldValue>>;

const required = (name: string) => new Problem('required_missing', `${name} is empty`);

/** A row about a whole order as Segment's e-commerce calls: usually one, two when it was also refunded. */
export function orderEvents(row: MappedRow, defaults: OrderDefaults): JsonObject[] | Problem {
  const { fields } = row;
  if (fields.total === undefined) return required('The total');
  const currency = fields.currency ?? row.currencySeen ?? defaults.currency;
  return makeOrder({ ...fields, currency }, row.extras, null, defaults);
}

/**
 * The calls an order makes. `products` is null when only the whole is known. A negative total is money given back, and
 * becomes a refund of the absolute amount; so does the status "refunded", after the order it undoes.
 */
export function makeOrder(
  fields: OrderContent,
  extras: Readonly<Record<string, Json>>,
  products: readonly JsonObject[] | null,
  defaults: OrderDefaults,
): JsonObject[] | Problem {
  const { order_id: orderId, ordered_at: timestamp, total, status } = fields;
  if (typeof orderId !== 'string') return required('The order number');
  if (typeof timestamp !== 'string') return required('The order date');
  if (typeof total !== 'number') return required('The total');
  const state = typeof status === 'string' ? parseStatus(status) : 'completed';
  if (state === 'unplaced') return new Problem('order_not_placed', `${quote(status)} is not an order yet`);

  const head = { ...whose(fields), type: 'track', timestamp };
  const event = (name: string, properties: JsonObject): JsonObject => ({ ...head, event: name, properties });
  const content = propertiesOf(fields, extras, defaults);
  const refund = (amount: number, lines: readonly JsonObject[] | null): JsonObject => {
    const of = typeof fields.refund_of === 'string' ? fields.refund_of : orderId;
    const properties = { ...content, order_id: of, total: amount };
    if (of !== orderId) Object.assign(properties, { refund_id: orderId });
    return event('Order Refunded', lines === null ? properties : { ...properties, products: lines });
  };
  if (isGivenBack(total, products)) return [refund(Math.abs(total), products?.map(withoutSign) ?? null)];
  const full = products === null ? content : { ...content, products };
  if (state === 'cancelled') return [event('Order Cancelled', full)];
  const placed = event('Order Completed', full);
  if (state === 'refunded') return [placed, refund(total, null)];
  const { refunded } = fields;
  return typeof refunded === 'number' && refunded !== 0 ? [placed, refund(Math.abs(refunded), null)] : [placed];
}

/** Without lines the total says it; with lines all of them must be given back, else the order is the net of them. */
function isGivenBack(total: number, products: readonly JsonObject[] | null): boolean {
  return products === null ? total < 0 : products.every(isNegativeLine);
}

function isNegativeLine({ quantity, price }: JsonObject): boolean {
  const amount = Number(quantity) * Number(price ?? 0);
  return amount < 0 || (amount === 0 && Number(quantity) < 0);
}

function withoutSign(line: JsonObject): JsonObject {
  const positive: Record<string, Json> = { ...line };
  for (const name of ['quantity', 'price']) {
    const value = line[name];
    if (typeof value === 'number') positive[name] = Math.abs(value);
  }
  return positive;
}

const copied = ['total', 'revenue', 'subtotal', 'tax', 'shipping', 'discount', 'coupon', 'currency', 'channel', 'status'];

function propertiesOf(
  fields: OrderContent,
  extras: Readonly<Record<string, Json>>,
  { site }: OrderDefaults,
): Record<string, Json> {
  const properties: Record<string, Json> = { order_id: String(fields.order_id) };
  for (const name of copied) {
    const value = fields[name];
    if (value !== undefined && typeof value !== 'object') properties[name] = value;
  }
  if (typeof fields.store === 'string') properties.affiliation = fields.store;
  const where = fields.site ?? site;
  if (typeof where === 'string') properties.site = where;
  for (const name in extras) if (properties[name] === undefined) properties[name] = extras[name] ?? null;
  return properties;
}
