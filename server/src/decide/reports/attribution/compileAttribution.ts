import type { AttributionInput, AttributionModel } from '@vitrail/contracts';
import { compileSales } from '../compile/sales.ts';
import { allOf, type Draft, draft, finish, inSpans, realEvents, rootOf } from '../compile/text.ts';
import type { Scope } from '../scope.ts';
import { clickIds } from './clickIds.ts';

type Counted = Pick<AttributionInput, 'by' | 'lookbackDays' | 'filters' | 'segment'>;

const dayMs = 86_400_000;
/** Views of one campaign with less than this between them are one visit. */
const visitMs = 30 * 60_000;
const halfLifeMs = 7 * dayMs;

/** What one visit gets, of all that an order's visits get, by its place `i` among `n` and its age. */
const weights: Readonly<Record<AttributionModel, string>> = {
  first: 'i = 1',
  last: 'i = n',
  linear: '1',
  position: 'multiIf(n = 1, 1, n = 2, 0.5, i = 1 or i = n, 0.4, 0.2 / (n - 2))',
  decay: `exp2(-(ordered_ms - visit.1) / ${halfLifeMs})`,
};
const models = ['first', 'last', 'linear', 'position', 'decay'] as const satisfies readonly AttributionModel[];

const groupKeys: Readonly<Record<AttributionInput['by'], string>> = {
  source: "if(visit.2 = '', '(not set)', visit.2)",
  medium: "if(visit.3 = '', '(not set)', visit.3)",
  source_medium: "concat(if(visit.2 = '', '(not set)', visit.2), ' / ', if(visit.3 = '', '(not set)', visit.3))",
  campaign: "if(visit.4 = '', '(not set)', visit.4)",
};

/** Page views that a campaign brought, by person: `(ms, source, medium, campaign)` in order of time. */
function compileVisits({ lookbackDays }: Counted, draft: Draft): string {
  const { fromMs, toMs } = draft.scope.current;
  const names = clickIds.map(({ parameter }) => parameter).join('|');
  const fromClick = (field: 'source' | 'medium'): string =>
    `transform(click, [${clickIds.map(({ parameter }) => `'${parameter}'`).join(', ')}], [${clickIds.map((each) => `'${each[field]}'`).join(', ')}], '')`;
  const tagged = "campaign_source != '' or campaign_medium != '' or campaign_name != ''";
  return `
    select person, arraySort(groupArrayArray(seen)) as seen
    from (
      select ${rootOf} as person, seen
      from (
        select workspace_id, profile_id, groupArray((toUnixTimestamp64Milli(timestamp),
          if(tagged, toString(campaign_source), ${fromClick('source')}),
          if(tagged, toString(campaign_medium), ${fromClick('medium')}), toString(campaign_name))) as seen
        from (
          select workspace_id, profile_id, timestamp, campaign_source, campaign_medium, campaign_name, ${tagged} as tagged,
            if(tagged or position(url, '?') = 0, '', extract(url, '[?&](${names})=[^&#]')) as click
          from events
          where ${allOf([
            realEvents,
            "type in ('page', 'screen') and profile_id > 0",
            inSpans('timestamp', [{ fromMs: fromMs - lookbackDays * dayMs, toMs }], draft),
          ])}
        )
        where tagged or click != ''
        group by workspace_id, profile_id
      )
    )
    group by person`;
}

/**
 * One row per order and visit that led to it (or '(direct)'): `order_id, person, key`, and for each model the credit of
 * money in ten-thousandths and of the order. Rounded along the running sum, so that the parts of an order add up to it
 * to the last digit.
 */
function compileCredits(counted: Counted, draft: Draft): string {
  const { by, filters, segment, lookbackDays } = counted;
  const sales = compileSales({ spans: [draft.scope.current], filters, segment }, draft);
  const direct = "[(ordered_ms, '', '', '')]";
  const running = models.map(
    (model) =>
      `arrayCumSum(arrayMap((visit, i) -> toFloat64(${weights[model]}), visits, arrayEnumerate(visits))) as ${model}_sum`,
  );
  const money = models.map(
    (model) => `arrayMap(part -> toInt64(round(units * (part / ${model}_sum[n]))), ${model}_sum) as ${model}_until`,
  );
  const shift = (column: string, zero: string): string => `arrayPopBack(arrayPushFront(${column}, ${zero}))`;
  const parts = models.flatMap((model) => [
    `arrayMap((part, before) -> part - before, ${model}_until, ${shift(`${model}_until`, 'toInt64(0)')}) as ${model}_money`,
    `arrayMap((part, before) -> (part - before) / ${model}_sum[n], ${model}_sum, ${shift(`${model}_sum`, 'toFloat64(0)')}) as ${model}_order`,
  ]);
  const joined = models.flatMap((model) => [`${model}_money as ${model}_units`, `${model}_order as ${model}_orders`]);
  return `
    select order_id, person, if(led = 0, '(direct)', ${groupKeys[by]}) as key,
      ${models.map((model) => `${model}_units, ${model}_orders`).join(', ')}
    from (select *, ${parts.join(',\n      ')}
      from (select *, ${money.join(',\n        ')}
        from (select *, length(visits) as n, ${running.join(',\n          ')}
          from (select *, length(led_to) as led, if(led = 0, ${direct}, led_to) as visits
            from (
              select order_id, person, units, ordered_ms,
                arrayFilter((visit, before) -> not (visit.2 = before.2 and visit.3 = before.3 and visit.4 = before.4
                  and visit.1 - before.1 <= ${visitMs}), near, ${shift('near', "(toInt64(0), '', '', '')")}) as led_to
              from (
                select order_id, sale.person as person, toInt64(net * 10000) as units,
                  toUnixTimestamp64Milli(ordered_at) as ordered_ms,
                  arrayFilter(each -> each.1 <= ordered_ms and each.1 > ordered_ms - ${lookbackDays * dayMs}, seen) as near
                from (${sales}) as sale
                left join (${compileVisits(counted, draft)}) as visitor on sale.person = visitor.person
              )
            )
          )
        )
      )
    )
    array join visits as visit, ${joined.join(', ')}`;
}

const row = {
  everything: 'UInt8',
  known: 'UInt8',
  key: 'String',
  buyers: 'UInt64',
  orderCount: 'UInt64',
  units: 'Array(Int64)',
  orders: 'Array(Float64)',
} as const;

/** How many groups an answer names; the others are one. */
const named = 100;

/** Credit per group and model; `everything` is the whole, `known` 0 the groups that are not named. */
export function compileAttribution(input: Counted, scope: Scope) {
  const into = draft(scope);
  const text = `
    select grouping(known) as everything, known, key, uniqExactIf(person, person > 0) as buyers,
      uniqExact(order_id) as orderCount,
      [${models.map((model) => `sum(${model}_units)`).join(', ')}] as units,
      [${models.map((model) => `sum(${model}_orders)`).join(', ')}] as orders
    from (
      select * except (key), toUInt8(rank <= ${named}) as known, if(known, key, '') as key
      from (
        select *, dense_rank() over (order by size desc, key) as rank
        from (select *, sum(linear_units) over (partition by key) as size from (${compileCredits(input, into)}))
      )
    )
    group by grouping sets ((known, key), ())`;
  return finish(into, 'decide.attribution', row, text);
}

/** Buyers to whose orders a model gives a group credit. */
export function compileAttributionPeople(input: Counted, point: NonNullable<AttributionInput['people']>, scope: Scope) {
  const into = draft(scope);
  const text = `
    select person from (${compileCredits(input, into)})
    where person > 0 and key = ${into.params.text(point.group)} and ${point.model}_orders > 0`;
  return { draft: into, text };
}

export { models as creditOrder };
