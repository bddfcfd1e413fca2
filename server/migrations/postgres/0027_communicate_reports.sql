-- What became of messages, ready to be counted: reports, and the numbers of campaigns.

-- What came back of a message, beside its state: 1 delivered, 2 opened, 4 clicked (both by the person, not a machine),
-- 8 bounced, 16 complained, 32 unsubscribed, 64 replied. The rows of communicate.feedback in one number.
alter table communicate.message add column news smallint not null default 0;
-- Where mail went, without the person.
alter table communicate.message add column domain text generated always as (
  case when channel = 'email' then nullif(lower(split_part(address, '@', 2)), '') end) stored;
update communicate.message set news = told.news
from (
  select workspace_id, message_id, bit_or(case
    when kind = 'delivered' then 1
    when kind = 'opened' and not machine then 2
    when kind = 'clicked' and not machine then 4
    when kind = 'bounced' then 8
    when kind = 'complained' then 16
    when kind = 'unsubscribed' then 32
    when kind = 'replied' then 64
    else 0 end) as news
  from communicate.feedback group by workspace_id, message_id
) as told
where message.workspace_id = told.workspace_id and message.id = told.message_id;

-- Counted from this index alone.
create index message_reported on communicate.message (workspace_id, sent_at)
  include (id, state, kind, channel, origin, origin_id, step, template_id, variant, provider, domain, news)
  where sent_at is not null;
-- The index is read alone only where pages are known to be visible to everyone.
alter table communicate.message set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);

-- The message an order is put down to: the last one handed over to the customer before they ordered. What the order is
-- worth is read from the order.
create table communicate.order_credit (
  workspace_id int not null,
  order_id text not null,
  message_id bigint not null,
  -- Of the message.
  sent_at timestamptz not null,
  -- From the message to the order.
  after interval not null,
  primary key (workspace_id, order_id),
  foreign key (workspace_id, message_id) references communicate.message on delete cascade
);
create index order_credit_message on communicate.order_credit (workspace_id, message_id);
create index order_credit_sent on communicate.order_credit (workspace_id, sent_at);

-- A campaign's numbers as they were counted last, and when something of it changed last (by this server's clock).
alter table communicate.campaign add column counts jsonb;
alter table communicate.campaign add column counted_at timestamptz;
alter table communicate.campaign add column changed_at timestamptz;

-- How links of marketing messages are marked for analytics: {source, medium, campaign, content}. None: not at all.
create table communicate.link_marks (
  workspace_id int primary key references govern.workspace on delete cascade,
  marks jsonb not null,
  updated_at timestamptz not null
);
