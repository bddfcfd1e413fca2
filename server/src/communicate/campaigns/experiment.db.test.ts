import { expect, it } from 'vitest';
import { useCampaigns } from '../../../test/campaigns.ts';
import { listExposures, runExperiment } from '../../../test/experiments.ts';
import { addProducts } from '../../../test/recommendShop.ts';
import { pgQuery } from '../../platform/index.ts';
import { startCampaign } from './changeCampaigns.ts';
import { getCampaign } from './readCampaigns.ts';

const world = useCampaigns();
const { stores, people, listOf, template, campaign, deps, by, done } = world;

const readVariants = pgQuery({
  name: 'test.campaignExperiment.readVariants',
  params: { workspace: 'int4' },
  row: { profile_id: 'int8', state: 'text', variant: 'text' },
  text: `select profile_id, state, variant from communicate.message where workspace_id = :workspace order by profile_id`,
});
const readProducts = pgQuery({
  name: 'test.campaignExperiment.readProducts',
  params: { workspace: 'int4' },
  row: { profile_id: 'int8', variation: 'text', exposed: 'bool' },
  text: `select profile_id, variation, exposed_at is not null as exposed from experience.assigned
    where workspace_id = :workspace order by profile_id`,
});
const exposures = async (experiment = 'subject') => [
  ...(await stores.ch.rows(listExposures, { workspace: world.shop.id, experiment })),
];

it('an experiment gives each person their variant, and who was handed it is exposed', async () => {
  const profiles = await people(80);
  const segment = await listOf(profiles);
  const [plain, bold] = [await template('Plain'), await template('Bold')];
  const variants = [
    { name: 'control', template: plain, share: 0.5 },
    { name: 'big', template: bold, share: 0.5 },
  ];
  const id = await campaign({ segment, experiment: 'subject', variants });
  // Not before it runs: else nobody would know whom the variants were given to.
  await expect(startCampaign(deps(), by(), id)).rejects.toMatchObject({
    code: 'communicate.experiment_not_running',
  });
  await runExperiment(stores, world.shop, { key: 'subject', holdout: 0.25 });
  const wrong = await campaign({
    segment,
    experiment: 'subject',
    variants: variants.map((each) => ({ ...each, name: each.name.toUpperCase() })),
  });
  await expect
    .poll(() => startCampaign(deps(), by(), wrong).catch(({ code }: { code: string }) => code), { timeout: 10_000 })
    .toBe('communicate.experiment_variants');
  await startCampaign(deps(), by(), id);
  expect(await done(id)).toMatchObject({ sent: 64 });
  const messages = await stores.pg.rows(readVariants, { workspace: world.shop.id });
  const sent = new Map(
    messages.flatMap(({ profile_id, state, variant }): [number, string][] =>
      state === 'sent' ? [[profile_id, variant]] : [],
    ),
  );
  world.shop.pipeline.ring();
  // Those held out get the control's mail and count in neither.
  await expect.poll(async () => (await exposures()).length, { timeout: 20_000 }).toBeGreaterThan(35);
  await world.shop.settle();
  const told = await exposures();
  expect(told.length).toBeLessThan(62);
  for (const { profile_id, variation } of told) expect(sent.get(profile_id)).toBe(variation);
  const big = told.filter(({ variation }) => variation === 'big').length;
  expect(big).toBeGreaterThan(8);
  expect([...sent.values()].filter((variant) => variant === 'big')).toHaveLength(big);
  expect((await getCampaign(stores.pg, world.shop.id, wrong)).state).toBe('draft');
});

it('an experiment gives each person the products of their mail, and who was handed it is exposed', async () => {
  const profiles = await people(60);
  const ids = Array.from({ length: 12 }, (_, index) => `p${index}`);
  await addProducts(stores, world.shop.id, ids, () => 'Shirts');
  await world.shop.send(
    ...profiles.map((_, index) => ({
      type: 'track',
      event: 'Product Viewed',
      userId: `u${String(index).padStart(4, '0')}`,
      timestamp: stores.clock.now().toISOString(),
      properties: { product_id: 'p9' },
    })),
  );
  const list = await template(
    'List',
    '{% for item in recommended limit: 1 %}({{ item.id }}: {{ item.reason }}){% endfor %}',
  );
  await runExperiment(stores, world.shop, {
    key: 'list',
    kind: 'recommendation',
    target: `template-${list}`,
    holdout: 0.25,
    variations: ['recently_viewed', 'popular'].map((key) => ({ key, name: key, weight: 0.5 })),
  });
  const id = await campaign({ segment: await listOf(profiles), template: list });
  await startCampaign(deps(), by(), id);
  expect(await done(id)).toMatchObject({ sent: 48 });
  const given = new Map(
    (await stores.pg.rows(readProducts, { workspace: world.shop.id })).map((row) => [row.profile_id, row]),
  );
  for (const [index, profile] of profiles.entries()) {
    const mail = world.mail.mails.find(({ to }) => to === `u${index}@example.com`)?.mail;
    // Who did not agree to mails was sent none, and so was given nothing.
    expect(given.has(profile) ? index % 5 !== 4 : true).toBe(true);
    if (mail === undefined) continue;
    const variation = given.get(profile)?.variation;
    if (variation === 'recently_viewed') expect(mail.text).toContain('(p9: You looked at this)');
    else expect(mail.text).not.toContain('You looked at this');
  }
  expect([...given.values()].every(({ exposed }) => exposed)).toBe(true);
  expect(given.size).toBeGreaterThan(20);
  expect(given.size).toBeLessThan(48);
  world.shop.pipeline.ring();
  await expect.poll(async () => (await exposures('list')).length, { timeout: 20_000 }).toBe(given.size);
  expect(await exposures('list')).toEqual([...given].map(([profile_id, { variation }]) => ({ profile_id, variation })));
});
