import {
  type Dimension,
  type EventDimension,
  type EventMatch,
  eventDimensions,
  type OrderDimension,
  orderDimensions,
  type ReportFilter,
} from '@vitrail/contracts';
import { Fault } from '../../../platform/index.ts';
import { compileEventMatch, propertySubject } from '../../segments/compile/eventCondition.ts';
import type { Parameters } from '../../segments/compile/parameters.ts';
import type { Draft } from './text.ts';

const isEventDimension = (field: string): field is EventDimension => eventDimensions.some((each) => each === field);
const isOrderDimension = (field: string): field is OrderDimension => orderDimensions.some((each) => each === field);

const unsuited = (field: string, of: 'events' | 'orders'): Fault =>
  new Fault(
    'invalid',
    'decide.dimension_unsuited',
    `${of === 'events' ? 'Events' : 'Orders'} cannot be told apart by \`${field}\`. Choose one of ${(of === 'events' ? eventDimensions : orderDimensions).join(', ')}${of === 'events' ? ', or a property' : ''}.`,
    { details: { field } },
  );

/** The value of a dimension of an event, as a column of `events`. */
export function eventKey(dimension: Dimension, params: Parameters): string {
  if ('property' in dimension) return propertySubject(dimension.property, params).text;
  if (!isEventDimension(dimension.field)) throw unsuited(dimension.field, 'events');
  return dimension.field;
}

export function orderField(dimension: Dimension): OrderDimension {
  if ('property' in dimension) throw unsuited(dimension.property, 'orders');
  if (!isOrderDimension(dimension.field)) throw unsuited(dimension.field, 'orders');
  return dimension.field;
}

const oneOfValues = (key: string, { op, values }: ReportFilter, params: Parameters): string =>
  `${key} ${op === 'in' ? 'in' : 'not in'} ${params.bind('Array(String)', values)}`;

/** Conditions on rows of `events`. */
export const eventFilters = (filters: readonly ReportFilter[], params: Parameters): string[] =>
  filters.map((filter) => oneOfValues(eventKey(filter, params), filter, params));

/** A condition for rows of `events` that match, in one text; `1` when every event does. */
export function eventMatches(match: EventMatch, { scope, params }: Draft): string {
  const { cheap, dear } = compileEventMatch(match, params, scope.zone);
  const all = [...cheap, ...dear];
  return all.length === 0 ? '1' : `(${all.join(' and ')})`;
}

export const filterText = oneOfValues;
