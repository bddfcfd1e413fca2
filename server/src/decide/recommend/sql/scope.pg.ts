import { pgQuery } from '../../../platform/index.ts';

export const readRecommendationSettings = pgQuery({
  name: 'decide.readRecommendationSettings',
  params: { workspace: 'int4' },
  row: { settings: 'jsonb' },
  text: `select settings from decide.recommendation_settings where workspace_id = :workspace`,
});

export const saveRecommendationSettings = pgQuery({
  name: 'decide.saveRecommendationSettings',
  params: { workspace: 'int4', settings: 'jsonb', at: 'timestamptz' },
  row: {},
  text: `
    insert into decide.recommendation_settings (workspace_id, settings, updated_at) values (:workspace, :settings, :at)
    on conflict (workspace_id) do update set settings = excluded.settings, updated_at = excluded.updated_at`,
});

const scope = {
  base_version: 'int8',
  version: 'int8',
  method: 'text?',
  built_at: 'timestamptz?',
  fresh_at: 'timestamptz?',
  items: 'int4',
  people: 'int4',
  pairs: 'int8',
  products: 'int4',
  alarm: 'text?',
  evaluations: 'jsonb',
} as const;

/** What serves now. Primary key. */
export const readScope = pgQuery({
  name: 'decide.readRecommendationScope',
  params: { workspace: 'int4' },
  row: scope,
  text: `
    select base_version, version, method, built_at, fresh_at, items, people, pairs, products, alarm, evaluations
    from decide.recommendation_scope where workspace_id = :workspace`,
});

/** A full build takes over: what it wrote counts, what was written before it does not. */
export const saveBuild = pgQuery({
  name: 'decide.saveRecommendationBuild',
  params: {
    workspace: 'int4',
    version: 'int8',
    method: 'text',
    at: 'timestamptz',
    fresh: 'timestamptz',
    items: 'int4',
    people: 'int4',
    pairs: 'int8',
    products: 'int4',
    alarm: 'text?',
    evaluations: 'jsonb',
  },
  row: {},
  text: `
    insert into decide.recommendation_scope as known
      (workspace_id, base_version, version, method, built_at, fresh_at, items, people, pairs, products, alarm, evaluations)
    values (:workspace, :version, :version, :method, :at, :fresh, :items, :people, :pairs, :products, :alarm, :evaluations)
    on conflict (workspace_id) do update set
      base_version = excluded.base_version, version = excluded.version, method = excluded.method,
      built_at = excluded.built_at, fresh_at = excluded.fresh_at, items = excluded.items, people = excluded.people,
      pairs = excluded.pairs, products = excluded.products, alarm = excluded.alarm, evaluations = excluded.evaluations`,
});

/** What came since the full build is in. Never goes back behind a build that ended meanwhile. */
export const saveRefresh = pgQuery({
  name: 'decide.saveRecommendationRefresh',
  params: { workspace: 'int4', version: 'int8', fresh: 'timestamptz', items: 'int4' },
  row: {},
  text: `
    update decide.recommendation_scope set version = :version, fresh_at = :fresh, items = greatest(items, :items)
    where workspace_id = :workspace and version < :version`,
});

export const saveAlarm = pgQuery({
  name: 'decide.saveRecommendationAlarm',
  params: { workspace: 'int4', alarm: 'text?' },
  row: {},
  text: `
    update decide.recommendation_scope set alarm = :alarm
    where workspace_id = :workspace and alarm is distinct from :alarm`,
});

/** Workspaces with products, and how far their recommendations are. Keys of the tables; run once a minute. */
export const listRecommending = pgQuery({
  name: 'decide.listRecommending',
  params: {},
  row: { id: 'int4', fresh_at: 'timestamptz?', queued: 'int8?', failed_at: 'timestamptz?' },
  text: `
    select workspace.id, scope.fresh_at,
      (select run.id from decide.recommendation_run as run
       where run.workspace_id = workspace.id and run.state in ('queued', 'running')) as queued,
      (select max(run.finished_at) from decide.recommendation_run as run
       where run.workspace_id = workspace.id and run.state <> 'done') as failed_at
    from govern.workspace
    left join decide.recommendation_scope as scope on scope.workspace_id = workspace.id
    where exists (select from collect.product where product.workspace_id = workspace.id)
    order by workspace.id`,
});
