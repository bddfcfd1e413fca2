import type { SegmentNode } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { auto, member, says, useOutside } from '../../test/outside.ts';
import { encodeProfileId } from '../collect/index.ts';
import { changeConsents } from '../communicate/consent/changeConsents.ts';
import { createDecidedData, listSegmentsBeyond } from '../decide/index.ts';
import { createAskPeople } from '../decide/segments/askPeople.ts';
import { explainSegment } from '../decide/segments/askSegment.ts';
import { createSegment } from '../decide/segments/saveSegment.ts';
import { pgQuery } from '../platform/index.ts';
import { findRoots } from '../unify/index.ts';

const { stores, opened, deps, call, partner, place, whoIs, holder, stored } = useOutside();
const actor = { kind: 'system', id: 'test' } as const;
const day = 86_400_000;

const standingMembers = pgQuery({
  name: 'test.outside.members',
  params: { workspace: 'int4' },
  row: { profile_id: 'int8' },
  text: `select profile_id from decide.membership where workspace_id = :workspace order by profile_id`,
});
const inSegments = async (): Promise<number[]> =>
  (await stores.pg.rows(standingMembers, { workspace: opened().shop.id })).map(({ profile_id }) => profile_id);
const liveSegment = async (): Promise<void> => {
  await createSegment(
    { ...opened().segments.deps, jobs: deps().jobs },
    {
      workspace: opened().shop.id,
      actor,
      name: 'Auto',
      description: '',
      definition: auto,
    },
  );
  await opened().segments.applyWaiting();
};
describe('what a partner says', () => {
  it('counts where the person allows the purpose, and nowhere else', async () => {
    await partner();
    await opened().shop.send(says('yes@x.fr', true), says('no@x.fr', false), says('silent@x.fr'));
    const taken = await place([member('yes@x.fr'), member('no@x.fr'), member('silent@x.fr'), member('nobody@x.fr')]);
    expect(taken).toMatchObject({ taken: 3, unchanged: 0, rejected: [{ index: 3, reason: 'nobody' }] });
    expect(await whoIs()).toBe(1);
    expect(await place([member('yes@x.fr'), member('no@x.fr')])).toMatchObject({ taken: 0, unchanged: 2 });
    expect((await call('GET', '/outside-audiences/segments')).json()).toMatchObject({
      items: [{ segment: 'auto', people: 3, usable: 1 }],
    });
  });

  it('is explained for one person: until when, or why not', async () => {
    await partner();
    await opened().shop.send(
      says('yes@x.fr', true),
      says('no@x.fr', false),
      says('silent@x.fr', true),
      says('late@x.fr', true),
    );
    const soon = new Date(stores.clock.now().getTime() + day).toISOString();
    await place([member('yes@x.fr'), member('no@x.fr'), member('late@x.fr', 'auto', { expiresAt: soon })]);
    stores.clock.advance(2 * day);
    const why = async (email: string, definition: SegmentNode = auto): Promise<string | null | undefined> => {
      const profile = encodeProfileId(await holder(email));
      const asked = { workspace: opened().shop.id, definition, profile, masked: false };
      return (await explainSegment(opened().segments.deps, asked)).conditions[0]?.found;
    };
    expect(await why('yes@x.fr')).toBe('2026-11-16T00:00:00Z');
    expect(await why('no@x.fr')).toBe('outside:refused');
    expect(await why('silent@x.fr')).toBe('outside:nothing');
    expect(await why('late@x.fr')).toBe('outside:over');
    await call('PATCH', '/outside-audiences/acme', { uses: ['ads'] });
    expect(await why('yes@x.fr')).toBe('outside:use');
  });

  it('on legitimate interest counts until the person refuses', async () => {
    await partner({ basis: 'legitimate_interest' });
    await opened().shop.send(says('yes@x.fr', true), says('no@x.fr', false), says('silent@x.fr'));
    await place([member('yes@x.fr'), member('no@x.fr'), member('silent@x.fr')]);
    expect(await whoIs()).toBe(2);
  });

  it('hides with a withdrawal at once, in segments too, and ends with a consent that ends', async () => {
    await partner();
    await opened().shop.send(says('zoe@x.fr', true));
    await place([member('zoe@x.fr')]);
    await liveSegment();
    const zoe = await holder('zoe@x.fr');
    expect(await inSegments()).toEqual([zoe]);
    const state = async (state: 'granted' | 'denied', expiresAt: Date | null = null): Promise<void> => {
      stores.clock.advance(1_000);
      await changeConsents({ ...stores, pipeline: opened().shop.pipeline }, opened().shop.id, [
        {
          profile: zoe,
          purpose: 'advertising',
          channel: '',
          state,
          basis: 'consent',
          at: stores.clock.now(),
          expiresAt,
          source: 'preference_centre',
          actor: 'person',
          proof: {},
        },
      ]);
      await opened().shop.settle();
    };
    await state('denied');
    await expect.poll(() => whoIs(), { timeout: 20_000 }).toBe(0);
    await expect.poll(inSegments, { timeout: 20_000 }).toEqual([]);
    await state('granted', new Date(stores.clock.now().getTime() + 3_600_000));
    await expect.poll(() => whoIs(), { timeout: 20_000 }).toBe(1);
    await expect.poll(inSegments, { timeout: 20_000 }).toEqual([zoe]);
    stores.clock.advance(3_700_000);
    expect(await whoIs()).toBe(0);
    await opened().segments.askDue();
    expect(await inSegments()).toEqual([]);
  });

  it('is over by itself: never kept longer than agreed, whatever the partner states', async () => {
    await partner({ basis: 'legitimate_interest', retentionDays: 10 });
    await opened().shop.send(says('a@x.fr'), says('b@x.fr'), says('c@x.fr'));
    const soon = new Date(stores.clock.now().getTime() + day).toISOString();
    const taken = await place([
      member('a@x.fr', 'auto', { expiresAt: '2999-01-01T00:00:00Z' }),
      member('b@x.fr', 'auto', { expiresAt: soon }),
      member('c@x.fr', 'auto', { expiresAt: '2026-05-19T00:00:00Z' }),
    ]);
    expect(taken).toMatchObject({ taken: 2, rejected: [{ index: 2, reason: 'over' }] });
    expect(await whoIs()).toBe(2);
    stores.clock.advance(2 * day);
    expect(await whoIs()).toBe(1);
    await opened().outside.expire();
    expect(await stored()).toMatchObject({ members: 1 });
    stores.clock.advance(8 * day);
    expect(await whoIs()).toBe(0);
    await opened().outside.expire();
    expect(await stored()).toMatchObject({ members: 0 });
    expect((await call('GET', '/outside-audiences/segments')).json()).toEqual({ items: [] });
  });
});

describe('what is made of it', () => {
  it('may be used for what was agreed, and for nothing else', async () => {
    await partner({ basis: 'legitimate_interest', uses: ['segments', 'messages'] });
    await opened().shop.send(says('a@x.fr'));
    await place([member('a@x.fr')]);
    await liveSegment();
    const profile = await holder('a@x.fr');
    const asked = async (use: 'messages' | 'experiences') =>
      (
        await createAskPeople(opened().segments.deps, use).which(
          opened().shop.id,
          [auto],
          [profile],
          stores.clock.now(),
        )
      )?.get(profile);
    expect(await asked('messages')).toEqual(new Set([0]));
    expect(await asked('experiences')).toEqual(new Set());
    expect((await listSegmentsBeyond(stores.pg, opened().shop.id, 'messages')).size).toBe(0);
    expect((await listSegmentsBeyond(stores.pg, opened().shop.id, 'experiences')).size).toBe(1);
    expect((await call('PATCH', '/outside-audiences/acme', { uses: ['ads'] })).statusCode).toBe(200);
    await opened().segments.applyWaiting();
    expect(await whoIs()).toBe(0);
    expect(await inSegments()).toEqual([]);
  });

  it('follows a merge to the customer', async () => {
    await partner({ basis: 'legitimate_interest' });
    await opened().shop.send(says('a@x.fr'), says('b@x.fr', false));
    await place([member('a@x.fr')]);
    expect(await whoIs()).toBe(1);
    // One device signs in as both: the refusal of one part is the customer's.
    await opened().shop.send({ type: 'identify', userId: 'u1', traits: { email: 'a@x.fr' } });
    await opened().shop.send({ type: 'identify', userId: 'u1', anonymousId: 'device-b@x.fr', traits: {} });
    const rows = await stores.pg.rows(findRoots, {
      workspace: opened().shop.id,
      profiles: [await holder('a@x.fr'), await holder('b@x.fr')],
    });
    expect(new Set(rows.map(({ root_id }) => root_id)).size).toBe(1);
    expect(await whoIs()).toBe(0);
  });

  it('is told to the person, and gone with the person', async () => {
    await partner();
    await opened().shop.send(says('zoe@x.fr', true));
    await place([member('zoe@x.fr')]);
    await call('POST', '/outside-audiences/acme/mappings', {
      items: [{ id: { kind: 'email', value: 'zoe@x.fr' }, theirId: 'dmp-1' }],
    });
    const zoe = await holder('zoe@x.fr');
    const shown = await call('GET', `/profiles/${encodeProfileId(zoe)}/outside-segments`);
    expect(shown.json()).toMatchObject({
      items: [{ provider: { name: 'Acme data' }, segment: 'auto', basis: 'consent', usable: true, why: 'usable' }],
    });
    const held = createDecidedData(stores);
    const subject = { workspaceId: opened().shop.id, profileIds: [zoe], identifiers: [], orderIds: [] };
    expect(await held.export(subject)).toMatchObject({
      outsideSegments: [{ partner: 'Acme data', segment: 'auto', basis: 'consent' }],
      partnerIds: [{ whose: 'theirs', id: 'dmp-1' }],
    });
    expect(await held.erase(subject)).toMatchObject({ outsideMembers: 1, outsideMappings: 1 });
    expect(await whoIs()).toBe(0);
  });
});
