import { pgQuery } from '../../../platform/index.ts';

/** All rows of the customers these profile rows belong to. Primary key, index profile_root. */
export const readPeople = pgQuery({
  name: 'communicate.readPeople',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { asked: 'int8', root: 'int8', id: 'int8', traits: 'jsonb' },
  text: `
    select profile.id as asked, profile.root_id as root, member.id, member.traits
    from unify.profile
    join unify.profile as member on member.workspace_id = profile.workspace_id and member.root_id = profile.root_id
    where profile.workspace_id = :workspace and profile.id = any(:profiles)
    order by profile.id, member.id`,
});

/** What these customers bought. Index order_profile. */
export const readOrderTotals = pgQuery({
  name: 'communicate.readOrderTotals',
  params: { workspace: 'int4', members: 'int8[]', roots: 'int8[]' },
  row: { root: 'int8', orders: 'int4', total: 'float8', last_at: 'timestamptz?' },
  text: `
    select whose.root, count(*)::int4 as orders,
      coalesce(sum(bought.base_total - bought.base_refunded), 0)::float8 as total, max(bought.ordered_at) as last_at
    from unnest(:members, :roots) as whose (member, root)
    join unify."order" as bought on bought.workspace_id = :workspace and bought.profile_id = whose.member
    where bought.status is not null and bought.status <> 'cancelled'
    group by whose.root`,
});

/** Seen last: somebody to try a template with. Index profile_root of the workspace; the newest of the newest 2,000 rows. */
export const findSamples = pgQuery({
  name: 'communicate.findSamplePeople',
  params: { workspace: 'int4', limit: 'int4' },
  row: { id: 'int8' },
  text: `
    select id from (
      select id, root_id, last_seen_at from unify.profile
      where workspace_id = :workspace order by id desc limit 2000
    ) as newest
    where id = root_id order by last_seen_at desc, id limit :limit`,
});
