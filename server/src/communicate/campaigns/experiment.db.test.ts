import { expect, it } from 'vitest';
import { useCampaigns } from '../../../test/campaigns.ts';
import { listExposures, runExperiment } from '../../../test/experiments.ts';
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
const exposures = async () => [
  ...(await stores.ch.rows(listExposures, { workspace: world.shop.id, experiment: 'subject' })),
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
