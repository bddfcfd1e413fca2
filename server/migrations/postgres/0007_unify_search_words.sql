-- Every word of a search text has a space before it, the first one too, so that `like '% ma%'` finds beginnings of words:
-- the trigram index answers that for two letters, where `like '%ma%'` reads the whole table.
update unify.profile set search = ' ' || search where search <> '' and search not like ' %';
comment on column unify.profile.search is 'Lower-case, unaccented name, contacts and town of this profile, a space before each word.';
