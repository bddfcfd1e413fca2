-- Where the short links of text messages, pushes and chats lead. A text has no room for an address inside a signed link; what
-- is signed there names a row of this table. Gone with its message.
create table communicate.short_link (
  workspace_id int not null,
  message_id bigint not null,
  -- Which link of the message, from 0.
  place smallint not null,
  url text not null,
  primary key (workspace_id, message_id, place),
  foreign key (workspace_id, message_id) references communicate.message on delete cascade
);

-- Whose points moved since their balance was last told to ClickHouse: written with the points, gone once it was told.
create table communicate.points_moved (
  workspace_id int not null references govern.workspace on delete cascade,
  profile_id bigint not null,
  -- Counts up with each move: who tells the first must not take away the second.
  moves int not null default 1,
  primary key (workspace_id, profile_id)
);
insert into communicate.points_moved (workspace_id, profile_id) select distinct workspace_id, profile_id from communicate.points;
