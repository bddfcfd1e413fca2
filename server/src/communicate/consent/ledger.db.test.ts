import { describe, expect, it } from 'vitest';
import { byMail, fact, said, useConsents, zoe } from '../../../test/consents.ts';
import { openShop, testSecrets } from '../../../test/shop.ts';
import { pgQuery } from '../../platform/index.ts';
import { followConsents } from './deriveConsents.ts';
import { checkLedger, exportLedger } from './exportLedger.ts';
import { eraseConsentsOf, exportConsents } from './personalData.ts';
import { addSuppression, listSuppressedOf, pageSuppressions } from './suppression/suppressions.ts';

const { stores, shop, open, later, holder, why, record } = useConsents();

const tamper = pgQuery({
  name: 'test.consents.tamper',
  params: { workspace: 'int4', id: 'int8', state: 'text' },
  row: {},
  text: `update communicate.consent set state = :state where workspace_id = :workspace and id = :id`,
});
const remove = pgQuery({
  name: 'test.consents.remove',
  params: { workspace: 'int4', id: 'int8' },
  row: {},
  text: `delete from communicate.consent where workspace_id = :workspace and id = :id`,
});
const countLeft = pgQuery({
  name: 'test.consents.countLeft',
  params: { workspace: 'int4', profiles: 'int8[]' },
  row: { entries: 'int8', states: 'int8', proofs: 'int8' },
  text: `
    select (select count(*) from communicate.consent where workspace_id = :workspace and profile_id = any(:profiles)) as entries,
      (select count(*) from communicate.consent_state where workspace_id = :workspace and profile_id = any(:profiles)) as states,
      (select count(*) from communicate.consent where workspace_id = :workspace and proof::text like '%Chrome%') as proofs`,
});

describe('the ledger', () => {
  it('keeps the newest statement whatever order they arrive in, and a refusal at the same instant', async () => {
    await open();
    await shop.send({ type: 'identify', userId: 'u1', traits: zoe });
    const profile = await holder(byMail);
    const [old, newer] = [new Date('2026-01-01T00:00:00Z'), new Date('2026-03-01T00:00:00Z')];
    await record(fact(profile, newer));
    const late = await record(fact(profile, old, { state: 'denied' }));
    expect(late.entries[0]).toMatchObject({ isNew: true, counts: false });
    expect(await why(byMail)).toBe('granted');
    await record(fact(profile, newer, { state: 'denied' }));
    expect(await why(byMail)).toBe('refused');
    await record(fact(profile, newer, { basis: 'soft_opt_in' }));
    expect(await why(byMail)).toBe('refused');
  });

  it('writes a repeat once: the same statement, or the same key', async () => {
    await open();
    await shop.send({ type: 'identify', userId: 'u1', traits: zoe });
    const profile = await holder(byMail);
    const at = stores.clock.now();
    const first = await record(fact(profile, at), fact(profile, at));
    expect(first.entries[0]?.id).toBe(first.entries[1]?.id);
    expect((await record(fact(profile, at))).entries).toEqual([
      { id: first.entries[0]?.id, isNew: false, counts: false },
    ]);
    const keyed = await record(fact(profile, later(1), { proof: { key: 'form-1' } }));
    const again = await record(fact(profile, later(1), { state: 'denied', proof: { key: 'form-1' } }));
    expect(again.entries[0]).toEqual({ id: keyed.entries[0]?.id, isNew: false, counts: false });
    expect(await why(byMail)).toBe('granted');
  });

  it('shows every entry that was changed or taken out, and holds after an erasure', async () => {
    await open();
    await shop.send({ type: 'identify', userId: 'u1', traits: zoe });
    await shop.send({ type: 'identify', userId: 'u2', traits: { email: 'leo@example.fr' } });
    const [a, b] = [await holder(byMail), await holder('email:leo@example.fr')];
    const ids: number[] = [];
    for (const profile of [a, b, a, b])
      ids.push(
        (await record(fact(profile, later(1), { proof: { userAgent: 'Chrome', ip: '203.0.113.9' } }))).entries[0]?.id ??
          0,
      );
    const [, second = 0, third = 0] = ids;
    expect(await checkLedger(stores.pg, shop.id)).toEqual({ entries: 4, erased: 0, ok: true, brokenAt: null });
    await stores.pg.run(tamper, { workspace: shop.id, id: second, state: 'denied' });
    expect(await checkLedger(stores.pg, shop.id)).toMatchObject({ ok: false, brokenAt: second });
    await stores.pg.run(tamper, { workspace: shop.id, id: second, state: 'granted' });
    const person = {
      workspaceId: shop.id,
      profileIds: [a],
      identifiers: [{ namespace: 'email', value: 'zoe@example.fr', raw: 'zoe@example.fr' }],
      orderIds: [],
    };
    await eraseConsentsOf({ pg: stores.pg, secrets: testSecrets }, person);
    expect(await checkLedger(stores.pg, shop.id)).toEqual({ entries: 4, erased: 2, ok: true, brokenAt: null });
    let lines = '';
    for await (const part of exportLedger(stores.pg, shop.id)) lines += part;
    expect(lines.trim().split('\n')).toHaveLength(4);
    expect(lines).toContain('203.0.113.0');
    expect(lines).not.toContain('203.0.113.9');
    await stores.pg.run(remove, { workspace: shop.id, id: third });
    expect(await checkLedger(stores.pg, shop.id)).toMatchObject({ ok: false, brokenAt: ids[3] });
  });

  it('takes many statements at once, of many writers at once, and stays one chain', async () => {
    await open();
    const calls = Array.from({ length: 40 }, (_, index) => ({
      type: 'identify',
      userId: `u${index}`,
      traits: { email: `p${index}@example.fr` },
    }));
    await shop.send(...calls);
    const profiles = await Promise.all(calls.map((_, index) => holder(`email:p${index}@example.fr`)));
    const at = stores.clock.now();
    await Promise.all(
      [0, 1, 2, 3].map((part) =>
        record(...profiles.filter((_, index) => index % 4 === part).map((profile) => fact(profile, at))),
      ),
    );
    expect(await checkLedger(stores.pg, shop.id)).toEqual({ entries: 40, erased: 0, ok: true, brokenAt: null });
  });
});

describe('an erasure', () => {
  it('takes what a person said, and leaves their address on the list as a hash', async () => {
    await open();
    await shop.send(said(zoe, { email: true }));
    const profile = await holder(byMail);
    await record(fact(profile, later(1), { proof: { userAgent: 'Chrome' } }));
    const actor = { kind: 'system', id: 'test' } as const;
    const at = { workspace: shop.id, now: stores.clock.now(), actor };
    await addSuppression(stores, at, { channel: 'email', value: ' ZOE@example.fr', detail: '' });
    expect(await listSuppressedOf(stores.pg, shop.id, [profile])).toHaveLength(1);
    const identifiers = [{ namespace: 'email', value: 'zoe@example.fr', raw: 'zoe@example.fr' }];
    const person = { workspaceId: shop.id, profileIds: [profile], identifiers, orderIds: [] };
    expect(JSON.stringify(await exportConsents(stores, person))).toContain('Chrome');
    const secrets = testSecrets;
    expect(await eraseConsentsOf({ pg: stores.pg, secrets }, person)).toEqual({ consents: 2 });
    expect(await eraseConsentsOf({ pg: stores.pg, secrets }, person)).toEqual({ consents: 0 });
    expect(await stores.pg.row(countLeft, { workspace: shop.id, profiles: [profile] })).toEqual({
      entries: 0,
      states: 0,
      proofs: 0,
    });
    const [left] = (await pageSuppressions(stores.pg, shop.id, {})).items;
    expect(left).toMatchObject({ channel: 'email', value: '', erased: true });
  });
});

it('keeps workspaces apart: each has its own chain and its own people', async () => {
  await open();
  await shop.send(said(zoe, { email: true }));
  const first = shop;
  const second = await openShop(stores, { reactors: [followConsents(stores)] });
  await second.send(said(zoe, { email: false }));
  expect(await checkLedger(stores.pg, first.id)).toMatchObject({ entries: 1, ok: true });
  expect(await checkLedger(stores.pg, second.id)).toMatchObject({ entries: 1, ok: true });
  expect(await why(byMail)).toBe('granted');
  await second.pipeline.stop();
});
