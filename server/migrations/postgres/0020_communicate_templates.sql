-- What messages say: templates with their versions, parts they share, how each site looks, and pictures.

create table communicate.template (
  workspace_id int not null references govern.workspace on delete cascade,
  id int generated always as identity,
  -- Of those that come with Vitrail ('double_opt_in', 'abandoned_cart'); null for one's own.
  key text,
  name text not null,
  channel text not null,
  -- The newest; messages name theirs.
  version int not null default 1,
  archived_at timestamptz,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index template_key on communicate.template (workspace_id, key) where key is not null;

-- Never changed once written: what was sent can be read again.
create table communicate.template_version (
  workspace_id int not null,
  template_id int not null,
  version int not null,
  -- By channel, with its texts by language: see contracts.
  content jsonb not null,
  note text not null default '',
  created_by text not null,
  created_at timestamptz not null,
  primary key (workspace_id, template_id, version),
  foreign key (workspace_id, template_id) references communicate.template on delete cascade
);

-- Pieces templates take in by name; a change shows in every template from the next message on.
create table communicate.template_part (
  workspace_id int not null references govern.workspace on delete cascade,
  name text not null,
  source text not null,
  updated_by text not null,
  updated_at timestamptz not null,
  primary key (workspace_id, name)
);

-- How messages look and who they are from. `site_id` null: of the workspace, where a site has none.
create table communicate.brand_kit (
  workspace_id int not null references govern.workspace on delete cascade,
  id int generated always as identity,
  site_id int references govern.site on delete cascade,
  -- Colours, logo, sender, footer, postal address: see contracts.
  kit jsonb not null,
  updated_by text not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index brand_kit_site on communicate.brand_kit (workspace_id, coalesce(site_id, 0));

-- Pictures of messages. The id cannot be guessed and is all one needs to see it, as with any picture of a mail.
create table communicate.asset (
  workspace_id int not null references govern.workspace on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null,
  media_type text not null,
  bytes bytea not null,
  width int,
  height int,
  created_by text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index asset_id on communicate.asset (id);
