import { pgQuery } from '../../../platform/index.ts';

/** Written out once more, a message may lead elsewhere: nobody has seen the first. Primary keys. */
export const keepShortLinks = pgQuery({
  name: 'communicate.keepShortLinks',
  params: { workspace: 'int4', messages: 'int8[]', places: 'int4[]', urls: 'text[]' },
  row: {},
  text: `
    insert into communicate.short_link (workspace_id, message_id, place, url)
    select :workspace, link.message, link.place, link.url
    from unnest(:messages, :places, :urls) as link (message, place, url)
    join communicate.message on message.workspace_id = :workspace and message.id = link.message
    on conflict (workspace_id, message_id, place) do update set url = excluded.url`,
});

/** Primary key. */
export const findShortLink = pgQuery({
  name: 'communicate.findShortLink',
  params: { workspace: 'int4', message: 'int8', place: 'int4' },
  row: { url: 'text' },
  text: `
    select url from communicate.short_link
    where workspace_id = :workspace and message_id = :message and place = :place`,
});
