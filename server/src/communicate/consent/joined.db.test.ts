import { describe, expect, it } from 'vitest';
import { byMail, fact, said, useConsents, zoe } from '../../../test/consents.ts';
import { testSecrets } from '../../../test/shop.ts';
import { joinCustomers } from '../../unify/merges/joinCustomers.ts';
import { undoMerge } from '../../unify/merges/undoMerge.ts';
import { decide } from '../gate/decide.ts';
import { enqueueMessages } from '../messages/enqueueMessages.ts';

const { stores, shop, open, deps, later, holder, why, change } = useConsents();

describe('people who are joined and taken apart', () => {
  it('get their own consents back', async () => {
    await open();
    const leo = { email: 'leo@example.fr' };
    await shop.send(said(zoe, { email: true }), said(leo, { email: true }));
    const [a, b] = [await holder(byMail), await holder('email:leo@example.fr')];
    let merge = 0;
    await shop.pipeline.change(shop.id, async (tx, version) => {
      const joined = await joinCustomers(tx, {
        workspace: shop.id,
        version,
        at: stores.clock.now(),
        wanted: [{ left: a, right: b, kind: 'manual', run: null, evidence: {}, explicit: true }],
      });
      const [outcome] = joined.outcomes;
      if (outcome?.outcome === 'merged') merge = outcome.merge;
      return joined;
    });
    await shop.settle();
    await change(fact(b, later(1), { state: 'denied', source: 'unsubscribe' }));
    expect(await why(byMail)).toBe('refused');
    expect(await why('email:leo@example.fr')).toBe('refused');
    await undoMerge(deps(), { workspace: shop.id, merge, actor: { kind: 'system', id: 'test' } });
    await shop.settle();
    expect(await why(byMail)).toBe('granted');
    expect(await why('email:leo@example.fr')).toBe('refused');
  });
});

describe('people who were joined because they look alike', () => {
  it('are written to only after a yes that is newer than the merge, in the console and at the gate alike', async () => {
    await open();
    const leo = { email: 'leo@example.fr' };
    await shop.send(said(leo, { email: false }));
    later(1);
    await shop.send(said(zoe, { email: true }));
    const [a, b] = [await holder(byMail), await holder('email:leo@example.fr')];
    later(1);
    await shop.pipeline.change(shop.id, async (tx, version) =>
      joinCustomers(tx, {
        workspace: shop.id,
        version,
        at: stores.clock.now(),
        wanted: [{ left: a, right: b, kind: 'manual', run: null, evidence: {}, explicit: true }],
      }),
    );
    await shop.settle();
    const passes = async (key: string): Promise<string | null> => {
      const now = stores.clock.now();
      const wishes = [
        {
          profile: a,
          dedupeKey: key,
          channel: 'email',
          purpose: 'marketing',
          kind: 'marketing',
          template: { id: 1, version: 1 },
          origin: { kind: 'api', id: 'test' },
          dueAt: now,
        },
      ] as const;
      const ids = await enqueueMessages(stores.pg, { workspace: shop.id, now, wishes });
      const passage = { kind: 'claim', worker: 1 } as const;
      const [decision] = await stores.pg.transaction((tx) =>
        decide(tx, { workspace: shop.id, now, ids, passage, secrets: testSecrets }),
      );
      return decision?.reason ?? decision?.verdict ?? null;
    };
    expect(await why(byMail)).toBe('refused');
    expect(await passes('before')).toBe('no_consent');
    await change(fact(a, later(1), { source: 'preference_centre' }));
    expect(await why(byMail)).toBe('granted');
    expect(await passes('after')).not.toBe('no_consent');
  });
});
