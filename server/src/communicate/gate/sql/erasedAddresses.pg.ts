import { pgQuery } from '../../../platform/index.ts';

/**
 * Of messages that may go out, those to an address that an erased person left on the list, as a keyed hash: by the same
 * rules as the addresses that are still readable. Primary keys of suppression and message.
 */
export const skipErased = pgQuery({
  name: 'communicate.skipErased',
  params: { workspace: 'int4', ids: 'int8[]', hashes: 'text[]', now: 'timestamptz' },
  row: { id: 'int8' },
  text: `
    update communicate.message
    set state = 'skipped', reason = 'suppressed', address = null, claimed_by = null, decided_at = :now
    from unnest(:ids, :hashes) as asked (id, hash), communicate.suppression
    where message.workspace_id = :workspace and message.id = asked.id
      and suppression.workspace_id = :workspace and suppression.channel = message.channel
      and suppression.value = asked.hash
      and (message.kind = 'marketing' or suppression.reason in ('bounce', 'manual', 'imported'))
    returning message.id`,
});

/** Places, from 1, of the hashes that are on the list of a channel. Primary key. */
export const findErased = pgQuery({
  name: 'communicate.findErasedAddresses',
  params: { workspace: 'int4', channel: 'text', hashes: 'text[]' },
  row: { place: 'int8' },
  text: `
    select asked.place
    from unnest(:hashes) with ordinality as asked (hash, place)
    join communicate.suppression on suppression.workspace_id = :workspace and suppression.channel = :channel
      and suppression.value = asked.hash`,
});
