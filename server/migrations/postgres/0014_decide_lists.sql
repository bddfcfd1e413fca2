-- Who was put on a list: the profile row that holds the identifier, so that a list follows a merge and its undoing. The
-- memberships of a list are the customers of these rows.
create table decide.list_entry (
  workspace_id int not null,
  profile_id bigint not null,
  segment_id int not null,
  primary key (workspace_id, profile_id, segment_id),
  foreign key (workspace_id, segment_id) references decide.segment on delete cascade
);
create index list_entry_segment on decide.list_entry (workspace_id, segment_id);

insert into decide.list_entry (workspace_id, profile_id, segment_id)
  select membership.workspace_id, membership.profile_id, membership.segment_id
  from decide.membership
  join decide.segment on segment.workspace_id = membership.workspace_id and segment.id = membership.segment_id
  where segment.kind = 'list';

-- What a profile was in when it was merged into another that stayed in: it comes back with these when the merge is undone.
create table decide.former_membership (
  workspace_id int not null,
  profile_id bigint not null,
  segment_id int not null,
  since timestamptz not null,
  primary key (workspace_id, profile_id, segment_id)
);
