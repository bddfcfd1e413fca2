import type { ConditionOf, RfmEdges } from '@vitrail/contracts';
import type { Features } from '../segments/compile/features.ts';
import type { CompiledCondition } from '../segments/compile/measure.ts';
import { netRevenue } from '../segments/compile/orderCondition.ts';
import { rfmExpression } from './compilePersona.ts';

/** A condition on personas, over what the segment's query knows of a person's orders. */
export function compilePersonaCondition(
  condition: ConditionOf<'persona'>,
  features: Features,
  edges: RfmEdges,
): CompiledCondition {
  const all = { cheap: [], dear: [], timed: [] };
  const facts = {
    last: features.add('orders', { of: 'max', over: 'at', ...all }),
    orders: features.add('orders', { of: 'count', ...all }),
    revenue: features.add('orders', { of: 'sum', over: `ifNull(${netRevenue}, 0)`, ...all }),
  };
  const { persona, next } = rfmExpression(edges, facts, features.params);
  return { pass: `has(${features.params.bind('Array(String)', condition.in)}, ${persona})`, next, found: persona };
}
