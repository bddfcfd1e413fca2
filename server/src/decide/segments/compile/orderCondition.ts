import type { ConditionOf } from '@vitrail/contracts';
import type { Features } from './features.ts';
import { type CompiledCondition, compileMeasure, type Measured } from './measure.ts';
import { compareNullable, compileTextTest } from './valueTest.ts';

/** Net of refunds, in the base currency; null when the order's currency has no rate. */
export const netRevenue = 'toFloat64(base_total - base_refunded)';
/** Of the order's own currency at the rate of its total. */
const discount = 'round(toFloat64(discount) * toFloat64(base_total) / nullIf(toFloat64(total), 0), 6)';

type OrderCondition = ConditionOf<'order'>;

const orderMeasures: Readonly<Record<OrderCondition['measure']['of'], Measured['measure']>> = {
  count: { of: 'count' },
  first: { of: 'first' },
  last: { of: 'last' },
  revenue: { of: 'sum', over: netRevenue },
  average: { of: 'average', over: netRevenue },
  min: { of: 'min', over: netRevenue },
  max: { of: 'max', over: netRevenue },
};

function compileOrderTest(test: OrderCondition['match']['where'][number], features: Features): string {
  return 'type' in test.test
    ? compileTextTest(test.field, test.test, features.params)
    : compareNullable(test.field === 'total' ? netRevenue : discount, test.test, features.params);
}

/** Which orders match, apart from their time. */
export function compileOrderMatch({ where, lines }: OrderCondition['match'], features: Features): string[] {
  const tests = where.map((each) => compileOrderTest(each, features));
  if (lines.length === 0) return tests;
  const lineTests = lines.map((each) => compileTextTest(each.field, each.test, features.params));
  return [
    ...tests,
    `(profile_id, order_id) in (
      select profile_id, order_id from customer_order_lines final
      where workspace_id = {workspace:UInt32} and not removed and ${lineTests.join(' and ')})`,
  ];
}

export function compileOrderCondition(condition: OrderCondition, features: Features, zone: string): CompiledCondition {
  const { match, measure, test, window } = condition;
  const where = compileOrderMatch(match, features);
  return compileMeasure(
    {
      source: 'orders',
      cheap: [],
      dear: where,
      window,
      measure: orderMeasures[measure.of],
      test,
    },
    features,
    zone,
  );
}

type ProductCondition = ConditionOf<'product'>;

const productMeasures: Readonly<Record<ProductCondition['measure']['of'], Measured['measure']>> = {
  count: { of: 'count' },
  first: { of: 'first' },
  last: { of: 'last' },
  distinct: { of: 'distinct', over: 'product_id' },
  quantity: { of: 'sum', over: 'toFloat64(quantity)' },
  revenue: { of: 'sum', over: '(toFloat64(base_price) * toFloat64(quantity))' },
};

const productEvents = { viewed: 'Product Viewed', added: 'Product Added' } as const;

/** Products seen and put in the cart are events; products bought are order lines. */
export function compileProductCondition(
  { match, measure, test, window }: ProductCondition,
  features: Features,
  zone: string,
): CompiledCondition {
  const tests = match.where.map(({ field, test: asked }) => ({
    pass: compileTextTest(field, asked, features.params),
    small: field !== 'product_id',
  }));
  return compileMeasure(
    {
      source: match.action === 'bought' ? 'lines' : 'events',
      cheap: [
        ...(match.action === 'bought'
          ? []
          : [`type = 'track'`, `event = ${features.params.text(productEvents[match.action])}`]),
        ...tests.filter(({ small }) => small).map(({ pass }) => pass),
      ],
      dear: tests.filter(({ small }) => !small).map(({ pass }) => pass),
      window,
      measure: productMeasures[measure.of],
      test,
    },
    features,
    zone,
  );
}
