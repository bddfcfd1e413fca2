import { afterAll, beforeAll, beforeEach } from 'vitest';
import { encodeProfileId } from '../src/collect/index.ts';
import { followConsents } from '../src/communicate/consent/deriveConsents.ts';
import { defineConsentJobs } from '../src/communicate/consent/jobs.ts';
import { createLinks, type LinkSubject } from '../src/communicate/consent/linkTokens.ts';
import { registerConsentPages } from '../src/communicate/consent/pages/routes.ts';
import { registerConsentRoutes } from '../src/communicate/consent/routes.ts';
import { enqueueMessages } from '../src/communicate/messages/enqueueMessages.ts';
import { findHolder } from '../src/unify/index.ts';
import { openTestApp, type TestApp } from './httpApp.ts';
import { openShop, type Shop } from './shop.ts';
import { useStores } from './stores.ts';

/** How somebody stands, as the API answers. */
export interface Standing {
  purpose: string;
  channel: string;
  state: string;
  why: string;
}

/** A shop with its public pages and its API, and for each test somebody new who allows mails. */
export function useConsentPages() {
  const stores = useStores();
  const links = createLinks(Buffer.alloc(32, 9), 'https://shop.example');
  const current: { shop: Shop | null; web: TestApp | null; rung: number; profile: number; people: number } = {
    shop: null,
    web: null,
    rung: 0,
    profile: 0,
    people: 0,
  };
  const shop = (): Shop => {
    if (current.shop === null) throw new Error('the shop is not open yet');
    return current.shop;
  };
  const app = (): TestApp['app'] => {
    if (current.web === null) throw new Error('the shop is not open yet');
    return current.web.app;
  };

  beforeAll(async () => {
    const scopes = [
      'consent.write',
      'profiles.read',
      'personal.read',
      'export.read',
      'audit.read',
      'messages.read',
      'settings.read',
      'settings.write',
    ];
    current.shop = await openShop(stores, { name: 'Maison <Verre>', scopes, reactors: [followConsents(stores)] });
    const opened = current.shop;
    const deps = { ...stores, pipeline: opened.pipeline };
    defineConsentJobs(deps);
    await stores.jobs.start({ workers: false, schedules: false });
    current.web = await openTestApp(stores, {
      rooms: (app) => {
        registerConsentPages(app, { ...deps, links, ring: () => void current.rung++ });
        registerConsentRoutes(app, { ...deps, links });
      },
    });
  });
  afterAll(async () => {
    await current.web?.close();
    await current.shop?.pipeline.stop();
  });

  const addressOf = (): string => `p${current.people}@example.fr`;
  beforeEach(async () => {
    current.people += 1;
    await shop().send({
      type: 'identify',
      userId: `u${current.people}`,
      traits: { email: addressOf(), firstName: '<b>Zoé</b>', language: 'fr' },
      context: { consent: { categoryPreferences: { email: true } } },
    });
    const [found] = await findHolder(stores.pg, shop().id, [`email:${addressOf()}`]);
    current.profile = found ?? 0;
    stores.clock.advance(60_000);
  });

  const subject = (overrides: Partial<LinkSubject> = {}): LinkSubject => ({
    workspace: shop().id,
    profile: current.profile,
    message: 0,
    channel: 'email',
    purpose: 'marketing',
    ...overrides,
  });
  const pathOf = (link: string): string => new URL(link).pathname;
  const get = (url: string, headers: Record<string, string> = {}) => app().inject({ method: 'GET', url, headers });
  const post = (url: string, payload = '', headers: Record<string, string> = {}) =>
    app().inject({
      method: 'POST',
      url,
      payload,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  const api = (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
    app().inject({
      method,
      url: `/api/v1/${url}`,
      headers: { authorization: `Bearer ${shop().secretKey}` },
      ...(payload && { payload }),
    });

  const consents = async () => (await api('GET', `profiles/${encodeProfileId(current.profile)}/consents`)).json();
  const why = async (channel = 'email', purpose = 'marketing'): Promise<string | undefined> =>
    (await consents()).standing.find((each: Standing) => each.purpose === purpose && each.channel === channel)?.why;

  const queue = async (): Promise<number> => {
    const now = stores.clock.now();
    const [id = 0] = await enqueueMessages(stores.pg, {
      workspace: shop().id,
      now,
      wishes: [
        {
          profile: current.profile,
          dedupeKey: `pages/${current.people}`,
          channel: 'email',
          purpose: 'marketing',
          kind: 'marketing',
          template: { id: 1, version: 1 },
          origin: { kind: 'api', id: 'test' },
          address: addressOf(),
          dueAt: now,
        },
      ],
    });
    return id;
  };

  return { stores, links, current, shop, app, addressOf, subject, pathOf, get, post, api, consents, why, queue };
}
