import { Parameters } from '../segments/compile/parameters.ts';

/** What tells people apart: a name for the reader, and for one of several values the value. */
export interface Trait {
  readonly name: string;
  readonly value: string | null;
}

/** Values that enough people have to be asked about, most frequent first. */
export interface TraitValues {
  readonly categories: readonly string[];
  readonly brands: readonly string[];
  readonly countries: readonly string[];
  readonly languages: readonly string[];
  readonly genders: readonly string[];
  /** Runs whose rows count; null before the first. */
  readonly habits: number | null;
}

const root = "dictGetOrDefault('profile_root_dict', 'root_id', (workspace_id, profile_id), profile_id)";
const at = "fromUnixTimestamp64Milli({now:Int64}, 'UTC')";
const days = (ms: string): string => `greatest(0, {now:Int64} - ${ms}) / 86400000`;
/** As long ago as never. */
const never = 3_650;

/**
 * Everybody as numbers: `person, x Array(Float32)`, in the order of `traits`. Money, counts and ages by their logarithm, what one
 * of several values is as 0 or 1, tastes as shares. Names, addresses and identifiers are no traits: only whether there is an
 * address to write to.
 */
export function compileTraits(values: TraitValues): { text: string; traits: readonly Trait[]; params: Parameters } {
  const params = new Parameters();
  const columns: [Trait, string][] = [
    [{ name: 'days_since_order', value: null }, `log(1 + if(orders > 0, ${days('last_order')}, ${never}))`],
    [{ name: 'ordered', value: null }, 'orders > 0'],
    [{ name: 'orders', value: null }, 'log(1 + orders)'],
    [{ name: 'revenue', value: null }, 'log(1 + greatest(0, revenue))'],
    [{ name: 'average_order', value: null }, 'log(1 + greatest(0, revenue) / greatest(1, orders))'],
    [{ name: 'visits', value: null }, 'log(1 + visits)'],
    [{ name: 'days_since_visit', value: null }, `log(1 + if(visits > 0, ${days('last_visit')}, ${never}))`],
    [{ name: 'days_known', value: null }, `log(1 + ${days('toUnixTimestamp64Milli(first_seen)')})`],
    [{ name: 'has_email', value: null }, "has(namespaces, 'email')"],
    [{ name: 'has_phone', value: null }, "has(namespaces, 'phone')"],
    [{ name: 'has_loyalty_card', value: null }, "has(namespaces, 'loyalty_card')"],
    [{ name: 'discount_affinity', value: null }, 'discount'],
    ...oneOf(
      'country',
      "lowerUTF8(if(traits['address.country'] != '', traits['address.country'], traits['country']))",
      values.countries,
    ),
    ...oneOf('language', "lowerUTF8(traits['language'])", values.languages),
    ...oneOf('gender', "lowerUTF8(traits['gender'])", values.genders),
    ...tastes('category', values.categories),
    ...tastes('brand', values.brands),
  ];
  function oneOf(name: string, expression: string, choices: readonly string[]): [Trait, string][] {
    return choices.map((value) => [{ name, value }, `${expression} = ${params.text(value)}`]);
  }
  function tastes(name: string, choices: readonly string[]): [Trait, string][] {
    return choices.map((value) => [{ name, value }, `taste[${params.text(`${name} ${value}`)}]`]);
  }
  const ofRun = values.habits === null ? '0' : `run_id = ${params.bind('UInt64', values.habits)}`;
  const text = `
  select person, [${columns.map(([, expression]) => `toFloat32(${expression})`).join(', ')}] as x
  from (
    select profile_id as person, traits, namespaces, first_seen from customers final
    where workspace_id = {workspace:UInt32} and not removed
  ) as people
  left any join (
    select ${root} as person, sum(n) as orders, sum(money) as revenue, max(newest) as last_order
    from (
      select workspace_id, profile_id, count() as n, sum(toFloat64(ifNull(base_total, 0) - base_refunded)) as money,
        max(toUnixTimestamp64Milli(ordered_at)) as newest
      from customer_orders final
      where workspace_id = {workspace:UInt32} and profile_id > 0 and status not in ('cancelled', '') and ordered_at <= ${at}
      group by workspace_id, profile_id
    )
    group by person
  ) as bought using (person)
  left any join (
    select ${root} as person, sum(n) as visits, max(newest) as last_visit
    from (
      select workspace_id, profile_id, count() as n, max(toUnixTimestamp64Milli(timestamp)) as newest
      from events
      where workspace_id = {workspace:UInt32} and profile_id > 0 and not bot and type in ('page', 'screen', 'track')
        and timestamp > fromUnixTimestamp64Milli({now:Int64} - 7776000000, 'UTC') and timestamp <= ${at}
      group by workspace_id, profile_id
    )
    group by person
  ) as visited using (person)
  left any join (
    select profile_id as person, toFloat64(discount_affinity) as discount from habits final
    where workspace_id = {workspace:UInt32} and ${ofRun}
  ) as habitual using (person)
  left any join (
    select profile_id as person, mapFromArrays(groupArray(concat(dimension, ' ', value)), groupArray(toFloat64(share))) as taste
    from appetences final
    where workspace_id = {workspace:UInt32} and ${ofRun}
    group by person
  ) as drawn using (person)`;
  return { text, traits: columns.map(([trait]) => trait), params };
}
