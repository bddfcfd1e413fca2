import { pgQuery } from '../../../../platform/index.ts';

const policy = {
  kind: 'text',
  model_version: 'int4?',
  auto_threshold: 'float8',
  review_threshold: 'float8',
  automatic: 'bool',
  two_person: 'bool',
  checked_share: 'float8',
  settings: 'jsonb?',
} as const;

/** What is in force for one kind; the defaults where nothing was ever changed. Primary key. */
export const readPolicy = pgQuery({
  name: 'unify.readMatchPolicy',
  params: { workspace: 'int4', kind: 'text' },
  row: policy,
  text: `
    select kind, model_version, auto_threshold, review_threshold, automatic, two_person, checked_share, settings
    from unify.match_policy where workspace_id = :workspace and kind = :kind
    union all
    select :kind, null, 0.96, 0.90, false, false, 0.01, null
    where not exists (select from unify.match_policy where workspace_id = :workspace and kind = :kind)`,
});

/** Kinds that are compared by themselves, of all workspaces. */
export const listActive = pgQuery({
  name: 'unify.listActiveMatching',
  params: {},
  row: { workspace_id: 'int4', kind: 'text' },
  text: `select workspace_id, kind from unify.match_policy where model_version is not null and automatic order by 1, 2`,
});

/** Writes what is given (null leaves as is). */
export const savePolicy = pgQuery({
  name: 'unify.saveMatchPolicy',
  params: {
    workspace: 'int4',
    kind: 'text',
    model: 'int4?',
    auto: 'float8?',
    review: 'float8?',
    automatic: 'bool?',
    twoPerson: 'bool?',
    checkedShare: 'float8?',
  },
  row: {},
  text: `
    insert into unify.match_policy as policy
      (workspace_id, kind, model_version, auto_threshold, review_threshold, automatic, two_person, checked_share)
    values (:workspace, :kind, :model, coalesce(:auto, 0.96), coalesce(:review, 0.90), coalesce(:automatic, false),
      coalesce(:twoPerson, false), coalesce(:checkedShare, 0.01))
    on conflict (workspace_id, kind) do update set
      model_version = coalesce(:model, policy.model_version),
      auto_threshold = coalesce(:auto, policy.auto_threshold),
      review_threshold = coalesce(:review, policy.review_threshold),
      automatic = coalesce(:automatic, policy.automatic),
      two_person = coalesce(:twoPerson, policy.two_person),
      checked_share = coalesce(:checkedShare, policy.checked_share)`,
});

/** Edited comparisons and blocking rules; null goes back to the built-in ones. */
export const saveSettings = pgQuery({
  name: 'unify.saveMatchSettings',
  params: { workspace: 'int4', kind: 'text', settings: 'jsonb?' },
  row: {},
  text: `
    insert into unify.match_policy (workspace_id, kind, settings) values (:workspace, :kind, :settings)
    on conflict (workspace_id, kind) do update set settings = excluded.settings`,
});

/** Stores a new version: versions count from 1 in each workspace and kind. The policy's row is held meanwhile. */
export const insertModel = pgQuery({
  name: 'unify.insertMatchModel',
  params: { workspace: 'int4', kind: 'text', at: 'timestamptz', actor: 'text', model: 'jsonb' },
  row: { version: 'int4' },
  text: `
    insert into unify.match_model (workspace_id, kind, version, created_at, created_by, model)
    select :workspace, :kind,
      coalesce((select max(version) from unify.match_model where workspace_id = :workspace and kind = :kind), 0) + 1,
      :at, :actor, :model
    returning version`,
});

const summary = {
  version: 'int4',
  kind: 'text',
  created_at: 'timestamptz',
  created_by: 'text',
  activated_at: 'timestamptz?',
  activated_by: 'text?',
  auto_threshold: 'float8?',
  review_threshold: 'float8?',
} as const;

/** Newest first. Primary key. */
export const listModels = pgQuery({
  name: 'unify.listMatchModels',
  params: { workspace: 'int4', kind: 'text' },
  row: summary,
  text: `
    select version, kind, created_at, created_by, activated_at, activated_by, auto_threshold, review_threshold
    from unify.match_model where workspace_id = :workspace and kind = :kind order by version desc limit 200`,
});

export const readModel = pgQuery({
  name: 'unify.readMatchModel',
  params: { workspace: 'int4', kind: 'text', version: 'int4' },
  row: { ...summary, model: 'jsonb' },
  text: `
    select version, kind, created_at, created_by, activated_at, activated_by, auto_threshold, review_threshold, model
    from unify.match_model where workspace_id = :workspace and kind = :kind and version = :version`,
});

export const markActivated = pgQuery({
  name: 'unify.markMatchModelActivated',
  params: {
    workspace: 'int4',
    kind: 'text',
    version: 'int4',
    at: 'timestamptz',
    actor: 'text',
    auto: 'float8',
    review: 'float8',
  },
  row: {},
  text: `
    update unify.match_model
    set activated_at = :at, activated_by = :actor, auto_threshold = :auto, review_threshold = :review
    where workspace_id = :workspace and kind = :kind and version = :version`,
});
