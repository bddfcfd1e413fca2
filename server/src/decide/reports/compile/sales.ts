import type { OrderDimension, ReportFilter } from '@vitrail/contracts';
import type { Span } from '../scope.ts';
import { filterText, orderField } from './dimensions.ts';
import { allOf, type Draft, inSegment, inSpans, rootOf } from './text.ts';

const lineFields: ReadonlySet<OrderDimension> = new Set(['product_id', 'category', 'brand']);
const reportedFields: ReadonlySet<OrderDimension> = new Set([
  'device_type',
  'country',
  'campaign_source',
  'campaign_medium',
  'campaign_name',
]);
export const isLineField = (field: OrderDimension | null): boolean => field !== null && lineFields.has(field);

export interface SalesNeeds {
  readonly spans: readonly (Span | null)[] | 'ever';
  readonly filters: readonly ReportFilter[];
  readonly segment?: string | undefined;
  readonly breakdown?: OrderDimension | null;
  /** Whether each order is its person's first is needed apart from dimensions. */
  readonly firsts?: boolean;
  /** One row per line instead of per order. */
  readonly lines?: boolean;
}

/**
 * Orders that are sales, with the person behind each: `order_id, ordered_at, person, net, refunded` and the columns asked
 * for; with `lines` a row per line with `amount` and `units`. `final` reads the newest version of each order; a filter on
 * what may change between versions stands outside of it (ClickHouse applies it after).
 */
export function compileSales(needs: SalesNeeds, draft: Draft): string {
  const { params } = draft;
  const filters = needs.filters.map((filter) => ({ field: orderField(filter), filter }));
  const fields = new Set([...filters.map(({ field }) => field), ...(needs.breakdown ? [needs.breakdown] : [])]);
  const firsts = needs.firsts === true || fields.has('customer');
  const reported = [...fields].filter((field) => reportedFields.has(field));
  const timed = needs.spans === 'ever' ? '' : inSpans('ordered_at', needs.spans, draft);
  // A line has a product; as a test of an order it is "some line has", as a test of lines it is of the line itself.
  const onLines = filters.filter(({ field }) => isLineField(field));
  const lineTests = onLines.map(({ field, filter }) => filterText(field, filter, params));
  const orderTests = filters
    .filter(({ field }) => !isLineField(field))
    .map(({ field, filter }) => filterText(field, filter, params));
  const someLine =
    needs.lines || onLines.length === 0
      ? ''
      : allOf(
          onLines.map(
            ({ field, filter }) => `order_id ${filter.op === 'in' ? 'in' : 'not in'} (
        select order_id from order_lines final where workspace_id = {workspace:UInt32} and not removed
          and ${filterText(field, { ...filter, op: 'in' }, params)})`,
          ),
        );
  // Whether an order is the first can only be told when all are read.
  const inner = `
    select workspace_id, order_id, ordered_at, site, channel, currency, coupon, ${rootOf} as person,
      toDecimal128(ifNull(base_total, 0), 4) - base_refunded as net, toDecimal128(base_refunded, 4) as refunded
    from orders final
    where workspace_id = {workspace:UInt32} and status not in ('cancelled', '')${firsts || timed === '' ? '' : ` and ${timed}`}`;
  const withFirsts = firsts
    ? `
    select *, person > 0 and row_number() over (partition by person order by ordered_at, order_id) = 1 as is_first,
      multiIf(person = 0, '', is_first, 'new', 'returning') as customer
    from (${inner})`
    : inner;
  const conditions = allOf([firsts ? timed : '', ...orderTests, someLine, inSegment(needs.segment, draft)]);
  const joined = reported.length === 0 ? withFirsts : `select * from (${withFirsts}) as plain ${joinReports(reported)}`;
  const sales = conditions === '' ? joined : `select * from (${joined}) where ${conditions}`;
  if (!needs.lines) return sales;
  return `
    select sale.*, line.product_id as product_id, line.category as category, line.brand as brand,
      line.amount as amount, line.units as units
    from (${sales}) as sale
    inner join (
      select order_id, product_id, category, brand, quantity as units,
        toDecimal128(ifNull(base_price, 0), 4) * toDecimal128(quantity, 4) as amount
      from order_lines final
      where ${allOf(['workspace_id = {workspace:UInt32} and not removed', ...lineTests])}
    ) as line using (order_id)`;
}

/** Where the event that first reported an order came from. */
const joinReports = (fields: readonly string[]): string => `
    left join (
      select order_id, ${fields.map((field) => `toString(argMin(${field}, (timestamp, message_id))) as ${field}`).join(', ')}
      from events
      where workspace_id = {workspace:UInt32} and type = 'track' and event in ('Order Completed', 'Order Updated')
        and order_id != ''
      group by order_id
    ) as report using (order_id)`;
