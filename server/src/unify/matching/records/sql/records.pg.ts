import { pgQuery } from '../../../../platform/index.ts';

/**
 * One writer of a workspace's records at a time, so that the version taken first was also read first. Held until commit.
 */
export const lockRecords = pgQuery({
  name: 'unify.lockMatchRecords',
  params: { workspace: 'int4' },
  row: { version: 'int8' },
  text: `
    select nextval('unify.match_version')::int8 as version
    from (select pg_advisory_xact_lock(7404, :workspace)) as lock`,
});

export const nextVersion = pgQuery({
  name: 'unify.nextMatchVersion',
  params: {},
  row: { version: 'int8' },
  text: `select nextval('unify.match_version')::int8 as version`,
});

/** Roots by id, a page at a time. Primary key. */
export const pageRoots = pgQuery({
  name: 'unify.pageMatchRoots',
  params: { workspace: 'int4', after: 'int8', limit: 'int4' },
  row: { id: 'int8' },
  text: `
    select id from unify.profile
    where workspace_id = :workspace and id > :after and root_id = id order by id limit :limit`,
});

export const countRoots = pgQuery({
  name: 'unify.countMatchRoots',
  params: { workspace: 'int4' },
  row: { records: 'int4' },
  text: `select count(*)::int as records from unify.profile where workspace_id = :workspace and root_id = id`,
});

/** Companies that stand for themselves, a page at a time. Index company_number. */
export const pageCompanies = pgQuery({
  name: 'unify.pageMatchCompanies',
  params: { workspace: 'int4', after: 'int8', limit: 'int4' },
  row: { number: 'int8' },
  text: `
    select number from unify.company
    where workspace_id = :workspace and number > :after and root_number is null order by number limit :limit`,
});

export const countCompanies = pgQuery({
  name: 'unify.countMatchCompanies',
  params: { workspace: 'int4' },
  row: { records: 'int4' },
  text: `
    select count(*)::int as records from unify.company where workspace_id = :workspace and root_number is null`,
});

/** These companies with everything merged into each, newest statements last. Indexes company_number, company_root. */
export const readCompanies = pgQuery({
  name: 'unify.readMatchCompanies',
  params: { workspace: 'int4', numbers: 'int8[]' },
  row: { number: 'int8', root_number: 'int8', group_id: 'text', traits: 'jsonb' },
  text: `
    select number, coalesce(root_number, number) as root_number, group_id, traits from unify.company
    where workspace_id = :workspace and (root_number = any(:numbers) or (root_number is null and number = any(:numbers)))
    order by last_seen_at, number`,
});
