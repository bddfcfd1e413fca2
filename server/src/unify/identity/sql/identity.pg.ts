import { pgQuery } from '../../../platform/index.ts';

export const listNamespaces = pgQuery({
  name: 'unify.listNamespaces',
  params: { workspace: 'int4' },
  row: { name: 'text', priority: 'int4', max_per_profile: 'int4', shared: 'bool' },
  text: `select name, priority, max_per_profile, shared from unify.namespace where workspace_id = :workspace order by priority, name`,
});

export const saveNamespaces = pgQuery({
  name: 'unify.saveNamespaces',
  params: { workspace: 'int4', names: 'text[]', priorities: 'int4[]', limits: 'int4[]', shared: 'bool[]' },
  row: {},
  text: `
    insert into unify.namespace (workspace_id, name, priority, max_per_profile, shared)
    select :workspace, name, priority, max_per_profile, shared
    from unnest(:names, :priorities, :limits, :shared) as rule (name, priority, max_per_profile, shared)
    on conflict (workspace_id, name) do update
    set priority = excluded.priority, max_per_profile = excluded.max_per_profile, shared = excluded.shared`,
});

export const listBlockedValues = pgQuery({
  name: 'unify.listBlockedValues',
  params: { workspace: 'int4' },
  row: { namespace: 'text', value: 'text' },
  text: `select namespace, value from unify.blocked_value where workspace_id = :workspace order by namespace, value`,
});

/** The profile rows that hold these exclusive identifiers. Index identifier_exclusive. */
export const findHolders = pgQuery({
  name: 'unify.findHolders',
  params: { workspace: 'int4', namespaces: 'text[]', values: 'text[]' },
  // Milliseconds: reading a timestamp costs us a µs, and an import asks for one with every row.
  row: { position: 'int4', profile_id: 'int8', root_id: 'int8', last_seen_ms: 'int8' },
  text: `
    select asked.position::int as position, held.profile_id, profile.root_id,
      floor(extract(epoch from held.last_seen_at) * 1000)::int8 as last_seen_ms
    from unnest(:namespaces, :values) with ordinality as asked (namespace, value, position)
    join unify.identifier as held
      on held.workspace_id = :workspace and held.namespace = asked.namespace and held.value = asked.value and not held.shared
    join unify.profile on profile.workspace_id = :workspace and profile.id = held.profile_id`,
});

/** How many exclusive identifiers each root holds. Indexes profile_root, identifier_profile. */
export const countHeld = pgQuery({
  name: 'unify.countHeld',
  params: { workspace: 'int4', roots: 'int8[]' },
  row: { root_id: 'int8', namespace: 'text', held: 'int4' },
  text: `
    select profile.root_id, identifier.namespace, count(*)::int as held
    from unify.profile
    join unify.identifier on identifier.workspace_id = :workspace and identifier.profile_id = profile.id and not identifier.shared
    where profile.workspace_id = :workspace and profile.root_id = any(:roots)
    group by profile.root_id, identifier.namespace`,
});

/** Pairs of roots, both among these, that must not be joined. */
export const listApart = pgQuery({
  name: 'unify.listApart',
  params: { workspace: 'int4', roots: 'int8[]' },
  row: { low_root: 'int8', high_root: 'int8' },
  text: `
    select low.root_id as low_root, high.root_id as high_root
    from unify.kept_apart
    join unify.profile as low on low.workspace_id = :workspace and low.id = kept_apart.low_id
    join unify.profile as high on high.workspace_id = :workspace and high.id = kept_apart.high_id
    where kept_apart.workspace_id = :workspace and low.root_id = any(:roots) and high.root_id = any(:roots)`,
});

export const nextProfileIds = pgQuery({
  name: 'unify.nextProfileIds',
  params: { count: 'int4' },
  row: { id: 'int8' },
  text: `select nextval('unify.profile_id_seq')::int8 as id from generate_series(1, :count)`,
});

/** New profile rows, each with what the batch states about it: written once, not created and then filled. */
export const createProfiles = pgQuery({
  name: 'unify.createProfiles',
  params: {
    workspace: 'int4',
    ids: 'int8[]',
    first: 'timestamptz[]',
    last: 'timestamptz[]',
    traits: 'jsonb[]',
    consents: 'jsonb[]',
    searches: 'text[]',
    now: 'timestamptz',
  },
  row: {},
  text: `
    insert into unify.profile
      (workspace_id, id, root_id, created_at, first_seen_at, last_seen_at, traits, consents, search)
    overriding system value
    select :workspace, id, id, :now, first_at, last_at, traits, consents, search
    from unnest(:ids, :first, :last, :traits, :consents, :searches)
      as created (id, first_at, last_at, traits, consents, search)`,
});

export const attachIdentifiers = pgQuery({
  name: 'unify.attachIdentifiers',
  params: {
    workspace: 'int4',
    namespaces: 'text[]',
    values: 'text[]',
    raws: 'text[]',
    shared: 'bool[]',
    profiles: 'int8[]',
    sources: 'int4[]',
    seen: 'timestamptz[]',
  },
  row: {},
  text: `
    insert into unify.identifier
      (workspace_id, namespace, value, raw, shared, profile_id, source_id, first_seen_at, last_seen_at)
    select :workspace, namespace, value, raw, shared, profile_id, source_id, seen_at, seen_at
    from unnest(:namespaces, :values, :raws, :shared, :profiles, :sources, :seen)
      as attached (namespace, value, raw, shared, profile_id, source_id, seen_at)
    order by namespace, value
    on conflict do nothing`,
});

/** Identifiers seen again; the caller asks only once a day for each. */
export const touchIdentifiers = pgQuery({
  name: 'unify.touchIdentifiers',
  params: { workspace: 'int4', namespaces: 'text[]', values: 'text[]', seen: 'timestamptz[]' },
  row: {},
  text: `
    update unify.identifier set last_seen_at = greatest(identifier.last_seen_at, touched.seen_at)
    from unnest(:namespaces, :values, :seen) as touched (namespace, value, seen_at)
    where identifier.workspace_id = :workspace and identifier.namespace = touched.namespace
      and identifier.value = touched.value and not identifier.shared`,
});

export const recordMerges = pgQuery({
  name: 'unify.recordMerges',
  params: {
    workspace: 'int4',
    winners: 'int8[]',
    losers: 'int8[]',
    at: 'timestamptz[]',
    evidence: 'jsonb[]',
    kind: 'text',
  },
  row: { id: 'int8', loser_id: 'int8' },
  text: `
    insert into unify.merge (workspace_id, winner_id, loser_id, at, kind, evidence)
    select :workspace, winner_id, loser_id, at, :kind, evidence
    from unnest(:winners, :losers, :at, :evidence) as merged (winner_id, loser_id, at, evidence)
    returning id, loser_id`,
});

/** Puts every row of the merged roots under their new root; returns what moved, for ClickHouse. Index profile_root. */
export const moveRoots = pgQuery({
  name: 'unify.moveRoots',
  params: { workspace: 'int4', losers: 'int8[]', roots: 'int8[]', merges: 'int8[]' },
  row: { id: 'int8', root_id: 'int8' },
  text: `
    update unify.profile
    set root_id = moved.root_id, merge_id = case when profile.id = moved.loser_id then moved.merge_id else profile.merge_id end
    from unnest(:losers, :roots, :merges) as moved (loser_id, root_id, merge_id)
    where profile.workspace_id = :workspace and profile.root_id = moved.loser_id
    returning profile.id, profile.root_id`,
});

export const recordCollisions = pgQuery({
  name: 'unify.recordCollisions',
  params: {
    workspace: 'int4',
    profiles: 'int8[]',
    others: 'int8[]',
    namespaces: 'text[]',
    values: 'text[]',
    reasons: 'text[]',
    messages: 'text[]',
    at: 'timestamptz[]',
  },
  row: {},
  text: `
    insert into unify.collision
      (workspace_id, profile_id, other_profile_id, namespace, value, reason, message_id, at)
    select :workspace, profile_id, other_profile_id, namespace, value, reason, message_id, at
    from unnest(:profiles, :others, :namespaces, :values, :reasons, :messages, :at)
      as met (profile_id, other_profile_id, namespace, value, reason, message_id, at)
    on conflict do nothing`,
});

/**
 * First and last sight of profiles; minutes are enough, so that a browsing customer is not written at every click. Returns
 * those whose first sight is now in what was given: it moved.
 */
export const touchProfiles = pgQuery({
  name: 'unify.touchProfiles',
  params: { workspace: 'int4', ids: 'int8[]', first: 'timestamptz[]', last: 'timestamptz[]' },
  row: { id: 'int8', earlier: 'bool' },
  text: `
    update unify.profile
    set first_seen_at = least(first_seen_at, seen.first_at), last_seen_at = greatest(last_seen_at, seen.last_at)
    from unnest(:ids, :first, :last) as seen (id, first_at, last_at)
    where profile.workspace_id = :workspace and profile.id = seen.id
      and (seen.first_at < first_seen_at or seen.last_at > last_seen_at + interval '1 minute')
    returning profile.id, first_seen_at = seen.first_at as earlier`,
});

export const deleteBlockedValues = pgQuery({
  name: 'unify.deleteBlockedValues',
  params: { workspace: 'int4' },
  row: {},
  text: `delete from unify.blocked_value where workspace_id = :workspace`,
});

export const insertBlockedValues = pgQuery({
  name: 'unify.insertBlockedValues',
  params: { workspace: 'int4', namespaces: 'text[]', values: 'text[]' },
  row: {},
  text: `
    insert into unify.blocked_value (workspace_id, namespace, value)
    select :workspace, namespace, value from unnest(:namespaces, :values) as blocked (namespace, value)
    on conflict do nothing`,
});
