import { pgQuery } from '../../../platform/index.ts';

/** All profile rows of the customer that a row belongs to, none when they were erased. Primary key, index profile_root. */
export const listPartsOf = pgQuery({
  name: 'communicate.listPartsOf',
  params: { workspace: 'int4', profile: 'int8' },
  row: { id: 'int8', root_id: 'int8' },
  text: `
    select part.id, part.root_id
    from unify.profile as own
    join unify.profile as part on part.workspace_id = :workspace and part.root_id = own.root_id
    where own.workspace_id = :workspace and own.id = :profile`,
});

/**
 * The profile row that a message spoke to: the holder of the address it went to, else the one it was asked for. Nothing
 * when the person was erased. Primary keys, index identifier_exclusive.
 */
export const findAddressee = pgQuery({
  name: 'communicate.findAddressee',
  params: { workspace: 'int4', message: 'int8', profile: 'int8', namespace: 'text' },
  row: { id: 'int8', address: 'text?' },
  text: `
    select coalesce(
        (select profile_id from unify.identifier
         where workspace_id = :workspace and namespace = :namespace and value = sent.address and not shared),
        profile.id) as id,
      sent.address
    from unify.profile
    left join lateral (
      select coalesce(message.address, message.given_address) as address from communicate.message
      where message.workspace_id = :workspace and message.id = :message
    ) as sent on true
    where profile.workspace_id = :workspace and profile.id = :profile`,
});

/** What a page needs to know of a customer and their shop. Primary keys, index profile_root. */
export const readPageFacts = pgQuery({
  name: 'communicate.readPageFacts',
  params: { workspace: 'int4', profile: 'int8' },
  row: { shop: 'text', shop_language: 'text', language: 'text?' },
  text: `
    select workspace.name as shop, workspace.language as shop_language,
      (select coalesce(part.traits -> 'language' ->> 'value', part.traits -> 'locale' ->> 'value')
       from unify.profile as own
       join unify.profile as part on part.workspace_id = :workspace and part.root_id = own.root_id
       where own.workspace_id = :workspace and own.id = :profile
         and coalesce(part.traits -> 'language' ->> 'value', part.traits -> 'locale' ->> 'value') is not null
       order by part.last_seen_at desc limit 1) as language
    from govern.workspace where id = :workspace`,
});

/** Addresses of customers by channel's namespace. Index identifier_profile. */
export const listAddresses = pgQuery({
  name: 'communicate.listAddresses',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { profile_id: 'int8', namespace: 'text', value: 'text', last_seen_at: 'timestamptz' },
  text: `
    select profile_id, namespace, value, last_seen_at from unify.identifier
    where workspace_id = :workspace and profile_id = any(:profiles)
      and namespace in ('email', 'phone', 'webpush', 'device_token')
    order by last_seen_at desc, value`,
});
