-- What visitors answer to forms, quizzes, wheels and surveys, and what they draw.

-- One answer, once, however often a page sends it. The proof of what was agreed to, where and when.
create table experience.answer (
  workspace_id int not null references govern.workspace on delete cascade,
  -- Given by the page.
  message_id text not null,
  experience_id int not null,
  variant text not null,
  -- Of the experience, as the page had it.
  version int not null,
  at timestamptz not null,
  -- Null until the pipeline knows whose it is.
  profile_id bigint,
  -- {trait: value or list}
  answers jsonb not null,
  -- Of a quiz.
  outcome text not null default '',
  -- {"purpose", "channel", "text", "language"}; null: they did not agree, or nothing was asked.
  consent jsonb,
  -- {"page", "language", "ip" (truncated), "userAgent"}
  proof jsonb not null,
  -- What became of the consent: 'due', then 'asked', 'granted' (they allow it already), 'limited' (asked enough for a day)
  -- or 'no_address'.
  consent_state text check (consent_state in ('due', 'asked', 'granted', 'limited', 'no_address')),
  -- The pending entry of the ledger, and the profile row that holds the address.
  consent_entry bigint,
  consent_profile bigint,
  primary key (workspace_id, message_id),
  foreign key (workspace_id, experience_id) references experience.experience on delete cascade
);
create index answer_experience on experience.answer (workspace_id, experience_id, at);
create index answer_profile on experience.answer (workspace_id, profile_id);
create index answer_unclaimed on experience.answer (workspace_id, at) where profile_id is null;
create index answer_due on experience.answer (workspace_id, at) where consent_state = 'due' and profile_id is not null;
create index answer_entry on experience.answer (workspace_id, consent_entry) where consent_entry is not null;

-- One message to an address in a day asks to confirm, whoever sends the form how often.
create table experience.asked_address (
  workspace_id int not null references govern.workspace on delete cascade,
  -- The profile row that holds the address.
  profile_id bigint not null,
  channel text not null,
  at timestamptz not null,
  primary key (workspace_id, profile_id, channel)
);

-- What somebody got: the segment of a wheel ('' for the coupon of a form), with the chances as they were told.
create table experience.draw (
  workspace_id int not null references govern.workspace on delete cascade,
  id bigint generated always as identity,
  experience_id int not null,
  variant text not null,
  profile_id bigint not null,
  segment text not null,
  -- '' and null where nothing was won.
  offer text not null,
  code text,
  chances jsonb not null,
  at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, experience_id) references experience.experience on delete cascade
);
create index draw_person on experience.draw (workspace_id, profile_id, experience_id);
create index draw_experience on experience.draw (workspace_id, experience_id, at);

-- Questions that somebody closed without an answer: asked again only after a while.
create table experience.asked_trait (
  workspace_id int not null references govern.workspace on delete cascade,
  profile_id bigint not null,
  trait text not null,
  at timestamptz not null,
  primary key (workspace_id, profile_id, trait)
);
