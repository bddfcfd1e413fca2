import type { ValuesInput } from '@vitrail/contracts';
import { compileSales } from '../compile/sales.ts';
import { allOf, type Draft, draft, finish } from '../compile/text.ts';
import type { Scope } from '../scope.ts';

type Counted = Pick<ValuesInput, 'ever' | 'edges' | 'filters' | 'segment'>;

/** One row per buyer: net revenue, orders, and where they stand: `bucket`, `decile` and `often` (6: six or more). */
function compileBuyers({ ever, edges, filters, segment }: Counted, draft: Draft): string {
  const sales = compileSales({ spans: ever ? 'ever' : [draft.scope.current], filters, segment }, draft);
  return `
    select person, net, orders, arrayCount(edge -> edge <= toFloat64(net), ${draft.params.bind('Array(Float64)', edges)}) as bucket,
      intDiv((row_number() over (order by net desc, person) - 1) * 10, count() over ()) + 1 as decile, least(orders, 6) as often
    from (select person, sum(net) as net, count() as orders from (${sales}) where person > 0 group by person)`;
}

const row = {
  by: 'String',
  place: 'Int64',
  people: 'UInt64',
  revenue: 'Float64',
  orders: 'UInt64',
  least: 'Float64',
  median: 'Float64',
} as const;

/** Buyers by value, by tenth and by number of orders, and all of them. */
export function compileValues(input: Counted, scope: Scope) {
  const into = draft(scope);
  const text = `
    select multiIf(grouping(bucket) = 0, 'bucket', grouping(decile) = 0, 'decile', grouping(often) = 0, 'orders', 'all') as by,
      toInt64(multiIf(by = 'bucket', bucket, by = 'decile', decile, by = 'orders', often, 0)) as place,
      count() as people, toFloat64(sum(net)) as revenue, sum(orders) as orders, toFloat64(min(net)) as least,
      ifNotFinite(quantileExactInclusive(0.5)(toFloat64(net)), 0) as median
    from (${compileBuyers(input, into)})
    group by grouping sets ((bucket), (decile), (often), ())`;
  return finish(into, 'decide.values', row, text);
}

/** The buyers of one bar. */
export function compileValuePeople(input: Counted, point: NonNullable<ValuesInput['people']>, scope: Scope) {
  const into = draft(scope);
  const { params } = into;
  const places: [string, number | undefined][] = [
    ['bucket', point.bucket],
    ['decile', point.decile],
    ['often', point.orders],
  ];
  const where = allOf(
    places.map(([column, place]) => (place === undefined ? '' : `${column} = ${params.bind('UInt32', place)}`)),
  );
  return { draft: into, text: `select person from (${compileBuyers(input, into)}) where ${where || '1'}` };
}
