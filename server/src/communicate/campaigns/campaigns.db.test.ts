import { expect, it } from 'vitest';
import { findUsers, useCampaigns } from '../../../test/campaigns.ts';
import { poll } from '../../../test/poll.ts';
import { testSecrets } from '../../../test/shop.ts';
import { pgQuery } from '../../platform/index.ts';
import { hashAddress } from '../consent/suppression/addressOf.ts';
import { recordFeedback } from '../messages/recordFeedback.ts';
import { cancelCampaign, pauseCampaign, resumeCampaign, startCampaign } from './changeCampaigns.ts';
import { foreseeAudience } from './freeze.ts';
import { getCampaign } from './readCampaigns.ts';
import { readResults } from './results.ts';

const world = useCampaigns();
const { stores, people, listOf, template, campaign, deps, by, done } = world;

const readMessages = pgQuery({
  name: 'test.campaigns.readMessages',
  params: { workspace: 'int4' },
  row: { id: 'int8', profile_id: 'int8', state: 'text', reason: 'text?', variant: 'text', due_at: 'timestamptz' },
  text: `select id, profile_id, state, reason, variant, due_at from communicate.message
    where workspace_id = :workspace order by id`,
});
const suppressHash = pgQuery({
  name: 'test.campaigns.suppressHash',
  params: { workspace: 'int4', hash: 'text' },
  row: {},
  text: `insert into communicate.suppression (workspace_id, channel, value, reason, at, by_actor)
    values (:workspace, 'email', :hash, 'unsubscribed', now(), 'test')`,
});

it('sends everyone who may be written to one mail, and foresees exactly that', async () => {
  const profiles = await people(60);
  // Somebody with the second address asked for no more, and was erased: it came back with the file.
  await stores.pg.run(suppressHash, {
    workspace: world.shop.id,
    hash: hashAddress(testSecrets, world.shop.id, 'email', 'u1@example.com') ?? '',
  });
  const id = await campaign({ segment: await listOf(profiles), template: await template('Hello') });
  const { definition } = await getCampaign(stores.pg, world.shop.id, id);
  const foreseen = await foreseeAudience({ ...stores, secrets: testSecrets }, world.shop.id, id, definition);
  expect(foreseen).toMatchObject({ matched: 60, no_consent: 12, suppressed: 1, willSend: 47, complete: true });
  await startCampaign(deps(), by(), id);
  const ended = await done(id);
  expect(ended.audience).toEqual(foreseen);
  expect(ended).toMatchObject({ sent: 47, queued: 0, failed: 0, uncertain: 0, skipped: 0 });
  expect(world.mail.mails.map(({ to }) => to).toSorted()).toEqual(
    profiles.flatMap((_, index) => (index % 5 === 4 || index === 1 ? [] : [`u${index}@example.com`])).toSorted(),
  );
  const first = world.mail.mails.find(({ to }) => to === 'u0@example.com')?.mail;
  expect(first?.subject).toBe('Hello for Name0');
  expect(first?.headers.find(({ key }) => key === 'list-unsubscribe')?.value).toMatch(/^<http.*\/m\/u\//);
  expect(first?.headers.find(({ key }) => key === 'list-unsubscribe-post')?.value).toBe('List-Unsubscribe=One-Click');
  // And it stands on the timeline.
  await poll('the event', async () => (await world.shop.events()).some(({ event }) => event === 'Email Sent'));
});

it('pause stops it, resume goes on with those who got nothing: nobody is written to twice', async () => {
  const profiles = await people(40);
  const id = await campaign({ segment: await listOf(profiles), template: await template('Slow'), perMinute: 60 });
  await startCampaign(deps(), by(), id);
  await poll('the first mails', () => world.mail.mails.length > 0);
  await pauseCampaign(deps(), by(), id);
  await poll('what was being handed over', async () =>
    (await stores.pg.rows(readMessages, { workspace: world.shop.id })).every(
      ({ state }) => state !== 'claimed' && state !== 'sending',
    ),
  );
  const before = world.mail.mails.length;
  stores.clock.advance(60_000);
  world.communicate.ring();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(world.mail.mails.length).toBe(before);
  await resumeCampaign(deps(), by(), id);
  await done(id);
  expect(world.mail.mails).toHaveLength(32);
  expect(new Set(world.mail.mails.map(({ to }) => to)).size).toBe(32);
});

it('cancel ends it for good', async () => {
  const profiles = await people(30);
  const id = await campaign({ segment: await listOf(profiles), template: await template('Never'), perMinute: 1 });
  await startCampaign(deps(), by(), id);
  await poll('the first mail', () => world.mail.mails.length > 0);
  await cancelCampaign(deps(), by(), id);
  stores.clock.advance(3_600_000);
  world.communicate.ring();
  const rows = await stores.pg.rows(readMessages, { workspace: world.shop.id });
  expect(rows.filter(({ state }) => state === 'queued')).toEqual([]);
  await expect(resumeCampaign(deps(), by(), id)).rejects.toThrow('This campaign is cancelled');
});

it('a control group gets nothing and is compared with', async () => {
  const profiles = await people(200);
  const id = await campaign({ segment: await listOf(profiles), template: await template('Half'), control: 0.5 });
  await startCampaign(deps(), by(), id);
  const ended = await done(id);
  const control = ended.audience?.control ?? 0;
  expect(control).toBeGreaterThan(60);
  expect(control).toBeLessThan(140);
  const reached = new Set(world.mail.mails.map(({ to }) => to));
  const buyers = profiles.flatMap((_, index) => (reached.has(`u${index}@example.com`) ? [index] : [])).slice(0, 5);
  stores.clock.advance(3_600_000);
  await world.shop.send(
    ...buyers.map((index) => ({
      type: 'track',
      event: 'Order Completed',
      userId: `u${String(index).padStart(4, '0')}`,
      timestamp: stores.clock.now().toISOString(),
      properties: { order_id: `o${index}`, total: 50, currency: 'EUR', products: [] },
    })),
  );
  const results = await readResults(stores.pg, world.shop.id, id);
  expect(results.variants).toMatchObject([{ name: 'A', sent: ended.sent, converted: 5, orders: 5, revenue: 250 }]);
  expect(results.control).toMatchObject({ people: control, converted: 0, revenue: 0 });
  expect(results.uplift?.conversion).toBeCloseTo(5 / ended.sent, 10);
});

it('the variant people click goes to the rest', async () => {
  const profiles = await people(100);
  const [plain, better] = [await template('Plain'), await template('Better')];
  const id = await campaign({
    segment: await listOf(profiles),
    variants: [
      { name: 'A', template: plain, share: 0.5 },
      { name: 'B', template: better, share: 0.5 },
    ],
    winner: { metric: 'clicks', testShare: 0.4, afterHours: 1 },
  });
  await startCampaign(deps(), by(), id);
  await poll('the test to be sent', async () => {
    const found = await getCampaign(stores.pg, world.shop.id, id);
    const rows = await stores.pg.rows(readMessages, { workspace: world.shop.id });
    const waiting = rows.filter(({ reason }) => reason === 'winner').length;
    return found.audience?.complete === true && waiting > 0 && found.queued === waiting;
  });
  const rows = await stores.pg.rows(readMessages, { workspace: world.shop.id });
  const clicked = rows.filter(({ state, variant }) => state === 'sent' && variant === 'B').slice(0, 3);
  const news = clicked.map(({ id: message }) => ({
    message,
    kind: 'clicked' as const,
    at: stores.clock.now(),
    dedupeKey: '0',
    machine: false,
    detail: {},
  }));
  await stores.pg.transaction((tx) => recordFeedback(tx, { workspace: world.shop.id, now: stores.clock.now(), news }));
  stores.clock.advance(3_700_000);
  await done(id);
  const after = await stores.pg.rows(readMessages, { workspace: world.shop.id });
  const rest = after.filter(({ id: message }) => rows.some((row) => row.id === message && row.reason === 'winner'));
  expect(rest.length).toBeGreaterThan(20);
  expect(new Set(rest.map(({ variant, state }) => `${variant} ${state}`))).toEqual(new Set(['B sent']));
});

it('an hour on everyone’s own clock is an hour on their clock', async () => {
  const [paris = 0] = await people(1);
  await world.shop.send({
    type: 'identify',
    userId: 'v-montreal',
    traits: { email: 'm@example.com', timezone: 'America/Montreal' },
  });
  const [montreal] = await stores.pg.rows(findUsers, { workspace: world.shop.id, prefix: 'v-' });
  const id = await campaign({
    segment: await listOf([paris, montreal?.profile_id ?? 0]),
    template: await template('Morning'),
    schedule: { kind: 'local', day: '2026-05-21', time: '09:00' },
  });
  await startCampaign(deps(), by(), id);
  const rows = await poll('the audience', async () => {
    const found = await stores.pg.rows(readMessages, { workspace: world.shop.id });
    return found.length === 2 ? found : null;
  });
  expect(rows.map(({ due_at }) => due_at.toISOString())).toEqual([
    '2026-05-21T07:00:00.000Z',
    '2026-05-21T13:00:00.000Z',
  ]);
});

it('refuses what does not exist and what was started, with words that help', async () => {
  const profiles = await people(2);
  const segment = await listOf(profiles);
  await expect(campaign({ segment: '999', template: await template('X') })).rejects.toThrow('There is no segment 999');
  await expect(campaign({ segment, template: '999' })).rejects.toThrow('There is no template 999');
  await expect(campaign({ segment, channel: 'sms', template: await template('Y') })).rejects.toThrow(
    'is written for email, not for sms',
  );
});
