import { pgQuery } from '../../../platform/index.ts';

/** Everything needed to convert for one workspace: its own quotes and the built-in ones. Primary key. */
export const selectRates = pgQuery({
  name: 'collect.selectRates',
  params: { workspace: 'int4' },
  row: { workspaceId: 'int4', currency: 'text', day: 'text', perEuro: 'text' },
  text: `
    select workspace_id as "workspaceId", currency, day::text as day, per_euro::text as "perEuro"
    from collect.exchange_rate
    where workspace_id in (0, :workspace)
    order by workspace_id, currency, day`,
});

/** Cheap answer to "did rates change since I read them?". Primary key of the version table. */
export const selectRatesVersion = pgQuery({
  name: 'collect.selectRatesVersion',
  params: { workspace: 'int4' },
  row: { version: 'text?' },
  text: `
    select string_agg(workspace_id || ':' || version, ' ' order by workspace_id) as version
    from collect.exchange_rate_version
    where workspace_id in (0, :workspace)`,
});

/** Keeps quotes; a newer statement for the same day replaces the older one. Counts only what changed. */
export const upsertRates = pgQuery({
  name: 'collect.upsertRates',
  params: { workspace: 'int4', source: 'text', currencies: 'text[]', days: 'date[]', rates: 'numeric[]' },
  row: {},
  text: `
    insert into collect.exchange_rate as kept (workspace_id, currency, day, per_euro, source)
    select :workspace, quote.currency, quote.day, quote.per_euro, :source
    from unnest(:currencies, :days, :rates) as quote (currency, day, per_euro)
    on conflict (workspace_id, currency, day) do update
      set per_euro = excluded.per_euro, source = excluded.source
      where kept.per_euro <> excluded.per_euro`,
});

export const raiseRatesVersion = pgQuery({
  name: 'collect.raiseRatesVersion',
  params: { workspace: 'int4' },
  row: {},
  text: `
    insert into collect.exchange_rate_version as known (workspace_id, version) values (:workspace, 1)
    on conflict (workspace_id) do update set version = known.version + 1`,
});

/** How far the built-in table reaches. Primary key, all of workspace 0 (some 20,000 rows, at start only). */
export const selectNewestBuiltInDay = pgQuery({
  name: 'collect.selectNewestBuiltInDay',
  params: {},
  row: { day: 'text?' },
  text: `select max(day)::text as day from collect.exchange_rate where workspace_id = 0`,
});

/** A page of one currency's quotes, newest first; the workspace's own before the built-in of the same day. Primary key. */
export const listRates = pgQuery({
  name: 'collect.listRates',
  params: { workspace: 'int4', currency: 'text', beforeDay: 'date?', limit: 'int4' },
  row: { currency: 'text', day: 'text', perEuro: 'text', source: 'text' },
  text: `
    select distinct on (exchange_rate.day) currency, day::text as day, per_euro::text as "perEuro", source
    from collect.exchange_rate
    where workspace_id in (0, :workspace) and currency = :currency
      and (:beforeDay is null or exchange_rate.day < :beforeDay)
    order by exchange_rate.day desc, workspace_id desc
    limit :limit`,
});

/** The last quote of every currency. Primary key. */
export const listLatestRates = pgQuery({
  name: 'collect.listLatestRates',
  params: { workspace: 'int4' },
  row: { currency: 'text', day: 'text', perEuro: 'text', source: 'text' },
  text: `
    select distinct on (rate.currency) rate.currency, rate.day::text as day, rate.per_euro::text as "perEuro", rate.source
    from collect.exchange_rate rate
    where rate.workspace_id in (0, :workspace)
    order by rate.currency, rate.day desc, rate.workspace_id desc`,
});
