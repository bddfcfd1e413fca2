import { segmentDefinitionSchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { byMail, fact, said, useConsents, zoe } from '../../../test/consents.ts';
import { poll } from '../../../test/poll.ts';
import { createSegments, defineSegmentJobs } from '../../decide/index.ts';
import { createSegment } from '../../decide/segments/saveSegment.ts';
import { type JsonObject, pgQuery } from '../../platform/index.ts';
import { enqueueMessages } from '../messages/enqueueMessages.ts';

const { stores, shop, open, later, holder, why, change } = useConsents();

const listMessages = pgQuery({
  name: 'test.consents.listMessages',
  params: { workspace: 'int4' },
  row: { dedupe_key: 'text', state: 'text', reason: 'text?' },
  text: `select dedupe_key, state, reason from communicate.message where workspace_id = :workspace order by dedupe_key`,
});

describe('a withdrawal', () => {
  const wish = (profile: number, key: string, overrides: object = {}) => ({
    profile,
    dedupeKey: key,
    channel: 'email' as const,
    purpose: 'marketing',
    kind: 'marketing' as const,
    template: { id: 1, version: 1 },
    origin: { kind: 'api' as const, id: 'test' },
    dueAt: stores.clock.now(),
    ...overrides,
  });
  const messages = async () =>
    Object.fromEntries(
      (await stores.pg.rows(listMessages, { workspace: shop.id })).map((row) => [
        row.dedupe_key,
        row.reason ?? row.state,
      ]),
    );

  it('takes back what is queued for this purpose and channel, and nothing else', async () => {
    await open();
    await shop.send(said(zoe, { email: true, sms: true }));
    await shop.send({ type: 'identify', userId: 'u2', traits: { email: 'leo@example.fr' } });
    const [own, other] = [await holder(byMail), await holder('email:leo@example.fr')];
    await enqueueMessages(stores.pg, {
      workspace: shop.id,
      now: stores.clock.now(),
      wishes: [
        wish(own, 'a'),
        wish(own, 'b-sms', { channel: 'sms' }),
        wish(own, 'c-order', { kind: 'transactional' }),
        wish(own, 'd-news', { purpose: 'magazine' }),
        wish(other, 'e-other'),
      ],
    });
    const { cancelled } = await change(fact(own, later(1), { state: 'denied', source: 'unsubscribe' }));
    expect(cancelled).toBe(1);
    expect(await messages()).toEqual({
      a: 'no_consent',
      'b-sms': 'queued',
      'c-order': 'queued',
      'd-news': 'queued',
      'e-other': 'queued',
    });
    await change(fact(own, later(1), { state: 'denied', channel: '' }));
    expect(await messages()).toMatchObject({ 'b-sms': 'no_consent', 'c-order': 'queued' });
  });

  it('reaches a message asked for another part of the same customer', async () => {
    await open();
    await shop.send(said(zoe, { email: true }));
    await shop.send({ type: 'identify', anonymousId: 'other', traits: { phone: '+33612345678' } });
    const [mail, phone] = [await holder(byMail), await holder('phone:+33612345678')];
    await enqueueMessages(stores.pg, { workspace: shop.id, now: stores.clock.now(), wishes: [wish(phone, 'a')] });
    await shop.send({ type: 'identify', anonymousId: 'other', traits: zoe });
    await change(fact(mail, later(1), { state: 'denied' }));
    expect(await messages()).toEqual({ a: 'no_consent' });
  });

  it('is not undone by what a website or a file goes on saying, but by a new yes', async () => {
    await open();
    await shop.send(said(zoe, { email: true }));
    const profile = await holder(byMail);
    await change(fact(profile, later(1), { state: 'denied', source: 'unsubscribe', actor: 'person' }));
    later(60 * 24 * 3);
    await shop.send(said(zoe, { email: true }));
    expect(await why(byMail)).toBe('refused');
    later(1);
    await shop.send(said(zoe, { email: false }));
    expect(await why(byMail)).toBe('refused');
    later(1);
    await shop.send(said(zoe, { email: true }));
    expect(await why(byMail)).toBe('granted');
  });

  it('stands against a list that somebody uploads', async () => {
    await open();
    await shop.send({ type: 'identify', userId: 'u1', traits: zoe });
    await change(fact(await holder(byMail), later(1), { state: 'denied', source: 'unsubscribe', actor: 'person' }));
    later(1);
    const event: JsonObject = {
      ...said(zoe, { newsletter: true, email: true }),
      userId: 'u1',
      messageId: 'file-1',
    };
    await shop.pipeline.ingest({
      workspaceId: shop.id,
      sourceId: shop.sourceId,
      records: [{ event, receivedAt: stores.clock.now(), keep: true }],
      also: async () => undefined,
    });
    await shop.settle();
    expect(await why(byMail)).toBe('refused');
  });

  it('moves the segments that ask for consent', async () => {
    const segments = createSegments(stores, async () => ({}));
    defineSegmentJobs(stores, segments);
    await stores.jobs.start({ workers: false, schedules: false });
    await open(segments.react);
    const definition = segmentDefinitionSchema.parse({ kind: 'consent', purpose: 'email', is: 'granted' });
    const by = { workspace: shop.id, actor: { kind: 'system', id: 'test' } } as const;
    const { id } = await createSegment(
      { ...segments.deps, jobs: stores.jobs },
      { ...by, name: 'Mail', description: '', definition },
    );
    await segments.applyWaiting();
    const members = async (): Promise<number> => {
      const { rows } = await stores.pg.pool.query<{ count: string }>(
        'select count(*) from decide.membership where workspace_id = $1 and segment_id = $2',
        [shop.id, id],
      );
      return Number(rows[0]?.count);
    };
    await shop.send(said(zoe, { email: true }));
    await poll('the person is in the segment', async () => (await members()) === 1);
    await change(fact(await holder(byMail), later(1), { state: 'denied', source: 'unsubscribe' }));
    await poll('the person has left the segment', async () => (await members()) === 0);
    await segments.stop();
  });
});
