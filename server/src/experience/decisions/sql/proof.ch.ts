import { chQuery } from '../../../platform/index.ts';

const params = {
  workspace: 'UInt32',
  products: 'Array(String)',
  /** Which of the asked each product belongs to, from 1. */
  places: 'Array(UInt32)',
  since: 'Int64',
  until: 'Int64',
} as const;
const row = { place: 'UInt32', people: 'UInt64' } as const;
const placeOf = `transform(product_id, {products:Array(String)}, {places:Array(UInt32)}, toUInt32(0)) as place`;
const personOf = `dictGetOrDefault('profile_root_dict', 'root_id', (workspace_id, profile_id), profile_id)`;
const within = (column: string): string => `${column} > fromUnixTimestamp64Milli({since:Int64}, 'UTC')
        and ${column} <= fromUnixTimestamp64Milli({until:Int64}, 'UTC')`;

/**
 * How many people did something with products, each person once however many variants they touched. No robots. One pass over
 * a few columns of the workspace's events, for all products that are asked about, at most once in seconds.
 */
export const countByEvent = chQuery({
  name: 'experience.countPeopleByEvent',
  params: { ...params, event: 'String' },
  row,
  text: `
    select place, uniqExact(person) as people
    from (
      select ${placeOf}, ${personOf} as person from events
      where workspace_id = {workspace:UInt32} and type = 'track' and event = {event:String} and not bot and profile_id > 0
        and product_id in {products:Array(String)} and ${within('timestamp')}
    )
    group by place`,
});

/** The same of orders that stand. One pass over the lines of the workspace. */
export const countBuyers = chQuery({
  name: 'experience.countBuyers',
  params,
  row,
  text: `
    select place, uniqExact(person) as people
    from (
      select ${placeOf}, ${personOf} as person from order_lines final
      where workspace_id = {workspace:UInt32} and not removed and profile_id > 0
        and product_id in {products:Array(String)} and ${within('ordered_at')}
        and order_id in (
          select order_id from orders final
          where workspace_id = {workspace:UInt32} and status != 'cancelled' and status != '' and ${within('ordered_at')}
        )
    )
    group by place`,
});
