import type { ChQuery, ChShape, ChType, ChValues } from '../../platform/index.ts';
import { told } from './sql/report.ch.ts';

/** By what people are told apart besides their variant. */
export type ReportGrouping =
  | { readonly by: 'nothing' }
  | { readonly by: 'device' }
  | { readonly by: 'segment'; readonly segment: number };

const row = {
  group: 'String',
  variant: 'String',
  people: 'UInt64',
  views: 'UInt64',
  clicks: 'UInt64',
  closes: 'UInt64',
  answers: 'UInt64',
  buyers: 'UInt64',
  orders: 'UInt64',
  revenue: 'Float64',
} as const;
const person = "dictGetOrDefault('profile_root_dict', 'root_id', ({workspace:UInt32}, profile_id), profile_id)";

const groupText = (grouping: ReportGrouping): string => {
  if (grouping.by === 'nothing') return "''";
  if (grouping.by === 'device') return 'seen.device';
  return `if(seen.person in (select profile_id from memberships final
    where workspace_id = {workspace:UInt32} and segment_id = {segment:UInt32} and member), 'in', 'out')`;
};

/**
 * What came of each variant by group: customers counted once, under the variant they saw first and on the device they saw it;
 * their orders within the window after that. Orders are read for the time asked about, never for everybody's whole past.
 */
export function compileVariants(
  asked: { readonly workspace: number; readonly key: string; readonly since: number; readonly days: number },
  grouping: ReportGrouping,
): { readonly query: ChQuery<ChShape, typeof row>; readonly values: ChValues<ChShape> } {
  const segment: Record<string, ChType> = grouping.by === 'segment' ? { segment: 'UInt32' } : {};
  return {
    query: {
      name: 'experience.readVariants',
      params: { workspace: 'UInt32', key: 'String', since: 'Int64', days: 'UInt32', ...segment },
      row,
      text: `
    with seen as (
      select ${person} as person, argMin(shown_variant, timestamp) as variant, min(timestamp) as first_at,
        argMin(device_type, timestamp) as device,
        countIf(event = 'Experience Viewed') as views, countIf(event = 'Experience Clicked') as clicks,
        countIf(event = 'Experience Closed') as closes, countIf(event = 'Experience Answered') as answers
      from (${told})
      group by person
    ), bought as (
      select seen.person as person, count() as orders, toFloat64(sum(sale.revenue)) as revenue
      from seen join (
        select ${person} as person, ordered_at, ifNull(base_total, 0) - base_refunded as revenue
        from customer_orders final
        where workspace_id = {workspace:UInt32} and status not in ('cancelled', '')
          and ordered_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
      ) as sale on sale.person = seen.person
      where sale.ordered_at >= seen.first_at and sale.ordered_at < seen.first_at + toIntervalDay({days:UInt32})
      group by person
    )
    select grp as group, variant, people, views, clicks, closes, answers, buyers, orders, revenue
    from (
      select ${groupText(grouping)} as grp, seen.variant as variant, count() as people, sum(seen.views) as views,
        sum(seen.clicks) as clicks, sum(seen.closes) as closes, sum(seen.answers) as answers,
        countIf(bought.orders > 0) as buyers, sum(bought.orders) as orders, sum(bought.revenue) as revenue
      from seen left join bought on bought.person = seen.person
      group by grp, variant
    )
    order by grp, variant`,
    },
    values: { ...asked, ...(grouping.by === 'segment' && { segment: grouping.segment }) },
  };
}
