-- Who was given what where the server decides (messages, journeys, recommendations), and how bandits share people out.

-- The variation a profile row was given. It stays when weights change, follows merges by its root, and comes back with an
-- un-merge. Exposed: they truly got it; told once.
create table experience.assigned (
  workspace_id int not null references govern.workspace on delete cascade,
  experiment_id int not null,
  profile_id bigint not null,
  bucket_version int not null,
  variation text not null,
  at timestamptz not null,
  exposed_at timestamptz,
  primary key (workspace_id, experiment_id, profile_id),
  foreign key (workspace_id, experiment_id) references experience.experiment on delete cascade
) with (fillfactor = 80);
create index assigned_profile on experience.assigned (workspace_id, profile_id);

-- How a bandit shares out those who come, from a moment on. Never changed: the next phase follows.
create table experience.phase (
  workspace_id int not null references govern.workspace on delete cascade,
  experiment_id int not null,
  bucket_version int not null,
  phase int not null,
  at timestamptz not null,
  weights float8[] not null,
  -- People in each variation when it was reckoned.
  people bigint[] not null,
  primary key (workspace_id, experiment_id, bucket_version, phase),
  foreign key (workspace_id, experiment_id) references experience.experiment on delete cascade
);

-- Since when the present share of people is held out of everything; null while nobody is.
alter table experience.setting add column held_since timestamptz;
update experience.setting set held_since = now() where global_holdout > 0;
