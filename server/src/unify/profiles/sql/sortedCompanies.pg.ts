import type { CompanySort } from '@vitrail/contracts';
import { pgQuery } from '../../../platform/index.ts';

/** People of a company and of those that were found to be the same. Indexes company_member (primary key), profile. */
const countMembers = (company: string): string => `(
        select count(distinct profile.root_id)::int from unify.company_member as member
        join unify.profile on profile.workspace_id = member.workspace_id and profile.id = member.profile_id
        where member.workspace_id = :workspace and (member.group_id = ${company}.group_id or member.group_id in (
          select part.group_id from unify.company as part
          where part.workspace_id = :workspace and part.root_number = ${company}.number)))`;

/** Lower-case and without accents, as in `foldText`. */
const folded = (text: string): string => `lower(regexp_replace(normalize(${text}, nfd), '[\\u0300-\\u036f]', '', 'g'))`;

const sortKeys: Readonly<
  Record<CompanySort, { readonly value: string; readonly type: string; readonly text: string }>
> = {
  name: {
    value: `nullif(${folded(`company.traits ->> 'name'`)}, '') collate "C"`,
    type: 'text',
    text: 'page.value',
  },
  members: { value: countMembers('company'), type: 'int4', text: 'page.value::text' },
  lastSeen: {
    value: 'company.last_seen_at',
    type: 'timestamptz',
    text: `to_char(page.value at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  },
};

/** Companies in the order of a column behind a position, those without a value last. Companies are few: all are passed. */
const sorted = (sort: CompanySort, order: 'asc' | 'desc') => {
  const key = sortKeys[sort];
  const beyond = order === 'asc' ? '>' : '<';
  return pgQuery({
    name: `unify.sortedCompanies_${sort}_${order}`,
    planEachTime: true,
    params: { workspace: 'int4', words: 'text[]', phase: 'text', key: 'text?', after: 'text', limit: 'int4' },
    row: { group_id: 'text', traits: 'jsonb', members: 'int4', last_seen_at: 'timestamptz', key: 'text?' },
    text: `
    with listed as (
      select group_id, number, traits, last_seen_at, ${key.value} as value from unify.company
      where workspace_id = :workspace and root_number is null and (cardinality(:words) = 0 or
        ${folded(`group_id || ' ' || coalesce(traits ->> 'name', '')`)} like all(:words))
    ), page as (
      select * from listed
      where case :phase when 'start' then true
        when 'valued' then value is null or (value, group_id) ${beyond} (:key::${key.type}, :after)
        else value is null and group_id ${beyond} :after end
      order by value ${order} nulls last, group_id ${order} limit :limit
    )
    select page.group_id, page.traits, page.last_seen_at, ${key.text} as key, ${countMembers('page')} as members
    from page order by page.value ${order} nulls last, page.group_id ${order}`,
  });
};

const both = (sort: CompanySort) => ({ asc: sorted(sort, 'asc'), desc: sorted(sort, 'desc') });

export const sortedCompanies = { name: both('name'), members: both('members'), lastSeen: both('lastSeen') } as const;
