import { pgQuery } from '../../../platform/index.ts';

/** Newest customers first, by keyset. Primary key, backwards. */
export const listRoots = pgQuery({
  name: 'unify.listRoots',
  params: { workspace: 'int4', below: 'int8', limit: 'int4' },
  row: { id: 'int8' },
  text: `
    select id from unify.profile
    where workspace_id = :workspace and id < :below and root_id = id
    order by id desc limit :limit`,
});

/** Like `listRoots`, without visitors of whom nothing but browser ids is known. Indexes profile_root, identifier_profile. */
export const listKnownRoots = pgQuery({
  name: 'unify.listKnownRoots',
  params: { workspace: 'int4', below: 'int8', limit: 'int4' },
  row: { id: 'int8' },
  text: `
    select root.id from unify.profile as root
    where root.workspace_id = :workspace and root.id < :below and root.root_id = root.id and exists (
      select from unify.profile as part
      join unify.identifier on identifier.workspace_id = part.workspace_id and identifier.profile_id = part.id
        and identifier.namespace <> 'anonymous_id'
      where part.workspace_id = root.workspace_id and part.root_id = root.id)
    order by root.id desc limit :limit`,
});

/** Customers who hold an identifier, exactly. Indexes identifier_exclusive, primary key. */
export const findByIdentifier = pgQuery({
  name: 'unify.findByIdentifier',
  params: { workspace: 'int4', namespace: 'text', value: 'text', below: 'int8', limit: 'int4' },
  row: { id: 'int8' },
  text: `
    select distinct profile.root_id as id
    from unify.identifier
    join unify.profile on profile.workspace_id = :workspace and profile.id = identifier.profile_id
    where identifier.workspace_id = :workspace and identifier.namespace = :namespace and identifier.value = :value
      and profile.root_id < :below
    order by 1 desc limit :limit`,
});

/**
 * Customers whose name, contact or town has all the words, or of whom an identifier begins with the text. Both sides are
 * capped, so that a single letter costs no more than a full name. Indexes profile_search (trigram), identifier_prefix (whose
 * order `~<~` is). Measured with 300,000 profiles: 1 to 20 ms.
 */
export const searchRoots = pgQuery({
  name: 'unify.searchRoots',
  planEachTime: true,
  params: {
    workspace: 'int4',
    word1: 'text',
    word2: 'text',
    word3: 'text',
    prefix: 'text',
    below: 'int8',
    limit: 'int4',
  },
  row: { id: 'int8' },
  text: `
    with named as (
      select root_id from unify.profile
      where workspace_id = :workspace and search like :word1 and search like :word2 and search like :word3
      limit 2000
    ), identified as (
      select profile_id from unify.identifier
      where workspace_id = :workspace and value like :prefix and :prefix <> ''
      order by value using ~<~ limit 500
    )
    select id from (
      select root_id as id from named
      union
      select profile.root_id from identified
      join unify.profile on profile.workspace_id = :workspace and profile.id = identified.profile_id
    ) as found
    where id < :below
    order by id desc limit :limit`,
});

/** Every row of these customers, with the live merge above it. Index profile_root, key of merge. */
export const readRows = pgQuery({
  name: 'unify.readRows',
  params: { workspace: 'int4', roots: 'int8[]' },
  row: {
    id: 'int8',
    root_id: 'int8',
    created_at: 'timestamptz',
    first_seen_at: 'timestamptz',
    last_seen_at: 'timestamptz',
    traits: 'jsonb',
    consents: 'jsonb',
    merge_winner: 'int8?',
    merge_at: 'timestamptz?',
    merge_kind: 'text?',
  },
  text: `
    select profile.id, profile.root_id, profile.created_at, profile.first_seen_at, profile.last_seen_at, profile.traits,
      profile.consents, merge.winner_id as merge_winner, merge.at as merge_at, merge.kind as merge_kind
    from unify.profile
    left join unify.merge on merge.workspace_id = :workspace and merge.id = profile.merge_id
    where profile.workspace_id = :workspace and profile.root_id = any(:roots) order by profile.id`,
});

/** These rows alone, without what was joined to them. Primary key. */
export const readProfileRows = pgQuery({
  name: 'unify.readProfileRows',
  params: { workspace: 'int4', ids: 'int8[]' },
  row: {
    id: 'int8',
    root_id: 'int8',
    created_at: 'timestamptz',
    first_seen_at: 'timestamptz',
    last_seen_at: 'timestamptz',
    traits: 'jsonb',
    consents: 'jsonb',
  },
  text: `
    select id, root_id, created_at, first_seen_at, last_seen_at, traits, consents
    from unify.profile where workspace_id = :workspace and id = any(:ids) order by id`,
});

/** Identifiers of these rows with the family of the source that brought each. Index identifier_profile. */
export const readIdentifiers = pgQuery({
  name: 'unify.readIdentifiers',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {
    profile_id: 'int8',
    namespace: 'text',
    value: 'text',
    raw: 'text',
    shared: 'bool',
    source_id: 'int4',
    family: 'text?',
    first_seen_at: 'timestamptz',
    last_seen_at: 'timestamptz',
  },
  text: `
    select i.profile_id, i.namespace, i.value, i.raw, i.shared, i.source_id, source.family, i.first_seen_at, i.last_seen_at
    from unify.identifier as i
    left join collect.source on source.workspace_id = i.workspace_id and source.id = i.source_id
    where i.workspace_id = :workspace and i.profile_id = any(:profiles)
    order by i.namespace, i.first_seen_at`,
});

/** The customer a row belongs to now. */
export const findRoot = pgQuery({
  name: 'unify.findRoot',
  params: { workspace: 'int4', id: 'int8' },
  row: { root_id: 'int8' },
  text: `select root_id from unify.profile where workspace_id = :workspace and id = :id`,
});

export const readFormerTraits = pgQuery({
  name: 'unify.readFormerTraits',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { name: 'text', value: 'jsonb', source_id: 'int4', at: 'timestamptz', replaced_at: 'timestamptz' },
  text: `
    select name, value, source_id, at, replaced_at from unify.former_trait
    where workspace_id = :workspace and profile_id = any(:profiles)
    order by at desc limit 500`,
});

/** Orders of a customer in one line per currency. Index order_profile. */
export const sumOrders = pgQuery({
  name: 'unify.sumOrders',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {
    currency: 'text?',
    orders: 'int4',
    revenue: 'numeric',
    base_revenue: 'numeric',
    base_refunded: 'numeric',
    without_rate: 'int4',
    first_at: 'timestamptz?',
    last_at: 'timestamptz?',
  },
  text: `
    select currency,
      count(*) filter (where status is not null and status <> 'cancelled')::int as orders,
      coalesce(sum(coalesce(total, 0) - refunded) filter (where status is distinct from 'cancelled'), 0) as revenue,
      coalesce(sum(coalesce(base_total, 0) - base_refunded) filter (where status is distinct from 'cancelled'), 0) as base_revenue,
      coalesce(sum(base_refunded) filter (where status is distinct from 'cancelled'), 0) as base_refunded,
      count(*) filter (where status = 'completed' and base_total is null)::int as without_rate,
      min(ordered_at) filter (where status <> 'cancelled') as first_at,
      max(ordered_at) filter (where status <> 'cancelled') as last_at
    from unify."order"
    where workspace_id = :workspace and profile_id = any(:profiles)
    group by currency`,
});

export const listOrders = pgQuery({
  name: 'unify.listOrders',
  params: {
    workspace: 'int4',
    profiles: 'int8[]',
    before: 'timestamptz',
    beforeId: 'text',
    status: 'text',
    source: 'int4?',
    site: 'text?',
    from: 'text?',
    to: 'text?',
    min: 'numeric?',
    max: 'numeric?',
    limit: 'int4',
  },
  row: {
    order_id: 'text',
    status: 'text?',
    ordered_at: 'timestamptz?',
    at: 'timestamptz',
    source_id: 'int4',
    site: 'text?',
    channel: 'text?',
    currency: 'text?',
    total: 'numeric?',
    base_total: 'numeric?',
    refunded: 'numeric',
    tax: 'numeric?',
    shipping: 'numeric?',
    discount: 'numeric?',
    coupon: 'text?',
  },
  text: `
    select order_id, status, ordered_at, coalesce(ordered_at, content_at) as at, source_id, site, channel, currency, total,
      base_total, refunded, tax, shipping, discount, coupon
    from unify."order"
    where workspace_id = :workspace and profile_id = any(:profiles)
      and (coalesce(ordered_at, content_at), order_id) < (:before, :beforeId)
      and case :status when '' then true when 'refunded' then refunded > 0
        else coalesce(status, 'unknown') = :status end
      and (:source is null or source_id = :source) and (:site is null or site = :site)
      and (:from is null or coalesce(ordered_at, content_at) >= (select cast(:from as date)::timestamp at time zone time_zone
        from govern.workspace where id = :workspace))
      and (:to is null or coalesce(ordered_at, content_at) < (select (cast(:to as date) + 1)::timestamp at time zone time_zone
        from govern.workspace where id = :workspace))
      and (:min is null or total >= :min) and (:max is null or total <= :max)
    order by coalesce(ordered_at, content_at) desc, order_id desc limit :limit`,
});

export const listLines = pgQuery({
  name: 'unify.listLines',
  params: { workspace: 'int4', orders: 'text[]' },
  row: {
    order_id: 'text',
    line: 'int4',
    product_id: 'text',
    sku: 'text?',
    name: 'text?',
    brand: 'text?',
    category: 'text?',
    variant: 'text?',
    quantity: 'numeric',
    price: 'numeric?',
  },
  text: `
    select order_id, line, product_id, sku, name, brand, category, variant, quantity, price
    from unify.order_line where workspace_id = :workspace and order_id = any(:orders) order by order_id, line`,
});

export const listCompaniesOf = pgQuery({
  name: 'unify.listCompaniesOf',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { group_id: 'text', name: 'text?', since: 'timestamptz' },
  text: `
    select company.group_id, company.traits ->> 'name' as name, min(member.since) as since
    from unify.company_member as member
    join unify.company on company.workspace_id = member.workspace_id and company.group_id = member.group_id
    where member.workspace_id = :workspace and member.profile_id = any(:profiles)
    group by company.group_id, company.traits ->> 'name' order by 1`,
});

/**
 * Companies in the order of their ids, by keyset. Primary key. With words, their id and name, lower-case and without
 * accents as in `foldText`, must have all of them: companies are few, 20,000 are read in 0.1 s.
 */
export const listCompanies = pgQuery({
  name: 'unify.listCompanies',
  params: { workspace: 'int4', words: 'text[]', after: 'text', limit: 'int4' },
  row: { group_id: 'text', traits: 'jsonb', members: 'int4', last_seen_at: 'timestamptz' },
  text: `
    with page as (
      select group_id, number, traits, last_seen_at from unify.company
      where workspace_id = :workspace and root_number is null and group_id > :after and (cardinality(:words) = 0 or
        lower(regexp_replace(normalize(group_id || ' ' || coalesce(traits ->> 'name', ''), nfd), '[\\u0300-\\u036f]', '', 'g'))
          like all(:words))
      order by group_id limit :limit
    )
    select page.group_id, page.traits, page.last_seen_at,
      (select count(distinct profile.root_id)::int from unify.company_member as member
       join unify.profile on profile.workspace_id = member.workspace_id and profile.id = member.profile_id
       where member.workspace_id = :workspace and (member.group_id = page.group_id or member.group_id in (
         select part.group_id from unify.company as part
         where part.workspace_id = :workspace and part.root_number = page.number))) as members
    from page order by page.group_id`,
});

export const readBaseCurrency = pgQuery({
  name: 'unify.readBaseCurrency',
  params: { workspace: 'int4' },
  row: { base_currency: 'text', country: 'text' },
  text: `select base_currency, country from govern.workspace where id = :workspace`,
});

export const listFamilies = pgQuery({
  name: 'unify.listFamilies',
  params: { workspace: 'int4' },
  row: { id: 'int4', family: 'text' },
  text: `select id, family from collect.source where workspace_id = :workspace`,
});
