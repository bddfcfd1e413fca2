import type { ReportFilter } from '@vitrail/contracts';
import { eventFilters } from '../compile/dimensions.ts';
import { compileSales } from '../compile/sales.ts';
import { allOf, bucketOf, draft, finish, inSpans, isBefore, realEvents, rootOf } from '../compile/text.ts';
import type { Scope } from '../scope.ts';

const salesRow = {
  by: 'String',
  key: 'String',
  previous: 'UInt8',
  revenue: 'Float64',
  orders: 'UInt64',
  buyers: 'UInt64',
  newCustomers: 'UInt64',
  newRevenue: 'Float64',
  refunds: 'Float64',
} as const;

/** Orders of the period and the one before: in all, by day, site, currency and channel, in one read. */
export function compileDashboardSales(filters: readonly ReportFilter[], scope: Scope) {
  const into = draft(scope);
  const spans = [scope.current, scope.before];
  const text = `
    select multiIf(grouping(day) = 0, 'day', grouping(site) = 0, 'site', grouping(currency) = 0, 'currency',
        grouping(channel) = 0, 'channel', 'all') as by,
      multiIf(by = 'day', toString(day), by = 'site', site, by = 'currency', currency, by = 'channel', channel, '') as key,
      previous, toFloat64(sum(net)) as revenue, count() as orders, uniqExactIf(person, person > 0) as buyers,
      uniqExactIf(person, is_first) as newCustomers, toFloat64(sumIf(net, is_first)) as newRevenue,
      toFloat64(sum(refunded)) as refunds
    from (
      select person, net, refunded, is_first, toString(site) as site, toString(currency) as currency,
        toString(channel) as channel, toUInt8(${isBefore('ordered_at', into)}) as previous,
        ${bucketOf('ordered_at', 'day', into)} as day
      from (${compileSales({ spans, filters, firsts: true }, into)})
    )
    group by grouping sets ((previous), (previous, day), (previous, site), (previous, currency), (previous, channel))`;
  return finish(into, 'decide.dashboardSales', salesRow, text);
}

const linesRow = {
  by: 'String',
  key: 'String',
  revenue: 'Float64',
  units: 'Float64',
  orders: 'UInt64',
  previousRevenue: 'Float64',
  previousUnits: 'Float64',
} as const;

/** What was sold most: products and categories by revenue of their lines, and all units. */
export function compileDashboardLines(filters: readonly ReportFilter[], limit: number, scope: Scope) {
  const into = draft(scope);
  const spans = [scope.current, scope.before];
  const text = `
    select by, key, revenue, units, orders, previousRevenue, previousUnits
    from (
      select multiIf(grouping(product) = 0, 'product', grouping(kind) = 0, 'category', 'all') as by,
        multiIf(by = 'product', product, by = 'category', kind, '') as key,
        toFloat64(sumIf(amount, previous = 0)) as revenue, toFloat64(sumIf(pieces, previous = 0)) as units,
        uniqExactIf(order_id, previous = 0) as orders, toFloat64(sumIf(amount, previous = 1)) as previousRevenue,
        toFloat64(sumIf(pieces, previous = 1)) as previousUnits
      from (
        select order_id, product_id as product, toString(category) as kind, amount, units as pieces,
          toUInt8(${isBefore('ordered_at', into)}) as previous
        from (${compileSales({ spans, filters, lines: true }, into)})
      )
      group by grouping sets ((), (product), (kind))
    )
    where by = 'all' or revenue > 0
    order by revenue desc, key
    limit ${into.params.bind('UInt32', limit)} by by`;
  return finish(into, 'decide.dashboardLines', linesRow, text);
}

const visitsRow = {
  day: 'Date',
  whole: 'UInt8',
  previous: 'UInt8',
  visitors: 'UInt64',
  views: 'UInt64',
  engaged: 'UInt64',
  converted: 'UInt64',
} as const;

/** Events that show interest in a product, by the names of Segment's e-commerce specification. */
const interest = "('Product Viewed', 'Product Added', 'Product Added to Wishlist', 'Checkout Started')";

/** People who came, by day and in the whole period, and which of them were interested or ordered. */
export function compileDashboardVisits(filters: readonly ReportFilter[], scope: Scope) {
  const into = draft(scope);
  const spans = [scope.current, scope.before];
  const where = allOf([
    realEvents,
    'profile_id > 0',
    inSpans('timestamp', spans, into),
    `(type in ('page', 'screen') or event in ${interest})`,
    ...eventFilters(filters, into.params),
  ]);
  const buyers = `
    select person, toUInt8(${isBefore('ordered_at', into)}) as previous
    from (${compileSales({ spans, filters }, into)})
    where person > 0`;
  const text = `
    select day, grouping(day) as whole, previous, uniqExactIf(person, seen > 0) as visitors, sum(seen) as views,
      uniqExactIf(person, interested) as engaged, uniqExactIf(person, seen > 0 and bought) as converted
    from (
      select person, day, previous, seen, interested, (person, previous) in (${buyers}) as bought
      from (
        select ${rootOf} as person, day, previous, seen, interested
        from (
          select workspace_id, profile_id, ${bucketOf('timestamp', 'day', into)} as day,
            toUInt8(${isBefore('timestamp', into)}) as previous, countIf(type in ('page', 'screen')) as seen,
            max(type = 'track') as interested
          from events
          where ${where}
          group by workspace_id, profile_id, day, previous
        )
      )
    )
    group by grouping sets ((previous, day), (previous))`;
  return finish(into, 'decide.dashboardVisits', visitsRow, text);
}
