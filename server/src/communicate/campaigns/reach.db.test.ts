import { expect, it } from 'vitest';
import { campaignActor, useCampaigns } from '../../../test/campaigns.ts';
import { poll } from '../../../test/poll.ts';
import { testSecrets } from '../../../test/shop.ts';
import { pgQuery } from '../../platform/index.ts';
import { recordConsents } from '../consent/recordConsents.ts';
import { writeLinkMarks } from '../linkMarks/sql/linkMarks.pg.ts';
import { recordFeedback } from '../messages/recordFeedback.ts';
import { createTemplate } from '../templates/store/saveTemplate.ts';
import { startCampaign } from './changeCampaigns.ts';
import { foreseeAudience } from './freeze.ts';
import { getCampaign, pageOfCampaigns } from './readCampaigns.ts';

const world = useCampaigns();
const { stores, people, listOf, template, campaign, deps, by, done } = world;

const readChannels = pgQuery({
  name: 'test.campaigns.readChannels',
  params: { workspace: 'int4' },
  row: { profile_id: 'int8', channel: 'text', state: 'text' },
  text: `select profile_id, channel, state from communicate.message where workspace_id = :workspace order by id`,
});

const readIds = pgQuery({
  name: 'test.campaigns.readIds',
  params: { workspace: 'int4' },
  row: { id: 'int8' },
  text: `select id from communicate.message where workspace_id = :workspace and state in ('sent', 'delivered') order by id`,
});

it('leaves out whom it excludes, and takes the next channel for those the first does not reach', async () => {
  const profiles = await people(10);
  const [fourth = 0] = profiles.slice(4);
  const timestamp = stores.clock.now().toISOString();
  await world.shop.send({ type: 'identify', userId: 'u0004', timestamp, traits: { phone: '+33612345678' } });
  const at = stores.clock.now();
  await stores.pg.transaction((tx) =>
    recordConsents(tx, {
      workspace: world.shop.id,
      now: at,
      facts: [
        {
          profile: fourth,
          purpose: 'marketing',
          channel: 'sms',
          state: 'granted',
          basis: 'consent',
          at,
          expiresAt: null,
          source: 'api',
          actor: 'test',
          proof: {},
        },
      ],
    }),
  );
  const short = await createTemplate(stores, {
    workspace: world.shop.id,
    actor: campaignActor,
    name: 'Short',
    channel: 'sms',
    note: '',
    content: { kind: 'text', fallbackLanguage: 'en', languages: { en: { body: 'Hello. STOP to end', mediaUrls: [] } } },
  });
  const id = await campaign({
    segment: await listOf(profiles),
    exclude: [await listOf(profiles.slice(0, 2))],
    template: await template('Hello'),
    fallback: [{ channel: 'sms', template: short.id }],
  });
  const { definition } = await getCampaign(stores.pg, world.shop.id, id);
  const foreseen = await foreseeAudience({ ...stores, secrets: testSecrets }, world.shop.id, id, definition);
  expect(foreseen).toMatchObject({ matched: 10, excluded: 2, willSend: 7 });
  await startCampaign(deps(), by(), id);
  const ended = await done(id);
  expect(ended.audience).toEqual(foreseen);
  expect(world.mail.mails.map(({ to }) => to).toSorted()).toEqual(
    [2, 3, 5, 6, 7, 8].map((index) => `u${index}@example.com`),
  );
  const written = await stores.pg.rows(readChannels, { workspace: world.shop.id });
  expect(written.filter(({ channel, state }) => channel === 'sms' && ['sent', 'delivered'].includes(state))).toEqual([
    expect.objectContaining({ profile_id: fourth }),
  ]);
  expect(written.filter(({ profile_id }) => profiles.slice(0, 2).includes(profile_id))).toEqual([]);
});

it('shows its numbers in the list as the page of the campaign has them, also those that come later', async () => {
  const profiles = await people(5);
  const id = await campaign({ segment: await listOf(profiles), template: await template('Hello') });
  await startCampaign(deps(), by(), id);
  await done(id);
  const listed = async () => (await pageOfCampaigns(stores.pg, world.shop.id, undefined)).items[0];
  await poll('the list to know', async () => (await listed())?.sent === 4);
  const [first] = await stores.pg.rows(readIds, { workspace: world.shop.id });
  const news = { message: first?.id ?? 0, dedupeKey: '', machine: false, detail: {}, at: stores.clock.now() };
  await stores.pg.transaction((tx) =>
    recordFeedback(tx, {
      workspace: world.shop.id,
      now: stores.clock.now(),
      news: [
        { ...news, kind: 'clicked' },
        { ...news, kind: 'unsubscribed' },
        { ...news, kind: 'opened', machine: true },
      ],
    }),
  );
  const expected = { sent: 4, clicked: 1, unsubscribed: 1, opened: 0 };
  expect(await getCampaign(stores.pg, world.shop.id, id)).toMatchObject(expected);
  await poll('the list to hear of it', async () => (await listed())?.clicked === 1);
  expect(await listed()).toMatchObject(expected);
});

it('marks its links by the rule of the workspace and its own, and never over those of the link', async () => {
  const profiles = await people(1);
  const marks = { active: true, source: 'shop', medium: '{channel}', campaign: '{campaign}', content: '' };
  await stores.pg.run(writeLinkMarks, { workspace: world.shop.id, marks, now: stores.clock.now() });
  const id = await campaign({
    segment: await listOf(profiles),
    template: await template('Linked', '<a href="https://shop.example/boots?utm_source=mine#top">Boots</a>'),
    linkMarks: { campaign: 'our-{campaign}' },
  });
  await startCampaign(deps(), by(), id);
  await done(id);
  const html = world.mail.mails[0]?.mail.html;
  const followed = [...String(html).matchAll(/\/m\/c\/([^"]+)"/g)].map(
    ([, token = '']) => world.communicate.tracking.readClick(token)?.url,
  );
  expect(followed).toEqual(['https://shop.example/boots?utm_source=mine&utm_medium=email&utm_campaign=our-Spring#top']);
});
