import type { Channel, SendingRules } from '@vitrail/contracts';
import { usualRules } from '@vitrail/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openShop, type Shop, testSecrets } from '../../../test/shop.ts';
import { useStores } from '../../../test/stores.ts';
import { pgQuery } from '../../platform/index.ts';
import { type ConsentFact, recordConsents } from '../consent/recordConsents.ts';
import { hashSuppressionsOf } from '../consent/suppression/suppressions.ts';
import { enqueueMessages, type MessageWish } from '../messages/enqueueMessages.ts';
import { writeRules } from '../messages/sql/reading.pg.ts';
import { decide } from './decide.ts';
import type { Decision } from './decision.ts';

const stores = useStores();
let shop: Shop;
beforeEach(async () => {
  stores.clock.set('2026-05-20T12:00:00Z');
  shop = await openShop(stores, { timeZone: 'Europe/Paris' });
});
afterEach(() => shop.pipeline.stop());

const findProfiles = pgQuery({
  name: 'test.gate.findProfiles',
  params: { workspace: 'int4', users: 'text[]' },
  row: { value: 'text', profile_id: 'int8' },
  text: `select value, profile_id from unify.identifier
    where workspace_id = :workspace and namespace = 'user_id' and value = any(:users)`,
});
const findByEmail = pgQuery({
  name: 'test.gate.findByEmail',
  params: { workspace: 'int4', email: 'text' },
  row: { profile_id: 'int8' },
  text: `select profile_id from unify.identifier
    where workspace_id = :workspace and namespace = 'email' and value = :email`,
});
const suppress = pgQuery({
  name: 'test.gate.suppress',
  params: { workspace: 'int4', value: 'text', reason: 'text', at: 'timestamptz' },
  row: {},
  text: `insert into communicate.suppression (workspace_id, channel, value, reason, at, by_actor)
    values (:workspace, 'email', :value, :reason, :at, 'test')`,
});
const markSent = pgQuery({
  name: 'test.gate.markSent',
  params: { workspace: 'int4', ids: 'int8[]', at: 'timestamptz' },
  row: {},
  text: `update communicate.message set state = 'sent', sent_at = :at, claimed_by = null
    where workspace_id = :workspace and id = any(:ids)`,
});

/** Customers of the shop with an address, a phone and whatever else is said of them; their profile rows in order. */
async function people(...traits: Readonly<Record<string, unknown>>[]): Promise<number[]> {
  const users = traits.map((_, index) => `person-${index}`);
  await shop.send(
    ...traits.map((each, index) => ({
      type: 'identify',
      userId: users[index] ?? '',
      timestamp: stores.clock.now().toISOString(),
      traits: { email: `person-${index}@example.com`, phone: `+3361234567${index}`, ...each },
    })),
  );
  const rows = await stores.pg.rows(findProfiles, { workspace: shop.id, users });
  const idOf = new Map(rows.map(({ value, profile_id }) => [value, profile_id]));
  return users.map((user) => idOf.get(user) ?? 0);
}

const said = (profile: number, overrides: Partial<ConsentFact> = {}): ConsentFact => ({
  profile,
  purpose: 'marketing',
  channel: 'email',
  state: 'granted',
  basis: 'consent',
  at: stores.clock.now(),
  expiresAt: null,
  source: 'api',
  actor: 'test',
  proof: {},
  ...overrides,
});

const consent = (...facts: ConsentFact[]): Promise<unknown> =>
  stores.pg.transaction((tx) => recordConsents(tx, { workspace: shop.id, now: stores.clock.now(), facts }));

let asked = 0;
const wish = (profile: number, overrides: Partial<MessageWish> = {}): MessageWish => ({
  profile,
  dedupeKey: `test/${++asked}`,
  channel: 'email',
  purpose: 'marketing',
  kind: 'marketing',
  template: { id: 1, version: 1 },
  origin: { kind: 'journey', id: '1', step: 'mail' },
  dueAt: stores.clock.now(),
  ...overrides,
});

const ask = (...wishes: MessageWish[]): Promise<readonly Decision[]> =>
  stores.pg.transaction(async (tx) => {
    const ids = await enqueueMessages(tx, { workspace: shop.id, now: stores.clock.now(), wishes });
    const passage = { kind: 'claim', worker: 1 } as const;
    const decisions = await decide(tx, {
      workspace: shop.id,
      now: stores.clock.now(),
      ids,
      passage,
      secrets: testSecrets,
    });
    const byId = new Map(decisions.map((each) => [each.id, each]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  });

const words = (decisions: readonly Decision[]): (string | null)[] =>
  decisions.map(({ verdict, reason }) => reason ?? verdict);

const rule = (rules: Partial<SendingRules>): Promise<number> =>
  stores.pg.run(writeRules, { workspace: shop.id, rules: { ...usualRules, ...rules }, now: stores.clock.now() });

describe('consent', () => {
  it('fails closed: without a word of the person nothing of marketing leaves, a transactional message does', async () => {
    const [anna = 0] = await people({});
    expect(words(await ask(wish(anna), wish(anna, { kind: 'transactional' })))).toEqual(['no_consent', 'yes']);
  });

  it('counts for its purpose and channel; one for every channel counts for each', async () => {
    const [mailed = 0, everywhere = 0] = await people({}, {});
    await rule({ quietHours: null });
    await consent(said(mailed), said(everywhere, { channel: '' }));
    const by = (profile: number, channel: Channel, purpose = 'marketing') => wish(profile, { channel, purpose });
    expect(words(await ask(by(mailed, 'email'), by(mailed, 'sms'), by(mailed, 'email', 'advertising')))).toEqual([
      'yes',
      'no_consent',
      'no_consent',
    ]);
    expect(words(await ask(by(everywhere, 'email'), by(everywhere, 'sms')))).toEqual(['yes', 'yes']);
  });

  it('ends with a withdrawal, with its day, and is not there while it waits to be confirmed', async () => {
    const [withdrawn = 0, expired = 0, pending = 0] = await people({}, {}, {});
    const earlier = new Date('2026-05-01T00:00:00Z');
    await consent(
      said(withdrawn, { at: earlier }),
      said(withdrawn, { channel: '', state: 'denied' }),
      said(expired, { at: earlier, expiresAt: new Date('2026-05-20T00:00:00Z') }),
      said(pending, { state: 'pending' }),
    );
    expect(words(await ask(wish(withdrawn), wish(expired), wish(pending)))).toEqual([
      'no_consent',
      'no_consent',
      'no_consent',
    ]);
  });

  it('a withdrawal between the claim and the hand-over stops the message', async () => {
    const [anna = 0] = await people({});
    await consent(said(anna));
    const [claimed] = await ask(wish(anna));
    expect(claimed?.verdict).toBe('yes');
    stores.clock.advance(1_000);
    await consent(said(anna, { state: 'denied', channel: '' }));
    const again = await stores.pg.transaction((tx) =>
      decide(tx, {
        workspace: shop.id,
        now: stores.clock.now(),
        ids: [claimed?.id ?? 0],
        passage: { kind: 'send', worker: 1 },
        secrets: testSecrets,
      }),
    );
    // Recording the withdrawal took the message back, or the gate did: it is not handed over.
    expect(again.filter(({ verdict }) => verdict === 'yes')).toEqual([]);
  });
});

describe('addresses', () => {
  it('nothing goes where there is none, or to one that bounced, not even what is transactional', async () => {
    const [bounced = 0, complained = 0] = await people({}, {});
    const [nobody = 0] = await people({ email: undefined, phone: undefined }).then(() =>
      stores.pg
        .rows(findProfiles, { workspace: shop.id, users: ['person-0'] })
        .then((rows) => rows.map((row) => row.profile_id)),
    );
    await consent(said(bounced), said(complained));
    const at = stores.clock.now();
    await stores.pg.run(suppress, { workspace: shop.id, value: 'person-0@example.com', reason: 'bounce', at });
    await stores.pg.run(suppress, { workspace: shop.id, value: 'person-1@example.com', reason: 'complaint', at });
    const transactional = { kind: 'transactional' } as const;
    expect(
      words(
        await ask(
          wish(bounced),
          wish(bounced, transactional),
          wish(complained),
          wish(complained, transactional),
          wish(nobody, { ...transactional, channel: 'webpush' }),
        ),
      ),
    ).toEqual(['suppressed', 'suppressed', 'suppressed', 'yes', 'no_address']);
  });

  it('an address fixed by the caller is used as it is', async () => {
    const [anna = 0] = await people({});
    const [decision] = await ask(wish(anna, { kind: 'test', address: 'colleague@example.com' }));
    expect(decision).toMatchObject({ verdict: 'yes', address: 'colleague@example.com' });
  });
});

describe('the address of somebody who was erased', () => {
  /** As an erasure leaves them: on the list, and readable by nobody. */
  async function forget(...emails: readonly { value: string; reason: string }[]): Promise<void> {
    const at = stores.clock.now();
    for (const { value, reason } of emails) await stores.pg.run(suppress, { workspace: shop.id, value, reason, at });
    await hashSuppressionsOf(
      { pg: stores.pg, secrets: testSecrets },
      shop.id,
      emails.map(({ value }) => ({ namespace: 'email', value })),
    );
  }

  it('is written to no more when it comes back, for any message its reason forbids', async () => {
    await forget(
      { value: 'person-0@example.com', reason: 'bounce' },
      { value: 'person-1@example.com', reason: 'complaint' },
    );
    const [bounced = 0, complained = 0, other = 0] = await people({}, {}, {});
    await consent(said(bounced), said(complained), said(other));
    const transactional = { kind: 'transactional' } as const;
    expect(
      words(
        await ask(
          wish(bounced),
          wish(bounced, transactional),
          wish(complained),
          wish(complained, transactional),
          wish(other),
          wish(other, { kind: 'test', address: 'person-0@example.com' }),
        ),
      ),
    ).toEqual(['suppressed', 'suppressed', 'suppressed', 'yes', 'yes', 'suppressed']);
  });

  it('stays left out: nobody takes the message up again', async () => {
    await forget({ value: 'person-0@example.com', reason: 'unsubscribed' });
    const [gone = 0] = await people({});
    await consent(said(gone));
    const [decision] = await ask(wish(gone));
    const again = await stores.pg.transaction((tx) =>
      decide(tx, {
        workspace: shop.id,
        now: stores.clock.now(),
        ids: [decision?.id ?? 0],
        passage: { kind: 'claim', worker: 1 },
        secrets: testSecrets,
      }),
    );
    expect([decision?.reason, again]).toEqual(['suppressed', []]);
  });
});

describe('caps', () => {
  it('count what went out before and what competes now; the more important message wins', async () => {
    const [anna = 0] = await people({});
    await consent(said(anna));
    await rule({ caps: [{ channel: 'email', purpose: null, engagement: null, max: 2, days: 7 }] });
    const first = await ask(wish(anna));
    await stores.pg.run(markSent, { workspace: shop.id, ids: first.map(({ id }) => id), at: stores.clock.now() });
    expect(words(await ask(wish(anna), wish(anna, { priority: 5 }), wish(anna, { kind: 'transactional' })))).toEqual([
      'capped',
      'yes',
      'yes',
    ]);
  });

  it('hold among hundreds as among few', async () => {
    const profiles = await people(...Array.from({ length: 9 }, () => ({})));
    const [refused, ...agreed] = profiles;
    await consent(...agreed.map((profile) => said(profile)));
    await rule({ caps: [{ channel: 'email', purpose: null, engagement: null, max: 3, days: 7 }] });
    const wishes = profiles.flatMap((profile) =>
      Array.from({ length: 25 }, (_, priority) => wish(profile, { priority })),
    );
    const decisions = await ask(...wishes);
    expect(words(decisions)).toEqual(
      wishes.map(({ profile, priority = 0 }) => {
        if (profile === refused) return 'no_consent';
        return priority >= 22 ? 'yes' : 'capped';
      }),
    );
  });

  it('let go of what is older than their days', async () => {
    const [anna = 0] = await people({});
    await consent(said(anna));
    await rule({ caps: [{ channel: null, purpose: null, engagement: null, max: 1, days: 7 }] });
    const first = await ask(wish(anna));
    await stores.pg.run(markSent, { workspace: shop.id, ids: first.map(({ id }) => id), at: stores.clock.now() });
    stores.clock.advance(6 * 86_400_000);
    expect(words(await ask(wish(anna)))).toEqual(['capped']);
    stores.clock.advance(2 * 86_400_000);
    expect(words(await ask(wish(anna)))).toEqual(['yes']);
  });

  it('may be narrower for people who have not been seen for long', async () => {
    const [anna = 0] = await people({});
    await consent(said(anna));
    await rule({ caps: [{ channel: 'email', purpose: null, engagement: 'inactive', max: 0, days: 7 }] });
    expect(words(await ask(wish(anna)))).toEqual(['yes']);
    stores.clock.advance(200 * 86_400_000);
    expect(words(await ask(wish(anna)))).toEqual(['capped']);
  });
});

describe('quiet hours', () => {
  it('hold a text message until the morning of the person, not of the shop', async () => {
    const [paris = 0, montreal = 0] = await people({}, { timezone: 'America/Montreal' });
    await consent(said(paris, { channel: '' }), said(montreal, { channel: '' }));
    // 22:30 in Paris, 16:30 in Montreal.
    stores.clock.set('2026-05-20T20:30:00Z');
    const decisions = await ask(wish(paris, { channel: 'sms' }), wish(montreal, { channel: 'sms' }));
    expect(words(decisions)).toEqual(['quiet_hours', 'yes']);
    expect(decisions[0]).toMatchObject({ verdict: 'wait', until: new Date('2026-05-21T06:00:00Z') });
  });

  it('end at the same wall-clock hour in the nights the clocks change', async () => {
    const [anna = 0] = await people({ timezone: 'Europe/Paris' });
    await consent(said(anna, { channel: '' }));
    // Summer time began on 29 March 2026, and ends on 25 October.
    stores.clock.set('2026-03-28T21:00:00Z');
    expect((await ask(wish(anna, { channel: 'sms' })))[0]?.until).toEqual(new Date('2026-03-29T06:00:00Z'));
    stores.clock.set('2026-10-24T22:30:00Z');
    expect((await ask(wish(anna, { channel: 'sms' })))[0]?.until).toEqual(new Date('2026-10-25T07:00:00Z'));
  });

  it('a zone nobody knows is that of the shop', async () => {
    const [anna = 0] = await people({ timezone: 'Mars/Olympus' });
    await consent(said(anna, { channel: '' }));
    stores.clock.set('2026-05-20T20:30:00Z');
    expect(words(await ask(wish(anna, { channel: 'sms' })))).toEqual(['quiet_hours']);
  });
});

describe('one message', () => {
  it('goes once to two profiles that became one person while it was queued', async () => {
    const [one = 0] = await people({});
    await shop.send({ type: 'identify', anonymousId: 'visitor', traits: { email: 'second@example.com' } });
    const other =
      (await stores.pg.row(findByEmail, { workspace: shop.id, email: 'second@example.com' }))?.profile_id ?? 0;
    await consent(said(one), said(other));
    await shop.send({ type: 'identify', userId: 'person-0', traits: { email: 'second@example.com' } });
    const origin = { kind: 'campaign', id: '999' } as const;
    const decisions = await ask(wish(one, { origin }), wish(other, { origin }));
    expect(words(decisions).toSorted()).toEqual(['already_sent', 'yes']);
  });

  it('is asked for twice under one key and exists once', async () => {
    const [anna = 0] = await people({});
    await consent(said(anna));
    const same = wish(anna);
    const ids = await stores.pg.transaction((tx) =>
      enqueueMessages(tx, { workspace: shop.id, now: stores.clock.now(), wishes: [same, same] }),
    );
    expect(new Set(ids).size).toBe(1);
  });

  it('is asked for again beside a new one: the first stays the first', async () => {
    const [anna = 0] = await people({});
    const [same, other] = [wish(anna), wish(anna)];
    const enqueue = (...wishes: MessageWish[]) =>
      stores.pg.transaction((tx) => enqueueMessages(tx, { workspace: shop.id, now: stores.clock.now(), wishes }));
    const [first] = await enqueue(same);
    const [fresh, again] = await enqueue(other, same);
    expect(again).toBe(first);
    expect(fresh).not.toBe(first);
    expect(await enqueue(same, other)).toEqual([first, fresh]);
  });
});

it('a holdout of the workspace gets no marketing, always the same people', async () => {
  const profiles = await people({}, {}, {}, {}, {}, {}, {}, {}, {});
  await consent(...profiles.map((profile) => said(profile)));
  await rule({ holdout: 0.5 });
  const first = words(await ask(...profiles.map((profile) => wish(profile))));
  const second = words(await ask(...profiles.map((profile) => wish(profile))));
  expect(second).toEqual(first);
  expect(new Set(first)).toEqual(new Set(['yes', 'holdout']));
});
