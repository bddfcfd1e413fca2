import { pgQuery } from '../../../platform/index.ts';

/** Where the experiences of a workspace stand, and what its sites speak. Primary keys. */
export const readGeneration = pgQuery({
  name: 'experience.readGeneration',
  params: { workspace: 'int4' },
  row: { generation: 'int8', time_zone: 'text', language: 'text', sites: 'jsonb?' },
  text: `
    select coalesce(generation.generation, 0) as generation, workspace.time_zone, workspace.language,
      (select jsonb_object_agg(site.name, site.language) from govern.site where site.workspace_id = workspace.id) as sites
    from govern.workspace left join experience.generation on generation.workspace_id = workspace.id
    where workspace.id = :workspace`,
});

/** Everything that runs, the most important first. */
export const listRunning = pgQuery({
  name: 'experience.listRunning',
  params: { workspace: 'int4' },
  row: { id: 'int4', key: 'text', version: 'int4', definition: 'jsonb' },
  text: `
    select id, key, version, definition from experience.experience
    where workspace_id = :workspace and state = 'running'
    order by id`,
});

/**
 * Who asks, for several requests at once: the customer behind each anonymous id, which of the segments in use they are in,
 * and what they saw. Primary keys of identifiers, profiles, memberships and of what was seen; nothing by the whole table.
 * A person known by more than an anonymous id is `known`.
 */
export const readVisitors = pgQuery({
  name: 'experience.readVisitors',
  params: { workspace: 'int4', namespaces: 'text[]', values: 'text[]', segments: 'int4[]' },
  row: { place: 'int4', root: 'int8', known: 'bool', member_of: 'int4[]', seen: 'jsonb?' },
  text: `
    select asked.place::int as place, profile.root_id as root, customer.known, member.ids as member_of, seen.rows as seen
    from unnest(:namespaces, :values) with ordinality as asked (namespace, value, place)
    cross join lateral (
      select profile_id from unify.identifier
      where identifier.workspace_id = :workspace and identifier.namespace = asked.namespace
        and identifier.value = asked.value and not identifier.shared
      union all
      -- Asked by the number of a profile row.
      select asked.value::int8 where asked.namespace = ''
      limit 1
    ) as holder
    join unify.profile on profile.workspace_id = :workspace and profile.id = holder.profile_id
    cross join lateral (
      select array_agg(row.id) as ids, coalesce(bool_or(exists (
        select from unify.identifier as other
        where other.workspace_id = :workspace and other.profile_id = row.id and other.namespace <> 'anonymous_id'
      )), false) as known
      from unify.profile as row where row.workspace_id = :workspace and row.root_id = profile.root_id
    ) as customer
    cross join lateral (
      select coalesce(array_agg(segment_id), '{}') as ids from decide.membership
      where membership.workspace_id = :workspace and membership.profile_id = profile.root_id
        and membership.segment_id = any(:segments)
    ) as member
    cross join lateral (
      select jsonb_agg(jsonb_build_array(experience_id, variant, views, extract(epoch from first_at),
        (select jsonb_agg(extract(epoch from moment)) from unnest(recent) as moment), visit, visit_views,
        extract(epoch from clicked_at), extract(epoch from closed_at))) as rows
      from experience.seen where seen.workspace_id = :workspace and seen.profile_id = any(customer.ids)
    ) as seen`,
});

/**
 * What a batch tells of views, clicks and closings, added up per profile row: the first variant stays, later views are
 * counted, a repeat of the batch cannot come here twice (its messages are taken once).
 */
export const recordSeen = pgQuery({
  name: 'experience.recordSeen',
  params: {
    workspace: 'int4',
    profiles: 'int8[]',
    keys: 'text[]',
    variants: 'text[]',
    views: 'int4[]',
    first: 'timestamptz[]',
    last: 'timestamptz[]',
    recents: 'jsonb[]',
    visits: 'text[]',
    visitViews: 'int4[]',
    clicked: 'timestamptz[]',
    closed: 'timestamptz[]',
  },
  row: {},
  text: `
    insert into experience.seen as known (workspace_id, profile_id, experience_id, variant, views, first_at, last_at, recent,
      visit, visit_views, clicked_at, closed_at)
    select :workspace, news.profile, experience.id, news.variant, news.views, news.first, news.last,
      array(select value::text::timestamptz from jsonb_array_elements_text(news.recent) as value),
      news.visit, news.visit_views, news.clicked, news.closed
    from unnest(:profiles, :keys, :variants, :views, :first, :last, :recents, :visits, :visitViews, :clicked, :closed)
      as news (profile, key, variant, views, first, last, recent, visit, visit_views, clicked, closed)
    join experience.experience on experience.workspace_id = :workspace and experience.key = news.key
    on conflict (workspace_id, profile_id, experience_id) do update set
      variant = case when excluded.first_at < known.first_at then excluded.variant else known.variant end,
      views = known.views + excluded.views,
      first_at = least(known.first_at, excluded.first_at),
      last_at = greatest(known.last_at, excluded.last_at),
      recent = (known.recent || excluded.recent)[greatest(1, cardinality(known.recent) + cardinality(excluded.recent) - 99):],
      visit_views = case when known.visit is not distinct from excluded.visit then known.visit_views else 0 end
        + excluded.visit_views,
      visit = excluded.visit,
      clicked_at = greatest(known.clicked_at, excluded.clicked_at),
      closed_at = greatest(known.closed_at, excluded.closed_at)`,
});

/** What these profile rows saw, for their owner's copy of everything. Primary key. */
export const exportSeen = pgQuery({
  name: 'experience.exportSeen',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {
    experience: 'text',
    variant: 'text',
    views: 'int4',
    first_at: 'timestamptz',
    last_at: 'timestamptz',
    clicked_at: 'timestamptz?',
    closed_at: 'timestamptz?',
  },
  text: `
    select experience.key as experience, seen.variant, seen.views, seen.first_at, seen.last_at, seen.clicked_at, seen.closed_at
    from experience.seen
    join experience.experience on experience.workspace_id = :workspace and experience.id = seen.experience_id
    where seen.workspace_id = :workspace and seen.profile_id = any(:profiles)
    order by seen.first_at`,
});

/** Forgets them. Primary key. */
export const eraseSeen = pgQuery({
  name: 'experience.eraseSeen',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {},
  text: `delete from experience.seen where workspace_id = :workspace and profile_id = any(:profiles)`,
});

/** A handful of rows. */
export const listSites = pgQuery({
  name: 'experience.listSites',
  params: { workspace: 'int4' },
  row: { id: 'int4', name: 'text' },
  text: `select id, name from govern.site where workspace_id = :workspace`,
});
