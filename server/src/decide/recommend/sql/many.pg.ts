import { pgQuery } from '../../../platform/index.ts';

/** The rows of the customers these profile rows belong to. Primary key, index profile_root. */
export const listMembersOfMany = pgQuery({
  name: 'decide.listMembersOfMany',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { asked: 'int8', root: 'int8', id: 'int8' },
  text: `
    select profile.id as asked, profile.root_id as root, member.id from unify.profile
    join unify.profile as member on member.workspace_id = :workspace and member.root_id = profile.root_id
    where profile.workspace_id = :workspace and profile.id = any(:profiles)`,
});

/**
 * What people bought, without cancelled orders, by profile row: the newest products of each. The orders themselves, not
 * their copy for counting: a few rows by an index cost a tenth here. Index order_profile, primary key of the lines.
 */
export const readBoughtOfMany = pgQuery({
  name: 'decide.readBoughtOfMany',
  params: { workspace: 'int4', members: 'int8[]', bought: 'int4' },
  row: { profile: 'int8', product: 'text', times: 'int8', at: 'int8' },
  text: `
    select profile, product, times, at from (
      select profile, product, times, at, row_number() over (partition by profile order by at desc, product) as place
      from (
        select placed.profile_id as profile, line.product_id as product, count(*) as times,
          (extract(epoch from max(placed.ordered_at)) * 1000)::int8 as at
        from unify."order" as placed
        join unify.order_line as line on line.workspace_id = :workspace and line.order_id = placed.order_id
        where placed.workspace_id = :workspace and placed.profile_id = any(:members)
          and placed.status <> 'cancelled' and placed.ordered_at is not null and line.product_id <> ''
        group by placed.profile_id, line.product_id
      ) as bought
    ) as ranked
    where place <= :bought`,
});
