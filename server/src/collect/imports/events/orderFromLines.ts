import type { Json } from '../../../platform/index.ts';
import type { MappedRow } from '../mapping/compileMapping.ts';
import type { FieldValue } from '../mapping/readValue.ts';
import { largestAmount } from '../values/parseNumber.ts';
import { Problem, quote } from '../values/problem.ts';
import { type Call, makeOrder, type OrderDefaults } from './orderEvent.ts';

/** Beyond this an "order" is a wrongly mapped column. */
export const mostLines = 5_000;

const lineText = ['sku', 'brand', 'category', 'variant', 'coupon'];
const ofLine = new Set([...lineText, 'product_id', 'product_name', 'quantity', 'unit_price', 'line_total']);
const whoseFields = ['user_id', 'email', 'phone', 'loyalty_card', 'anonymous_id'];

/** Money is summed in ten-thousandths, exactly. */
const unit = 10_000;

interface Line {
  readonly product: Call;
  readonly amount: number;
}

function lineOf({ fields }: MappedRow): Line | Problem {
  const {
    product_id: productId,
    product_name: name,
    quantity: count,
    unit_price: unitPrice,
    line_total: total,
  } = fields;
  const quantity = typeof count === 'number' ? count : 1;
  const stated = typeof total === 'number' ? total : null;
  if (typeof unitPrice !== 'number' && stated === null)
    return new Problem('required_missing', 'Neither a unit price nor a line total');
  const price = typeof unitPrice === 'number' ? unitPrice : divide(stated ?? 0, quantity);
  const product: Call = {};
  const id = productId ?? fields.sku ?? name;
  if (typeof id === 'string') product.product_id = id;
  if (typeof name === 'string') product.name = name;
  for (const field of lineText) {
    const value = fields[field];
    if (typeof value === 'string') product[field] = value;
  }
  product.quantity = quantity;
  product.price = price;
  return { product, amount: Math.round((stated ?? price * quantity) * unit) };
}

const divide = (total: number, quantity: number): number =>
  quantity === 0 ? total : Math.round((total / quantity) * unit) / unit;

/**
 * All lines of one order as its calls. A problem of a line names the line; the caller rejects the whole order then,
 * because an order short of a line would be wrong and a later import of that line alone would replace it.
 */
export function orderFromLines(
  rows: readonly MappedRow[],
  defaults: OrderDefaults,
): Call[] | { problem: Problem; line: number | null } {
  if (rows.length > mostLines)
    return {
      problem: new Problem('too_many_lines', `More than ${mostLines} lines with this order number`),
      line: null,
    };
  const head: Record<string, FieldValue> = {};
  const products: Call[] = [];
  let amount = 0;
  for (const [index, row] of rows.entries()) {
    const line = lineOf(row);
    if (line instanceof Problem) return { problem: line, line: index };
    products.push(line.product);
    amount += line.amount;
    const conflict = foldHead(head, row);
    if (conflict !== null) return { problem: conflict, line: index };
  }
  const shared = shareExtras(rows, products);
  head.total = head.order_total ?? amount / unit;
  if (typeof head.total === 'number' && !(Math.abs(head.total) < largestAmount))
    return { problem: new Problem('number_out_of_range', 'The sum of the lines is impossibly large'), line: null };
  head.currency ??= rows.find(({ currencySeen }) => currencySeen !== null)?.currencySeen ?? defaults.currency;
  const made = makeOrder(head, shared, products, defaults);
  return made instanceof Problem ? { problem: made, line: null } : made;
}

/** Takes what a line says about its order: the first statement counts, the earliest date, one customer, one currency. */
function foldHead(head: Record<string, FieldValue>, { fields }: MappedRow): Problem | null {
  for (const name in fields) {
    if (ofLine.has(name)) continue;
    const value = fields[name];
    const before = head[name];
    if (before === undefined) head[name] = value;
    else if (before !== value) {
      if (name === 'ordered_at') head[name] = String(value) < String(before) ? value : before;
      else if (whoseFields.includes(name) || name === 'currency')
        return new Problem(
          'order_conflict',
          `Lines of order ${quote(fields.order_id)} differ in ${name}: if numbers start again in each store, map the store to order_id as well`,
        );
    }
  }
  return null;
}

/** Columns that are no field: what all lines agree on belongs to the order, the rest stays with each line. */
function shareExtras(rows: readonly MappedRow[], products: readonly Call[]): Record<string, Json> {
  const shared: Record<string, Json> = {};
  const names = new Set(rows.flatMap(({ extras }) => Object.keys(extras)));
  for (const name of [...names].toSorted()) {
    const first = rows[0]?.extras[name];
    if (first !== undefined && rows.every(({ extras }) => extras[name] === first)) shared[name] = first;
    else
      for (const [index, { extras }] of rows.entries()) {
        const product = products[index];
        if (product !== undefined && product[name] === undefined && extras[name] !== undefined)
          product[name] = extras[name];
      }
  }
  return shared;
}
