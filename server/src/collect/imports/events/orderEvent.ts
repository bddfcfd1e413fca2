import type { Json } from '../../../platform/index.ts';
import type { MappedRow } from '../mapping/compileMapping.ts';
import type { FieldValue } from '../mapping/readValue.ts';
import { parseStatus } from '../values/parseWord.ts';
import { Problem, quote } from '../values/problem.ts';
import { addWhose } from './customer.ts';

/** What applies to every order of a file. */
export interface OrderDefaults {
  /** Of amounts written without one. */
  readonly currency: string;
  readonly site?: string | undefined;
}

export type OrderContent = Readonly<Record<string, FieldValue>>;

const required = (name: string) => new Problem('required_missing', `${name} is empty`);

/** A call being made. Built in place, because copies were a third of the time of an import. */
export type Call = Record<string, Json>;

/** A row about a whole order as Segment's e-commerce calls: usually one, two when it was also refunded. */
export function orderEvents(row: MappedRow, defaults: OrderDefaults): Call[] | Problem {
  const { fields } = row;
  if (fields.total === undefined) return required('The total');
  fields.currency ??= row.currencySeen ?? defaults.currency;
  return makeOrder(fields, row.extras, null, defaults);
}

/**
 * The calls an order makes. `products` is null when only the whole is known. A negative total is money given back, and
 * becomes a refund of the absolute amount; so does the status "refunded", after the order it undoes.
 */
export function makeOrder(
  fields: OrderContent,
  extras: Readonly<Record<string, Json>>,
  products: readonly Call[] | null,
  defaults: OrderDefaults,
): Call[] | Problem {
  const { order_id: orderId, ordered_at: timestamp, total, status } = fields;
  if (typeof orderId !== 'string') return required('The order number');
  if (typeof timestamp !== 'string') return required('The order date');
  if (typeof total !== 'number') return required('The total');
  const state = typeof status === 'string' ? parseStatus(status) : 'completed';
  if (state === 'unplaced') return new Problem('order_not_placed', `${quote(status)} is not an order yet`);

  const call = (event: string, properties: Call): Call => {
    const made: Call = { type: 'track', event, timestamp };
    addWhose(made, fields);
    made.properties = properties;
    return made;
  };
  if (isGivenBack(total, products)) {
    const lines = products?.map(withoutSign) ?? null;
    return [call('Order Refunded', refundOf(fields, extras, defaults, Math.abs(total), lines))];
  }
  const content = propertiesOf(fields, extras, defaults);
  if (products !== null) content.products = products;
  if (state === 'cancelled') return [call('Order Cancelled', content)];
  const placed = call('Order Completed', content);
  const { refunded } = fields;
  const back = state === 'refunded' ? total : typeof refunded === 'number' ? Math.abs(refunded) : 0;
  if (back === 0) return [placed];
  return [placed, call('Order Refunded', refundOf(fields, extras, defaults, back, null))];
}

function refundOf(
  fields: OrderContent,
  extras: Readonly<Record<string, Json>>,
  defaults: OrderDefaults,
  amount: number,
  lines: readonly Call[] | null,
): Call {
  const properties = propertiesOf(fields, extras, defaults);
  properties.total = amount;
  if (typeof fields.refund_of === 'string' && fields.refund_of !== fields.order_id) {
    properties.refund_id = String(fields.order_id);
    properties.order_id = fields.refund_of;
  }
  if (lines !== null) properties.products = lines;
  return properties;
}

/** Without lines the total says it; with lines all of them must be given back, else the order is the net of them. */
function isGivenBack(total: number, products: readonly Call[] | null): boolean {
  return products === null ? total < 0 : products.every(isNegativeLine);
}

function isNegativeLine({ quantity, price }: Call): boolean {
  const amount = Number(quantity) * Number(price ?? 0);
  return amount < 0 || (amount === 0 && Number(quantity) < 0);
}

function withoutSign(line: Call): Call {
  const positive: Call = { ...line };
  for (const name of ['quantity', 'price']) {
    const value = line[name];
    if (typeof value === 'number') positive[name] = Math.abs(value);
  }
  return positive;
}

const copied = [
  'total',
  'revenue',
  'subtotal',
  'tax',
  'shipping',
  'discount',
  'coupon',
  'currency',
  'channel',
  'status',
];

function propertiesOf(fields: OrderContent, extras: Readonly<Record<string, Json>>, { site }: OrderDefaults): Call {
  const properties: Call = { order_id: String(fields.order_id) };
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
