import { pgQuery } from '../../../platform/index.ts';

export const appendOutbox = pgQuery({
  name: 'communicate.appendOutbox',
  params: { workspace: 'int4', profiles: 'int8[]', rows: 'int4', payload: 'bytea' },
  row: {},
  text: `
    insert into communicate.outbox (workspace_id, profiles, rows, payload)
    values (:workspace, :profiles, :rows, :payload)`,
});

/** Gives entries that have none the number they are sent under, one for each workspace. Primary key. */
export const gatherOutbox = pgQuery({
  name: 'communicate.gatherOutbox',
  params: { limit: 'int4' },
  row: {},
  text: `
    with waiting as (
      select id, workspace_id from communicate.outbox where shipment is null order by id limit :limit
      for update skip locked
    ), gathered as (
      select id, max(id) over (partition by workspace_id) as shipment from waiting
    )
    update communicate.outbox set shipment = gathered.shipment from gathered where outbox.id = gathered.id`,
});

/** What is to be sent, oldest first. Primary key. */
export const readOutbox = pgQuery({
  name: 'communicate.readOutbox',
  params: {},
  row: { id: 'int8', workspace_id: 'int4', shipment: 'int8', profiles: 'int8[]', payload: 'bytea' },
  text: `
    select id, workspace_id, shipment, profiles, payload from communicate.outbox
    where shipment is not null order by shipment, id`,
});

export const removeOutbox = pgQuery({
  name: 'communicate.removeOutbox',
  params: { ids: 'int8[]' },
  row: {},
  text: `delete from communicate.outbox where id = any(:ids)`,
});
