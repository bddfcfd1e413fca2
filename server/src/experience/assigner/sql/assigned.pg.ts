import { pgQuery } from '../../../platform/index.ts';

/** What these customers were given before, by any of their rows: the first counts. Index profile_root, then primary key. */
export const readAssigned = pgQuery({
  name: 'experience.readAssigned',
  params: { workspace: 'int4', experiment: 'int4', version: 'int4', roots: 'int8[]' },
  row: { root: 'int8', variation: 'text' },
  text: `
    select distinct on (profile.root_id) profile.root_id as root, assigned.variation
    from unify.profile
    join experience.assigned on assigned.workspace_id = :workspace and assigned.experiment_id = :experiment
      and assigned.profile_id = profile.id and assigned.bucket_version = :version
    where profile.workspace_id = :workspace and profile.root_id = any(:roots)
    order by profile.root_id, assigned.at, assigned.profile_id`,
});

/**
 * Keeps what customers are given, in the order of their rows so that two who write at once cannot wait for each other. Of two
 * the first stays, and both are told what it was. An earlier run of the experiment is forgotten. Primary key.
 */
export const insertAssigned = pgQuery({
  name: 'experience.insertAssigned',
  params: {
    workspace: 'int4',
    experiment: 'int4',
    version: 'int4',
    roots: 'int8[]',
    variations: 'text[]',
    at: 'timestamptz',
  },
  row: { root: 'int8', variation: 'text' },
  text: `
    insert into experience.assigned as known (workspace_id, experiment_id, profile_id, bucket_version, variation, at)
    select :workspace, :experiment, given.root, :version, given.variation, :at
    from unnest(:roots, :variations) as given (root, variation)
    order by given.root
    on conflict (workspace_id, experiment_id, profile_id) do update set
      variation = case when known.bucket_version < excluded.bucket_version then excluded.variation else known.variation end,
      at = case when known.bucket_version < excluded.bucket_version then excluded.at else known.at end,
      exposed_at = case when known.bucket_version < excluded.bucket_version then null else known.exposed_at end,
      bucket_version = greatest(known.bucket_version, excluded.bucket_version)
    returning profile_id as root, variation`,
});

/**
 * Marks as exposed who was not, in the order of their rows so that two who write at once cannot wait for each other; each with
 * the identifier that says best who they are. Primary keys.
 */
export const exposeAssigned = pgQuery({
  name: 'experience.exposeAssigned',
  params: { workspace: 'int4', experiment: 'int4', version: 'int4', profiles: 'int8[]', at: 'timestamptz' },
  row: { profile_id: 'int8', variation: 'text', namespace: 'text?', value: 'text?' },
  text: `
    with customer as (
      select distinct root_id from unify.profile where workspace_id = :workspace and id = any(:profiles)
    ), first as (
      select distinct on (profile.root_id) assigned.profile_id, profile.root_id
      from customer
      join unify.profile on profile.workspace_id = :workspace and profile.root_id = customer.root_id
      join experience.assigned on assigned.workspace_id = :workspace and assigned.experiment_id = :experiment
        and assigned.profile_id = profile.id and assigned.bucket_version = :version
      order by profile.root_id, assigned.at, assigned.profile_id
    ), held as (
      select assigned.profile_id, first.root_id
      from first
      join experience.assigned on assigned.workspace_id = :workspace and assigned.experiment_id = :experiment
        and assigned.profile_id = first.profile_id and assigned.exposed_at is null
      order by assigned.profile_id
      for update of assigned
    ), told as (
      update experience.assigned set exposed_at = :at
      from held
      where assigned.workspace_id = :workspace and assigned.experiment_id = :experiment
        and assigned.profile_id = held.profile_id and assigned.exposed_at is null
      returning assigned.profile_id, assigned.variation, held.root_id
    )
    select told.profile_id, told.variation, strongest.namespace, strongest.value
    from told
    left join lateral (
      select identifier.namespace, identifier.value
      from unify.profile as member
      join unify.identifier on identifier.workspace_id = :workspace and identifier.profile_id = member.id
      join unify.namespace on namespace.workspace_id = :workspace and namespace.name = identifier.namespace
      where member.workspace_id = :workspace and member.root_id = told.root_id and not identifier.shared
      order by namespace.priority, identifier.last_seen_at desc limit 1
    ) as strongest on true`,
});

/** What these profile rows were given, for their owner's copy of everything. Index assigned_profile. */
export const exportAssigned = pgQuery({
  name: 'experience.exportAssigned',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { experiment: 'text', variation: 'text', at: 'timestamptz', exposed_at: 'timestamptz?' },
  text: `
    select experiment.key as experiment, assigned.variation, assigned.at, assigned.exposed_at
    from experience.assigned
    join experience.experiment on experiment.workspace_id = :workspace and experiment.id = assigned.experiment_id
    where assigned.workspace_id = :workspace and assigned.profile_id = any(:profiles)
    order by assigned.at`,
});

/** Forgets it. Index assigned_profile. */
export const eraseAssigned = pgQuery({
  name: 'experience.eraseAssigned',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: {},
  text: `delete from experience.assigned where workspace_id = :workspace and profile_id = any(:profiles)`,
});
