import type { RecommendationSettings } from '@vitrail/contracts';
import type { SignalQuery } from '../engine/buildHistories.ts';
import type { RecommendSpace } from '../engine/space.ts';

/** How far back it is looked; what is older says nothing of what is on the shelves. */
const signalDays = 365;
const dayMs = 86_400_000;

export const root = (profile: string): string =>
  `dictGetOrDefault('profile_root_dict', 'root_id', ({workspace:UInt32}, ${profile}), ${profile})`;

const params = { workspace: 'UInt32', since: 'Int64', until: 'Int64' } as const;
type Params = typeof params;

export interface SignalScope {
  readonly workspace: number;
  readonly settings: Pick<RecommendationSettings, 'weights'>;
  readonly now: Date;
  /** Only of these profile rows: to be counted anew. */
  readonly members?: readonly number[];
}

const instant = (name: string): string => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`;

/**
 * `profile_id, product_id, kind, weight, at, received, site` of what people looked at, put in the cart and bought: `received`
 * is when we knew, of orders when they were made. Robots and cancelled orders are left out. Reads events and order lines of a workspace by (workspace_id, profile_id).
 */
function rawSignals({ settings: { weights }, members }: SignalScope): string {
  const numbers = members?.map((member) => Math.trunc(member)).join(', ');
  const own = numbers === undefined ? '' : `and profile_id in (${numbers === '' ? '0' : numbers})`;
  return `
    select profile_id, product_id, if(event = 'Product Added', 'added', 'viewed') as kind,
      if(event = 'Product Added', ${weights.added}, ${weights.viewed}) as weight,
      toUnixTimestamp64Milli(timestamp) as at, toUnixTimestamp64Milli(received_at) as received, toString(site) as site
    from events
    where workspace_id = {workspace:UInt32} ${own} and profile_id > 0 and type = 'track' and not bot
      and event in ('Product Viewed', 'Product Added') and product_id != ''
      and timestamp > ${instant('since')} and timestamp <= ${instant('until')}
    union all
    select profile_id, product_id, 'bought' as kind, ${weights.bought} as weight,
      toUnixTimestamp64Milli(line.ordered_at) as at, at as received, toString(known.site) as site
    from (
      select profile_id, order_id, product_id, ordered_at from customer_order_lines final
      where workspace_id = {workspace:UInt32} ${own} and not removed and product_id != ''
        and ordered_at > ${instant('since')} and ordered_at <= ${instant('until')}
    ) as line
    inner join (
      select profile_id as buyer, order_id as number, site from customer_orders final
      where workspace_id = {workspace:UInt32} ${own} and status not in ('cancelled', '')
        and ordered_at > ${instant('since')}
    ) as known on known.buyer = line.profile_id and known.number = line.order_id`;
}

function compiled(scope: SignalScope, text: string, days = signalDays): SignalQuery<Params> {
  const until = scope.now.getTime();
  return { text, params, values: { workspace: scope.workspace, since: until - days * dayMs, until } };
}

/** By customer and item, with the part of the split by user they belong to. */
export const customerSignals = (space: RecommendSpace, scope: SignalScope): SignalQuery<Params> =>
  compiled(
    scope,
    `select ${root('raw.profile_id')} as user, products.item as item, raw.weight as weight, raw.at as at,
      toUInt8(cityHash64(user, item) % 5) as fold
    from (select * from (${rawSignals(scope)}) where weight > 0) as raw
    inner join ${space.prefix}_products as products on products.product_id = raw.product_id`,
  );

/** By order and item: what is in one basket. */
export const basketSignals = (space: RecommendSpace, scope: SignalScope): SignalQuery<Params> =>
  compiled(
    scope,
    `select cityHash64(line.order_id) as user, products.item as item, toFloat32(1) as weight,
      toUnixTimestamp64Milli(line.ordered_at) as at
    from (
      select order_id, product_id, ordered_at from customer_order_lines final
      where workspace_id = {workspace:UInt32} and not removed and product_id != ''
        and ordered_at > ${instant('since')} and ordered_at <= ${instant('until')}
        and (profile_id, order_id) not in (
          select profile_id, order_id from customer_orders final
          where workspace_id = {workspace:UInt32} and status in ('cancelled', ''))
    ) as line
    inner join ${space.prefix}_products as products on products.product_id = line.product_id`,
  );

const listDays = 90;

/**
 * How much each item is liked, at each site and at all of them (''): `place, item, popular, viewed, recent, former`, each
 * person once for each product. `popular`: what they did, fading by half in 30 days; `viewed`: that they looked, fading by
 * half in a week; `recent` and `former`: people of the last week, and of the four before. All of it as seen at the moment
 * `reference`, so that numbers of different hours add up. With `from`, only what was received since then changed.
 */
export const likingSignals = (
  space: RecommendSpace,
  scope: SignalScope,
  { reference, from, to }: { reference: number; from: number | null; to: number },
) => {
  const { text, params: own, values } = compiled(scope, rawSignals(scope), listDays);
  const ago = (days: number): string => `{reference:Int64} - ${days * dayMs}`;
  const measures = {
    popular: ['max', `weight * exp2((at - {reference:Int64}) / ${30 * dayMs})`],
    viewed: ['max', `if(kind = 'viewed', exp2((at - {reference:Int64}) / ${7 * dayMs}), 0)`],
    recent: ['max', `toFloat64(at > ${ago(7)})`],
    former: ['max', `toFloat64(at <= ${ago(7)} and at > ${ago(35)})`],
  } as const;
  const names = Object.keys(measures);
  const each = Object.entries(measures).map(([name, [total, of]]) =>
    from === null
      ? `${total}(${of}) as own_${name}`
      : `${total}(${of}) - ${total}If(${of}, received <= {from:Int64}) as own_${name}`,
  );
  return {
    text: `
    select place, item, ${names.map((name) => `sum(own_${name}) as ${name}`).join(', ')}
    from (
      select profile_id, products.item as item, place, ${each.join(', ')}
      from (select * from (${text}) where received <= {to:Int64}) as raw
      inner join ${space.prefix}_products as products on products.product_id = raw.product_id
      array join arrayDistinct(['', site]) as place
      group by profile_id, products.item, place
    )
    group by place, item`,
    params: { ...own, reference: 'Int64', from: 'Int64', to: 'Int64' } as const,
    values: { ...values, reference, from: from ?? 0, to },
  };
};

/** As `searchKey` does it. */
const searchWords = String.raw`trim(replaceRegexpAll(replaceRegexpAll(lowerUTF8(normalizeUTF8NFD(JSONExtractString(properties, 'query'))), '\\p{M}', ''), '\\s+', ' '))`;
const searchMinutes = 30;
const searchDays = 180;

/**
 * What people looked at, put in the cart or bought within half an hour after they searched: `words, items, scores, people`.
 * Words that only one person searched are left out.
 */
export const searchSignals = (space: RecommendSpace, scope: SignalScope, most: number): SignalQuery<Params> =>
  compiled(
    scope,
    `select words, arrayMap(each -> each.2, best) as items, arrayMap(each -> toFloat32(-each.1), best) as scores,
      arrayMap(each -> each.3, best) as people
    from (
      select words, groupArraySorted(${most})((-liking / searchers, name, toUInt32(chosen))) as best
      from (
        select words, name, sum(weight) as liking, uniqExact(profile_id) as chosen
        from (
          select acted.profile_id as profile_id, searched.words as words, acted.item as item, acted.weight as weight,
            acted.at as at, searched.at as searched_at
          from (
            select raw.profile_id as profile_id, products.item as item, raw.weight as weight, raw.at as at
            from (${rawSignals(scope)}) as raw
            inner join ${space.prefix}_products as products on products.product_id = raw.product_id
          ) as acted
          asof inner join (
            select profile_id, toUnixTimestamp64Milli(timestamp) as at, ${searchWords} as words
            from events
            where workspace_id = {workspace:UInt32} and profile_id > 0 and type = 'track' and not bot
              and event = 'Products Searched' and timestamp > ${instant('since')} and timestamp <= ${instant('until')}
          ) as searched on searched.profile_id = acted.profile_id and acted.at >= searched.at
          where searched_at + ${searchMinutes * 60_000} > at and words != ''
        ) as pairs
        inner join ${space.prefix}_items as names on names.item = pairs.item
        group by words, name
      ) as chosen_items
      inner join (
        select ${searchWords} as searched_words, uniqExact(profile_id) as searchers from events
        where workspace_id = {workspace:UInt32} and profile_id > 0 and type = 'track' and not bot
          and event = 'Products Searched' and timestamp > ${instant('since')} and timestamp <= ${instant('until')}
        group by searched_words having searchers >= 2
      ) as totals on totals.searched_words = chosen_items.words
      group by words
    )`,
    searchDays,
  );
