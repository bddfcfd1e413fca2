import { type ExperimentMetric, exposureEvent, type Measure } from '@vitrail/contracts';
import type { ChQuery, ChShape, ChType, ChValues } from '../../platform/index.ts';

/** One experiment's people, as results are asked of them. */
export interface Exposures {
  readonly workspace: number;
  readonly id: string;
  readonly key: string;
  /** Keys of the variations, by their place. */
  readonly variations: readonly string[];
  /** The experience it is about, whose views are exposures; '': none. */
  readonly experience: string;
  readonly from: Date;
  /** Exposures since then do not count. */
  readonly to: Date;
}
/** By what people are told apart besides their variation. */
export type Grouping =
  | { readonly by: 'nothing' }
  | { readonly by: 'column'; readonly column: 'device_type' | 'country' | 'language' | 'site' }
  | { readonly by: 'segment'; readonly segment: number }
  | { readonly by: 'day'; readonly zone: string };

interface Compiled<R extends ChShape> {
  readonly query: ChQuery<ChShape, R>;
  readonly values: ChValues<ChShape>;
}

const rootOf = "dictGetOrDefault('profile_root_dict', 'root_id', (workspace_id, profile_id), profile_id)";
const base = {
  workspace: 'UInt32',
  experiments: 'Array(String)',
  variations: 'Array(String)',
  experience: 'String',
  from: 'Int64',
  to: 'Int64',
} as const;
const valuesOf = (exposures: Exposures): Record<keyof typeof base, string | number | readonly string[]> => ({
  workspace: exposures.workspace,
  experiments: [exposures.key, exposures.id],
  variations: exposures.variations,
  experience: exposures.experience,
  from: exposures.from.getTime(),
  to: exposures.to.getTime(),
});

const dayMs = 86_400_000;

/**
 * One row per customer who was exposed: `person, arm, arms, first_at, place`. Every row of a customer counts as one person,
 * so what a device saw before signing in is the customer's; `arms` tells whether they were shown more than one variation.
 * Variations are named by key, or by their place as GrowthBook's SDKs do; `arm` is 1 for the first, 0 for an unknown one. A view
 * of the experience it is about names its variant; one without, of those who see nothing, stands for the first.
 */
function exposed(grouping: Grouping): string {
  const column = grouping.by === 'column' ? grouping.column : "''";
  return `
    select person, argMinIf(arm_seen, seen_at, arm_seen > 0) as arm, uniqExactIf(arm_seen, arm_seen > 0) as arms,
      min(seen_at) as first_at, argMin(place_seen, seen_at) as place
    from (
      select ${rootOf} as person, arm_seen, seen_at, place_seen
      from (
        select workspace_id, profile_id, arm_seen, min(at) as seen_at, toString(argMin(dimension, at)) as place_seen
        from (
          select workspace_id, profile_id, toUnixTimestamp64Milli(timestamp) as at, ${column} as dimension,
            if(event = 'Experience Viewed',
              if(JSONExtractString(properties, 'variant') = '', {variations:Array(String)}[1],
                JSONExtractString(properties, 'variant')),
              arrayFirst(text -> text != '', arrayMap(name -> trim(both '"' from JSONExtractRaw(properties, name)),
                ['variation_id', 'variationId', 'variationKey', 'variation_key']))) as given,
            indexOf({variations:Array(String)}, given) as by_key,
            multiIf(by_key > 0, toUInt8(by_key),
              match(given, '^[0-9]$') and toUInt8OrZero(given) < length({variations:Array(String)}),
              toUInt8(toUInt8OrZero(given) + 1), 0) as arm_seen
          from events
          where workspace_id = {workspace:UInt32} and type = 'track' and event in ('${exposureEvent}', 'Experience Viewed') and not bot
            and profile_id > 0
            and timestamp >= fromUnixTimestamp64Milli({from:Int64}) and timestamp < fromUnixTimestamp64Milli({to:Int64})
            and if(event = 'Experience Viewed',
              {experience:String} != '' and JSONExtractString(properties, 'experience') = {experience:String},
              arrayExists(name -> JSONExtractString(properties, name) in {experiments:Array(String)},
                ['experiment_id', 'experimentId', 'experimentKey', 'experiment_key']))
        )
        group by workspace_id, profile_id, arm_seen
      )
    )
    group by person`;
}

const groupText = (grouping: Grouping): string => {
  if (grouping.by === 'nothing') return "''";
  if (grouping.by === 'column') return "if(place = '', '(not set)', place)";
  if (grouping.by === 'day') return 'toString(toDate(fromUnixTimestamp64Milli(first_at), {zone:String}))';
  return `if(person in (select profile_id from memberships final
    where workspace_id = {workspace:UInt32} and segment_id = {segment:UInt32} and member), 'in', 'out')`;
};
const groupTypes = (grouping: Grouping): Record<string, ChType> => {
  if (grouping.by === 'segment') return { segment: 'UInt32' };
  return grouping.by === 'day' ? { zone: 'String' } : {};
};
const groupValues = (grouping: Grouping): Record<string, string | number> => {
  if (grouping.by === 'segment') return { segment: grouping.segment };
  return grouping.by === 'day' ? { zone: grouping.zone } : {};
};

const peopleRow = { group: 'String', arm: 'UInt8', arms: 'UInt8', people: 'UInt64' } as const;

/** How many were first shown what, by group. Reads the exposures of one experiment: events of one name. */
export const compilePeople = (exposures: Exposures, grouping: Grouping): Compiled<typeof peopleRow> => ({
  query: {
    name: 'experience.countExposed',
    text: `
      select grp as group, arm_of as arm, arms_of as arms, count() as people
      from (
        select ${groupText(grouping)} as grp, if(arms = 1, arm, 0) as arm_of, toUInt8(least(arms, 2)) as arms_of
        from (${exposed(grouping)})
      )
      group by grp, arm_of, arms_of`,
    params: { ...base, ...groupTypes(grouping) },
    row: peopleRow,
  },
  values: { ...valuesOf(exposures), ...groupValues(grouping) },
});

const sumsRow = {
  group: 'String',
  arm: 'UInt8',
  y: 'Float64',
  yy: 'Float64',
  d: 'Float64',
  dd: 'Float64',
  yd: 'Float64',
  x: 'Float64',
  xx: 'Float64',
  xy: 'Float64',
  cap: 'Float64',
} as const;

/**
 * Sums of a metric over the people of each arm who did anything; who did nothing adds 0 to each and is known from
 * `compilePeople`. One pass over the events or orders that are measured, joined to the exposed.
 */
export function compileSums(
  exposures: Exposures,
  metric: ExperimentMetric,
  lookbackDays: number,
  grouping: Grouping,
): Compiled<typeof sumsRow> {
  const amounts = [
    `select person, at, amount as part_y, 0. as part_d from (${amountsOf(metric.measure, 'event')})`,
    ...(metric.denominator === undefined
      ? []
      : [`select person, at, 0. as part_y, amount as part_d from (${amountsOf(metric.denominator, 'event2')})`]),
  ].join(' union all ');
  const within = 'at >= first_at and at < first_at + {window:Int64}';
  const before = 'at < first_at and at >= first_at - {lookback:Int64}';
  const each =
    metric.type === 'share' ? (sum: string): string => `toFloat64(${sum} > 0)` : (sum: string): string => sum;
  const perPerson = `
    select grp, arm, ${each(`sumIf(part_y, ${within})`)} as raw_y, sumIf(part_d, ${within}) as own_d,
      ${each(`sumIf(part_y, ${before})`)} as raw_x
    from (${amounts}) as measured
    inner join (
      select person, arm, first_at, ${groupText(grouping)} as grp from (${exposed(grouping)}) where arms = 1
    ) as shown using (person)
    group by person, grp, arm`;
  // Nobody with any: no limit.
  const limit =
    metric.cap === null
      ? 'toFloat64(1e300)'
      : `ifNull((select toFloat64(quantileExact(${metric.cap})(raw_y)) from (${perPerson}) where raw_y > 0), 1e300)`;
  const events = [metric.measure, metric.denominator].map((measure) =>
    measure?.of === 'event' ? measure.event : null,
  );
  return {
    query: {
      name: 'experience.sumMetric',
      text: `
        select grp as group, arm, sum(own_y) as y, sum(own_y * own_y) as yy, sum(own_d) as d, sum(own_d * own_d) as dd,
          sum(own_y * own_d) as yd, sum(own_x) as x, sum(own_x * own_x) as xx, sum(own_x * own_y) as xy,
          if(any(limit_y) < 1e300, any(limit_y), -1.) as cap
        from (
          select grp, arm, own_d, limit_y, least(raw_y, limit_y) as own_y, least(raw_x, limit_y) as own_x
          from (select grp, arm, raw_y, own_d, raw_x, ${limit} as limit_y from (${perPerson}))
        )
        group by grp, arm`,
      params: {
        ...base,
        ...groupTypes(grouping),
        window: 'Int64',
        lookback: 'Int64',
        earliest: 'Int64',
        latest: 'Int64',
        ...(events[0] != null && { event: 'String' as const }),
        ...(events[1] != null && { event2: 'String' as const }),
      },
      row: sumsRow,
    },
    values: {
      ...valuesOf(exposures),
      ...groupValues(grouping),
      window: metric.windowDays * dayMs,
      lookback: lookbackDays * dayMs,
      earliest: exposures.from.getTime() - lookbackDays * dayMs,
      latest: exposures.to.getTime() + metric.windowDays * dayMs,
      ...(events[0] != null && { event: events[0] }),
      ...(events[1] != null && { event2: events[1] }),
    },
  };
}

/** `person, at, amount` of everything measured around the experiment. Mapped to customers by group, never by event. */
function amountsOf(measure: Measure, parameter: 'event' | 'event2'): string {
  const timed = (column: string): string =>
    `${column} >= fromUnixTimestamp64Milli({earliest:Int64}) and ${column} < fromUnixTimestamp64Milli({latest:Int64})`;
  if (measure.of === 'event')
    return `
      select person, arrayJoin(times) as at, 1. as amount
      from (
        select ${rootOf} as person, times
        from (
          select workspace_id, profile_id, groupArray(toUnixTimestamp64Milli(timestamp)) as times
          from events
          where workspace_id = {workspace:UInt32} and event = {${parameter}:String} and type in ('track', 'page', 'screen')
            and not bot and profile_id > 0 and ${timed('timestamp')}
          group by workspace_id, profile_id
        )
      )`;
  const amount = measure.of === 'orders' ? '1.' : 'toFloat64(toDecimal128(ifNull(base_total, 0), 4) - base_refunded)';
  return `
    select ${rootOf} as person, toUnixTimestamp64Milli(ordered_at) as at, ${amount} as amount
    from orders final
    where workspace_id = {workspace:UInt32} and status not in ('cancelled', '') and profile_id > 0 and ${timed('ordered_at')}`;
}
