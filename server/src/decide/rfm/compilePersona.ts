import { personaTable, prospects, type RfmEdges } from '@vitrail/contracts';
import { never, now } from '../segments/compile/moment.ts';
import type { Parameters } from '../segments/compile/parameters.ts';

/** What is known of a person, as SQL. */
export interface RfmFacts {
  /** Int64: milliseconds of the last order; anything without one. */
  readonly last: string;
  /** UInt64 */
  readonly orders: string;
  /** Float64 */
  readonly revenue: string;
}

export interface RfmExpression {
  /** 1 to 5, 0 without an order. */
  readonly r: string;
  readonly f: string;
  readonly m: string;
  /** Key of the persona, or `prospects`. */
  readonly persona: string;
  /** Int64 milliseconds: recency drops then by itself; `never` when it cannot. */
  readonly next: string;
}

const dayMs = 86_400_000;
const recencies = [5, 4, 3, 2, 1] as const;
const sum = (comparisons: readonly string[]): string => comparisons.map((each) => `(${each})`).join(' + ');

/** Scores and persona of a person as SQL over facts, with thresholds bound in `params` and the time in `{now:Int64}`. */
export function rfmExpression(
  edges: RfmEdges,
  { last: at, orders, revenue }: RfmFacts,
  params: Parameters,
): RfmExpression {
  const bought = `${orders} > 0`;
  const ages = edges.recencyDays.map((days) => params.bind('Int64', Math.round(days * dayMs)));
  const r = `if(${bought}, 5 - (${sum(ages.map((age) => `${now} - ${at} >= ${age}`))}), 0)`;
  const f = `if(${bought}, 1 + ${sum(edges.orders.map((edge) => `${orders} >= ${params.number(edge)}`))}, 0)`;
  const amount = `round(${revenue}, 4)`;
  const m = `if(${bought}, 1 + ${sum(edges.revenue.map((edge) => `${amount} >= ${params.number(edge)}`))}, 0)`;
  const drops = ages.map((age) => `${at} + ${age}`);
  const coming = drops.flatMap((drop) => [`${drop} > ${now}`, drop]);
  return {
    r,
    f,
    m,
    persona: personaExpression(r, f, m),
    next: `if(${bought}, multiIf(${coming.join(', ')}, ${never}), ${never})`,
  };
}

/** Engagement: 1 to 5 by the events of 90 days. */
export const engagementExpression = (edges: RfmEdges, engagement: string, params: Parameters): string =>
  `1 + ${sum(edges.engagement.map((edge) => `${engagement} >= ${params.number(edge)}`))}`;

function personaExpression(r: string, f: string, m: string): string {
  const table = recencies.flatMap((recency) => personaTable[recency]).map((persona) => `'${persona}'`);
  const mean = `intDiv(${f} + ${m} + 1, 2)`;
  return `multiIf(${r} = 0, '${prospects}', ${f} = 1 and ${r} = 5, 'new', ${f} = 1 and ${r} = 4, 'promising',
    [${table.join(', ')}][(5 - ${r}) * 5 + ${mean}])`;
}
