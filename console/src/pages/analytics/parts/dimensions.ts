import { type Dimension, eventDimensions, type Metric, orderDimensions } from '@vitrail/contracts';

type Field = Extract<Dimension, { field: string }>['field'];

const lineFields: readonly Field[] = ['product_id', 'category', 'brand'];
const orderMetricNames: readonly string[] = ['revenue', 'orders', 'aov', 'buyers', 'new_customers', 'units', 'refunds'];

export const isOrderMetric = (of: Metric['of']): boolean => orderMetricNames.includes(of);

/** By what a metric can be split. */
export function fieldsFor(of: Metric['of']): readonly Field[] {
  if (!isOrderMetric(of)) return eventDimensions;
  const whole = of === 'aov' || of === 'refunds';
  return orderDimensions.filter((field) => !whole || !lineFields.includes(field));
}

/** A dimension as the value of a choice, and back. */
export const textOfDimension = (dimension: Dimension): string =>
  'field' in dimension ? dimension.field : `property:${dimension.property}`;

export function dimensionOf(text: string, fields: readonly Field[]): Dimension | undefined {
  if (text.startsWith('property:')) {
    const property = text.slice('property:'.length).trim();
    return property === '' ? undefined : { property };
  }
  const field = fields.find((one) => one === text);
  return field === undefined ? undefined : { field };
}
export type { Field };
