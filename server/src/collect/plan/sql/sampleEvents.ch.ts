import { chQuery } from '../../../platform/index.ts';

/** The properties of the last events of a name, to propose a schema from. Scans the workspace's event names: an admin's act. */
export const sampleEvents = chQuery({
  name: 'collect.sampleEvents',
  params: { workspace: 'UInt32', event: 'String', limit: 'UInt32' },
  row: { properties: 'String' },
  text: `
    select properties
    from events
    where workspace_id = {workspace:UInt32} and event = {event:String} and type = 'track'
    order by received_at desc
    limit {limit:UInt32}`,
});
