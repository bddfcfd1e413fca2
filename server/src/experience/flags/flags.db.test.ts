import { readFileSync } from 'node:fs';
import { experimentRequestSchema, flagRequestSchema } from '@vitrail/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkspace, type TestWorkspace } from '../../../test/builders.ts';
import { createTestCaptures } from '../../../test/captures.ts';
import { openTestApp, type TestApp } from '../../../test/httpApp.ts';
import { useStores } from '../../../test/stores.ts';
import { createShopBenefits } from '../../communicate/index.ts';
import { createRecommendDeps } from '../../decide/index.ts';
import { createKeys } from '../../govern/keys/findKeys.ts';
import { createAssigner } from '../assigner/createAssigner.ts';
import { createExperiences } from '../createExperiences.ts';
import { registerExperienceRoom } from '../routes.ts';

const stores = useStores();
let shop: TestWorkspace;
let web: TestApp;

beforeEach(async () => {
  stores.clock.set('2026-05-20T12:00:00Z');
  shop = await createWorkspace(stores, { scopes: ['experience.read', 'experience.write'] });
  const experiences = createExperiences(stores, {
    readAllowances: async () => new Map(),
    captures: createTestCaptures(stores),
    benefits: createShopBenefits(stores),
    recommending: createRecommendDeps(stores),
    assigner: createAssigner(stores),
  });
  web = await openTestApp(stores, {
    rooms: (app) => registerExperienceRoom(app, { ...stores, keys: createKeys(stores) }, experiences),
  });
});
afterEach(() => web.close());

type Method = 'POST' | 'PUT' | 'GET' | 'DELETE';
const call = (method: Method, url: string, body?: object) =>
  web.app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${shop.secretKey}` },
    ...(body === undefined ? {} : { payload: body }),
  });
const make = async (flag: object): Promise<string> => {
  const made = await call('POST', '/api/v1/flags', flag);
  expect(made.statusCode, made.body).toBe(201);
  return made.json<{ id: string }>().id;
};
const featuresOf = async (): Promise<Record<string, unknown>> => {
  const answer = await web.app.inject({ method: 'GET', url: `/api/features/${shop.writeKey}` });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<{ features: Record<string, unknown> }>().features;
};
const ofrep = (key: string, context: object, credential = shop.writeKey) =>
  web.app.inject({
    method: 'POST',
    url: `/ofrep/v1/evaluate/flags/${key}`,
    headers: { 'x-api-key': credential },
    payload: { context },
  });
const text = (name: string): string =>
  readFileSync(new URL(`../../../../docs/reference/${name}.md`, import.meta.url), 'utf8');
const example = (page: string, name: string): object =>
  JSON.parse(new RegExp(`\`\`\`json ${name}\\n([^]*?)\\n\`\`\``).exec(text(page))?.[1] ?? '');

describe('a flag', () => {
  it('is refused with what no evaluator can ask, or what must not be told to every browser', async () => {
    const rule = (condition: object) => ({
      key: 'f',
      type: 'boolean',
      default: false,
      rules: [{ kind: 'force', condition, value: true }],
    });
    for (const condition of [
      { plan: { $near: 1 } },
      { email: 'zoe@shop.example' },
      { phone: { $in: ['+33 6 12 34 56 78'] } },
      { path: { $regex: '(a+)+$' } },
      { path: { $regex: '(' } },
      { $and: [{ $or: [{ $and: [{ $or: [{ $and: [{ a: { $eq: { b: { c: 1 } } } }] }] }] }] }] },
    ])
      expect((await call('POST', '/api/v1/flags', rule(condition))).json(), JSON.stringify(condition)).toMatchObject({
        code: 'experience.flag_condition',
      });
    expect((await call('POST', '/api/v1/flags', { key: 'f', type: 'number', default: 'one' })).statusCode).toBe(400);
    const id = await make(rule({ path: { $regex: '^/sale/\\d+$' } }));
    expect((await call('POST', '/api/v1/flags', rule({}))).json()).toMatchObject({ code: 'experience.flag_key_taken' });
    expect((await call('PUT', `/api/v1/flags/${id}`, { ...rule({}), key: 'g' })).json()).toMatchObject({
      code: 'experience.flag_key_fixed',
    });
    expect((await call('DELETE', `/api/v1/flags/${id}`)).statusCode).toBe(204);
    expect((await call('GET', `/api/v1/flags/${id}`)).statusCode).toBe(404);
  });

  it('shows browsers rules of published segments only, and evaluates nobody into a segment without their yes', async () => {
    await make({
      key: 'vip',
      type: 'boolean',
      default: false,
      rules: [{ kind: 'force', segments: ['7'], value: true }],
    });
    expect(await featuresOf()).toEqual({ vip: { defaultValue: false } });
    const listed = (await call('GET', '/api/v1/flags?q=VIP')).json<{ items: object[] }>();
    expect(listed.items).toMatchObject([{ problems: [{ rule: 0, problem: 'segment_unpublished' }] }]);
    await call('PUT', '/api/v1/experiment-settings', { globalHoldout: 0, publishedSegments: ['7'] });
    await expect.poll(featuresOf, { timeout: 10_000 }).toEqual({
      vip: { defaultValue: false, rules: [{ id: 'rule-1', condition: { segments: { $in: ['7'] } }, force: true }] },
    });
    // What a page claims of its visitor counts for nothing: the server knows better.
    for (const context of [{ targetingKey: 'd-1', segments: ['7'] }, { targetingKey: 'd-1' }])
      expect((await ofrep('vip', context)).json()).toMatchObject({ value: false, reason: 'DEFAULT' });
  });

  it('gives the values of an experiment while it runs, with its group and holdouts', async () => {
    const experiment = await call('POST', '/api/v1/experiments', {
      ...experimentRequestSchema.parse(example('experiments', 'experiment')),
      key: 'colour',
      kind: 'flag',
      unit: 'person',
    });
    expect(experiment.statusCode, experiment.body).toBe(201);
    await make({
      key: 'colour',
      type: 'string',
      default: 'grey',
      rules: [{ kind: 'experiment', experiment: 'colour', values: { delivery: 'green' } }],
    });
    expect(await featuresOf()).toEqual({ colour: { defaultValue: 'grey' } });
    const { id } = experiment.json<{ id: string }>();
    expect((await call('POST', `/api/v1/experiments/${id}/start`)).statusCode).toBe(200);
    await expect
      .poll(async () => JSON.stringify(await featuresOf()), { timeout: 10_000 })
      .toContain('"variations":["grey","green"]');
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, index) =>
        (await ofrep('colour', { userId: `u${index}` })).json<{ value: string; reason: string }>(),
      ),
    );
    // The group gives it one half of the people, of whom one half gets each.
    const split = answers.filter(({ reason }) => reason === 'SPLIT').length;
    expect(split).toBeGreaterThan(70);
    expect(split).toBeLessThan(130);
    expect(new Set(answers.map(({ value }) => value))).toEqual(new Set(['grey', 'green']));
    expect((await ofrep('colour', {})).json()).toMatchObject({ errorCode: 'TARGETING_KEY_MISSING' });
    expect((await ofrep('gone', {})).statusCode).toBe(404);
    expect((await ofrep('colour', {}, 'wk_wrong')).statusCode).toBe(401);
    const evaluated = await web.app.inject({
      method: 'POST',
      url: `/api/eval/${shop.writeKey}`,
      payload: { attributes: { userId: 'u1' }, forcedVariations: {}, forcedFeatures: [], url: '' },
    });
    expect(evaluated.body).not.toContain('weights');
  });
});

describe('the reference', () => {
  it('shows a flag as it is served, and a question that is answered so', async () => {
    await make(example('flags', 'flag'));
    expect(await featuresOf()).toEqual(example('flags', 'features'));
    const asked = await web.app.inject({
      method: 'POST',
      url: '/ofrep/v1/evaluate/flags/free-delivery',
      headers: { authorization: `Bearer ${shop.secretKey}` },
      payload: example('flags', 'ofrep'),
    });
    expect(asked.json()).toEqual(example('flags', 'answer'));
    flagRequestSchema.parse(example('flags', 'flag'));
  });

  it('shows an experiment that can be made, what the helper says, and a simulation', async () => {
    const made = await call('POST', '/api/v1/experiments', example('experiments', 'experiment'));
    expect(made.statusCode, made.body).toBe(201);
    const helped = await call('GET', '/api/v1/experiment-sample?baseline=0.05&effect=0.1&peoplePerDay=2000');
    expect(helped.json()).toEqual(example('experiments', 'sample'));
    const simulated = await call('POST', '/api/v1/experiment-simulation', example('experiments', 'simulation'));
    expect(simulated.json()).toMatchObject({ experiments: 200 });
    expect(example('experiments', 'exposure')).toMatchObject({ properties: { experiment_id: 'home-banner' } });
  });
});
