import { pgQuery } from '../../../../platform/index.ts';

/** One writer of a workspace's company merges at a time. Held until commit. */
export const lockCompanies = pgQuery({
  name: 'unify.lockCompanies',
  params: { workspace: 'int4' },
  row: { locked: 'bool?' },
  text: `select true as locked from (select pg_advisory_xact_lock(7405, :workspace)) as lock`,
});

/** Where companies stand now. Index company_number. */
export const findCompanyRoots = pgQuery({
  name: 'unify.findCompanyRoots',
  params: { workspace: 'int4', numbers: 'int8[]' },
  row: { number: 'int8', root_number: 'int8' },
  text: `
    select number, coalesce(root_number, number) as root_number from unify.company
    where workspace_id = :workspace and number = any(:numbers)`,
});

/** Pairs of companies that somebody keeps apart, as they stand now. */
export const listCompaniesApart = pgQuery({
  name: 'unify.listCompaniesApart',
  params: { workspace: 'int4' },
  row: { low: 'int8', high: 'int8' },
  text: `
    select coalesce(a.root_number, a.number) as low, coalesce(b.root_number, b.number) as high
    from unify.company_kept_apart as kept
    join unify.company as a on a.workspace_id = :workspace and a.number = kept.low_number
    join unify.company as b on b.workspace_id = :workspace and b.number = kept.high_number
    where kept.workspace_id = :workspace and coalesce(a.root_number, a.number) <> coalesce(b.root_number, b.number)`,
});

export const recordCompanyMerges = pgQuery({
  name: 'unify.recordCompanyMerges',
  params: {
    workspace: 'int4',
    at: 'timestamptz',
    winners: 'int8[]',
    losers: 'int8[]',
    kinds: 'text[]',
    runs: 'int8[]',
    evidence: 'jsonb[]',
  },
  row: { id: 'int8', loser_number: 'int8' },
  text: `
    insert into unify.company_merge (workspace_id, winner_number, loser_number, at, kind, run_id, evidence)
    select :workspace, winner_number, loser_number, :at, kind, run_id, evidence
    from unnest(:winners, :losers, :kinds, :runs, :evidence) as merged (winner_number, loser_number, kind, run_id, evidence)
    returning id, loser_number`,
});

/** Puts merged companies, and what stood under them, under their new root. Indexes company_number, company_root. */
export const moveCompanies = pgQuery({
  name: 'unify.moveCompanies',
  params: { workspace: 'int4', losers: 'int8[]', roots: 'int8[]', merges: 'int8[]' },
  row: {},
  text: `
    update unify.company
    set root_number = moved.root_number,
      merge_id = case when company.number = moved.loser_number then moved.merge_id else company.merge_id end
    from unnest(:losers, :roots, :merges) as moved (loser_number, root_number, merge_id)
    where company.workspace_id = :workspace
      and (company.number = moved.loser_number or company.root_number = moved.loser_number)`,
});

export const listStandingCompanyMerges = pgQuery({
  name: 'unify.listStandingCompanyMerges',
  params: { workspace: 'int4', run: 'int8', limit: 'int4' },
  row: { id: 'int8', winner_id: 'int8', loser_id: 'int8' },
  text: `
    select id, winner_number as winner_id, loser_number as loser_id from unify.company_merge
    where workspace_id = :workspace and run_id = :run and undone_at is null order by id desc limit :limit`,
});

export const cutCompanyMerges = pgQuery({
  name: 'unify.cutCompanyMerges',
  params: { workspace: 'int4', ids: 'int8[]', at: 'timestamptz', actor: 'text' },
  row: { root_number: 'int8' },
  text: `
    with undone as (
      update unify.company_merge set undone_at = :at, undone_by = :actor
      where workspace_id = :workspace and id = any(:ids) and undone_at is null
      returning id, loser_number
    )
    update unify.company set merge_id = null
    from undone
    where company.workspace_id = :workspace and company.number = undone.loser_number and company.merge_id = undone.id
    returning coalesce(company.root_number, company.number) as root_number`,
});

/** Puts every company under these roots where the live edges say. Indexes company_root, company_merge_winner. */
export const restandCompanies = pgQuery({
  name: 'unify.restandCompanies',
  params: { workspace: 'int4', roots: 'int8[]' },
  row: {},
  text: `
    with recursive standing as (
      select number, number as root_number from unify.company
      where workspace_id = :workspace and merge_id is null and (number = any(:roots) or root_number = any(:roots))
      union all
      select company.number, standing.root_number
      from standing
      join unify.company_merge as merge
        on merge.workspace_id = :workspace and merge.winner_number = standing.number and merge.undone_at is null
      join unify.company on company.workspace_id = :workspace and company.number = merge.loser_number
        and company.merge_id = merge.id
    )
    update unify.company set root_number = nullif(standing.root_number, company.number)
    from standing
    where company.workspace_id = :workspace and company.number = standing.number
      and coalesce(company.root_number, company.number) <> standing.root_number`,
});

export const keepCompaniesApart = pgQuery({
  name: 'unify.keepCompaniesApart',
  params: { workspace: 'int4', low: 'int8', high: 'int8', at: 'timestamptz', actor: 'text' },
  row: {},
  text: `
    insert into unify.company_kept_apart (workspace_id, low_number, high_number, at, by_actor)
    values (:workspace, :low, :high, :at, :actor) on conflict do nothing`,
});

export const deleteCompaniesApart = pgQuery({
  name: 'unify.deleteCompaniesApart',
  params: { workspace: 'int4', low: 'int8', high: 'int8', at: 'timestamptz' },
  row: {},
  text: `
    delete from unify.company_kept_apart
    where workspace_id = :workspace and low_number = :low and high_number = :high and at = :at`,
});

/** Companies with all that hangs below each, but for merges from a certain one on. Index company_merge_winner. */
export const readCompaniesBelow = pgQuery({
  name: 'unify.readCompaniesBelow',
  params: { workspace: 'int4', tops: 'int8[]', before: 'int8[]' },
  row: { top: 'int8', number: 'int8', group_id: 'text', traits: 'jsonb' },
  text: `
    with recursive below as (
      select asked.top, asked.before, asked.top as number
      from unnest(:tops, :before) as asked (top, before)
      union
      select below.top, below.before, company.number
      from below
      join unify.company_merge as merge on merge.workspace_id = :workspace and merge.winner_number = below.number
        and merge.undone_at is null and (below.before is null or merge.id < below.before)
      join unify.company on company.workspace_id = :workspace and company.number = merge.loser_number
        and company.merge_id = merge.id
    )
    select below.top, company.number, company.group_id, company.traits
    from below join unify.company on company.workspace_id = :workspace and company.number = below.number
    order by below.top, company.last_seen_at, company.number`,
});
