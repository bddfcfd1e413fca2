import { pgQuery } from '../../../platform/index.ts';

/** Once a second at most: nobody waits for a row that everybody writes. By this server's clock. Primary key. */
export const markChanged = pgQuery({
  name: 'communicate.markCampaignsChanged',
  params: { workspace: 'int4', ids: 'int4[]' },
  row: {},
  text: `
    update communicate.campaign set changed_at = clock_timestamp()
    from (
      select id from communicate.campaign
      where workspace_id = :workspace and id = any(:ids)
        and (changed_at is null or changed_at < clock_timestamp() - interval '1 second')
      order by id for update
    ) as due
    where campaign.workspace_id = :workspace and campaign.id = due.id`,
});
