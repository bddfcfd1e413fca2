import { pgQuery } from '../../../platform/index.ts';

/**
 * Puts orders of these profile rows down to the last marketing message handed over to their customer in the days before
 * they ordered. Once: what is known of a message and an order later changes neither. Indexes order_profile, profile_root,
 * message_person.
 */
export const creditOrders = pgQuery({
  name: 'communicate.creditOrders',
  params: { workspace: 'int4', profiles: 'int8[]', since: 'timestamptz', days: 'int4' },
  row: {},
  text: `
    insert into communicate.order_credit (workspace_id, order_id, message_id, sent_at, after)
    select :workspace, sale.order_id, last.id, last.sent_at, sale.ordered_at - last.sent_at
    from unify."order" as sale
    join unify.profile as own on own.workspace_id = :workspace and own.id = sale.profile_id
    cross join lateral (
      select message.id, message.sent_at
      from unify.profile as member
      join communicate.message on message.workspace_id = :workspace and message.profile_id = member.id
      where member.workspace_id = :workspace and member.root_id = own.root_id and message.kind = 'marketing'
        and message.state in ('sent', 'delivered') and message.sent_at <= sale.ordered_at
        and message.sent_at > sale.ordered_at - make_interval(days => :days)
      order by message.sent_at desc, message.id desc limit 1
    ) as last
    where sale.workspace_id = :workspace and sale.profile_id = any(:profiles) and sale.ordered_at > :since
      and not exists (
        select from communicate.order_credit as known
        where known.workspace_id = :workspace and known.order_id = sale.order_id)
    on conflict do nothing`,
});

/** Whether anything was ever sent: most batches of a young workspace end here. Index message_reported. */
export const hasSent = pgQuery({
  name: 'communicate.hasSent',
  params: { workspace: 'int4', since: 'timestamptz' },
  row: { sent: 'bool' },
  text: `
    select exists (
      select from communicate.message where workspace_id = :workspace and sent_at is not null and sent_at > :since) as sent`,
});
