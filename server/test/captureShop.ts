import type { AnswerAnswer, DecideAnswer } from '@vitrail/contracts';
import { afterEach, beforeEach, expect } from 'vitest';
import { followConsents } from '../src/communicate/consent/deriveConsents.ts';
import { createLinks } from '../src/communicate/consent/linkTokens.ts';
import { registerConsentPages } from '../src/communicate/consent/pages/routes.ts';
import { createReadAllowances } from '../src/communicate/consent/readAllowances.ts';
import { registerConsentRoutes } from '../src/communicate/consent/routes.ts';
import { createShopBenefits } from '../src/communicate/index.ts';
import { createOffer } from '../src/communicate/offers/changeOffers.ts';
import { generateCodes } from '../src/communicate/offers/coupons.ts';
import { insertPool } from '../src/communicate/offers/sql/coupons.pg.ts';
import { createRecommendDeps } from '../src/decide/index.ts';
import { createAssigner } from '../src/experience/assigner/createAssigner.ts';
import type { Captures } from '../src/experience/capture/createCapture.ts';
import { createExperiences } from '../src/experience/createExperiences.ts';
import { followViews } from '../src/experience/decisions/followViews.ts';
import { registerExperienceRoom } from '../src/experience/routes.ts';
import { createKeys } from '../src/govern/keys/findKeys.ts';
import { pgQuery } from '../src/platform/index.ts';
import { findHolder } from '../src/unify/index.ts';
import { createTestCaptures } from './captures.ts';
import { openTestApp, type TestApp } from './httpApp.ts';
import { offerWish } from './offers.ts';
import { openShop, type Shop } from './shop.ts';
import { useStores } from './stores.ts';

const listMails = pgQuery({
  name: 'test.capture.listMails',
  params: { workspace: 'int4' },
  row: { profile_id: 'int8', variables: 'jsonb' },
  text: `select profile_id, variables from communicate.message where workspace_id = :workspace order by id`,
});
const listLedger = pgQuery({
  name: 'test.capture.listLedger',
  params: { workspace: 'int4' },
  row: {
    profile_id: 'int8',
    purpose: 'text',
    channel: 'text',
    state: 'text',
    source: 'text',
    actor: 'text',
    proof: 'jsonb',
  },
  text: `select profile_id, purpose, channel, state, source, actor, proof from communicate.consent
         where workspace_id = :workspace order by id`,
});
const listTraits = pgQuery({
  name: 'test.capture.listTraits',
  params: { workspace: 'int4', profile: 'int8' },
  row: { traits: 'jsonb' },
  text: `select traits from unify.profile where workspace_id = :workspace and id = :profile`,
});
const countGivenCodes = pgQuery({
  name: 'test.capture.countGivenCodes',
  params: { workspace: 'int4' },
  row: { given: 'int8' },
  text: `select count(*) as given from communicate.coupon where workspace_id = :workspace and claim_key is not null`,
});
const countDrawn = pgQuery({
  name: 'test.capture.countDrawn',
  params: { workspace: 'int4' },
  row: { drawn: 'int8' },
  text: `select count(*) as drawn from experience.draw where workspace_id = :workspace`,
});

export const email = { trait: 'email', kind: 'email', label: { en: 'E-mail' }, required: true };
export const agreed = { text: 'I want news by e-mail.', language: 'en' };
export const consent = { purpose: 'marketing', channel: 'email', text: { en: agreed.text }, required: true };
export const newsletter = { kind: 'form', questions: [email], consent };

/** A shop whose pages ask visitors something, with its API, its public pages and its mails. For all tests of a file. */
export function useCaptureShop() {
  const stores = useStores();
  const links = createLinks(Buffer.alloc(32, 9), 'https://shop.example');
  let shop: Shop;
  let web: TestApp;
  let captures: Captures;

  beforeEach(async () => {
    stores.clock.set('2026-05-20T12:00:00Z');
    captures = createTestCaptures(stores, () => shop.pipeline.ring());
    shop = await openShop(stores, {
      reactors: [followConsents(stores), (batch) => captures.react(batch)],
      follow: followViews,
      scopes: ['experience.read', 'experience.write', 'profiles.read', 'consent.write'],
    });
    const deps = { ...stores, pipeline: shop.pipeline };
    const experiences = createExperiences(stores, {
      readAllowances: createReadAllowances(stores),
      captures,
      benefits: createShopBenefits(stores),
      recommending: createRecommendDeps(stores),
      assigner: createAssigner(stores),
    });
    web = await openTestApp(stores, {
      rooms: (app) => {
        registerExperienceRoom(app, { ...stores, keys: createKeys(stores) }, experiences);
        registerConsentPages(app, { ...deps, links, ring: () => undefined, codeFor: captures.codeFor });
        registerConsentRoutes(app, { ...deps, links });
      },
    });
  });
  afterEach(async () => {
    await web.close();
    await shop.pipeline.stop();
  });

  const call = (method: 'POST' | 'GET', path: string, body?: object) =>
    web.app.inject({
      method,
      url: `/api/v1/${path}`,
      headers: { authorization: `Bearer ${shop.secretKey}` },
      ...(body === undefined ? {} : { payload: body }),
    });
  const texts = { fr: { title: 'Bonjour' }, en: { title: 'Hello' } };
  async function start(content: object, fields: object = {}): Promise<string> {
    const variants = [{ key: 'a', name: 'A', weight: 1, content: { texts, ...content } }];
    const made = await call('POST', 'experiences', { key: 'ask', name: 'Ask', variants, ...fields });
    expect(made.body).toContain('"state":"draft"');
    const { id } = made.json<{ id: string }>();
    expect((await call('POST', `experiences/${id}/start`)).json()).toMatchObject({ state: 'running' });
    return id;
  }
  const post = (path: string, body: object, headers: object = {}) =>
    web.app.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'text/plain', origin: 'https://shop.example', ...headers },
      payload: JSON.stringify({ writeKey: shop.writeKey, ...body }),
    });
  let messages = 0;
  const messageId = (): string => `message-${process.pid}-${++messages}`;
  const send = (body: object, headers: object = {}) =>
    post('/v1/answers', { messageId: messageId(), experience: 'ask', variant: 'a', version: 1, ...body }, headers);
  const answer = async (body: object): Promise<AnswerAnswer> => {
    const sent = await send(body);
    expect(sent.statusCode).toBe(200);
    return sent.json();
  };
  const granted = { consent: { personalisation: true } };
  const decide = async (anonymousId: string): Promise<DecideAnswer['decisions']> =>
    (await post('/v1/decide', { anonymousId, context: granted })).json<DecideAnswer>().decisions;
  const holderOf = async (identifier: string): Promise<number> =>
    (await findHolder(stores.pg, shop.id, [identifier]))[0] ?? 0;
  const traitsOf = async (identifier: string): Promise<Record<string, unknown>> => {
    const row = await stores.pg.row(listTraits, { workspace: shop.id, profile: await holderOf(identifier) });
    return Object.fromEntries(Object.entries(Object(row?.traits)).map(([name, kept]) => [name, Object(kept).value]));
  };
  const mails = () => stores.pg.rows(listMails, { workspace: shop.id });
  const linkOf = (mail: { variables: unknown } | undefined): string =>
    new URL(String(Object(mail?.variables).confirm_url)).pathname;
  const press = (path: string) =>
    web.app.inject({ method: 'POST', url: path, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  async function offer(key: string, codes: number, fields: object = {}): Promise<void> {
    const row = await stores.pg.row(insertPool, { workspace: shop.id, name: key, now: stores.clock.now() });
    const pool = row?.id ?? 0;
    if (codes > 0) await generateCodes(stores.pg, shop.id, pool, { count: codes, prefix: 'S-', length: 8 });
    const by = { workspace: shop.id, actor: { kind: 'system', id: 'test' } as const };
    await createOffer(stores, by, offerWish({ key, code: { kind: 'unique', pool }, ...fields }));
  }
  const ledger = () => stores.pg.rows(listLedger, { workspace: shop.id });
  const codesGiven = async () => (await stores.pg.row(countGivenCodes, { workspace: shop.id }))?.given;
  const draws = async () => (await stores.pg.row(countDrawn, { workspace: shop.id }))?.drawn;
  return {
    stores,
    call,
    start,
    post,
    send,
    answer,
    decide,
    holderOf,
    traitsOf,
    mails,
    linkOf,
    press,
    offer,
    messageId,
    shop: () => shop,
    ledger,
    codesGiven,
    draws,
  };
}
