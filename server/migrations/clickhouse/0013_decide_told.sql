-- Changes that are none for the person, as when two members become one, change the size and are no entry or exit.
alter table membership_changes add column if not exists told Bool default true;
