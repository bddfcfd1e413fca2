import { generateKeyPairSync } from 'node:crypto';
import type { AdAudience, SegmentNode } from '@vitrail/contracts';
import { afterEach, beforeEach, expect } from 'vitest';
import { encodeProfileId } from '../src/collect/index.ts';
import { registerAudienceRoutes } from '../src/communicate/audiences/routes.ts';
import { lookEveryMs, type SyncDeps, syncAudience } from '../src/communicate/audiences/syncAudience.ts';
import { followConsents } from '../src/communicate/consent/deriveConsents.ts';
import { createReadConsents } from '../src/communicate/index.ts';
import { createLoadOthers, createOutside, createSegments, registerOutsideRoutes } from '../src/decide/index.ts';
import { changeList } from '../src/decide/segments/index.ts';
import { createList, createSegment } from '../src/decide/segments/saveSegment.ts';
import type { JobOutcome, JsonObject } from '../src/platform/index.ts';
import { findHolder, findRoots } from '../src/unify/index.ts';
import { type AdCompanies, openAdCompanies } from './adCompanies.ts';
import { openTestApp, type TestApp } from './httpApp.ts';
import { openShop, type Shop, testSecrets } from './shop.ts';
import { useStores } from './stores.ts';

const actor = { kind: 'system', id: 'test' } as const;
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
/** What a shop enters of each company. */
export const meta = { kind: 'meta', settings: { audienceId: '2385', accessToken: 'EAAB-token' } } as const;
export const google = {
  kind: 'google',
  settings: {
    customerId: '123-456-7890',
    audienceId: '777',
    serviceAccount: JSON.stringify({
      client_email: 'ads@shop.iam',
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    }),
  },
} as const;

/** Somebody with an address who says what they think of advertising, or nothing. */
export const says = (name: string, advertising?: boolean, traits: JsonObject = {}): JsonObject => ({
  type: 'identify',
  userId: name,
  anonymousId: `device-${name}`,
  traits: { email: `${name}@example.fr`, ...traits },
  ...(advertising === undefined ? {} : { context: { consent: { categoryPreferences: { advertising } } } }),
});

interface Opened {
  readonly shop: Shop;
  readonly segments: ReturnType<typeof createSegments>;
  readonly web: TestApp;
  readonly companies: AdCompanies;
}

/** A shop that hands people on to stand-ins of the companies; everything anew for each test. */
export function useAdAudiences() {
  const stores = useStores();
  let current: Opened | null = null;
  const opened = (): Opened => {
    if (current === null) throw new Error('no shop is open outside of tests');
    return current;
  };
  /** Jobs are carried out by the tests themselves. */
  const jobs = () => ({ ...stores.jobs, send: async () => undefined });
  const deps = (): SyncDeps => ({
    pg: stores.pg,
    clock: stores.clock,
    secrets: testSecrets,
    credentials: testSecrets.credentials,
    createHttp: opened().companies.createHttp,
  });

  beforeEach(async () => {
    stores.clock.set('2026-05-20T12:00:00Z');
    const segments = createSegments(stores, createLoadOthers(stores.pg));
    const outside = createOutside(
      { ...stores, jobs: jobs() },
      { readConsents: createReadConsents(stores), touch: segments.touch },
    );
    const shop = await openShop(stores, {
      reactors: [followConsents(stores), outside.react, segments.react],
      scopes: ['settings.write', 'segments.write', 'segments.read', 'analytics.read', 'data.write'],
    });
    const web = await openTestApp(stores, {
      rooms: (app) => {
        registerAudienceRoutes(app, { ...stores, jobs: jobs(), credentials: testSecrets.credentials });
        registerOutsideRoutes(app, outside.deps);
      },
    });
    current = { shop, segments, web, companies: await openAdCompanies() };
  });
  afterEach(async () => {
    const { shop, segments, web, companies } = opened();
    current = null;
    await companies.close();
    await web.close();
    await segments.stop();
    await shop.pipeline.stop();
  });

  async function call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object, key?: string) {
    const response = await opened().web.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { authorization: `Bearer ${key ?? opened().shop.secretKey}` },
      ...(body === undefined ? {} : { payload: body }),
    });
    return { status: response.statusCode, json: response.body === '' ? null : response.json() };
  }
  const saving = () => ({ ...opened().segments.deps, jobs: jobs() });
  const roots = async (names: readonly string[]): Promise<number[]> => {
    const workspace = opened().shop.id;
    const holders = await findHolder(
      stores.pg,
      workspace,
      names.map((name) => `email:${name}@example.fr`),
    );
    const found = holders.map((holder, index) => {
      if (holder === null) throw new Error(`nobody is called ${names[index]}`);
      return holder;
    });
    const rows = await stores.pg.rows(findRoots, { workspace, profiles: found });
    const rootOf = new Map(rows.map(({ id, root_id }) => [id, root_id]));
    return found.map((each) => rootOf.get(each) ?? each);
  };

  return {
    stores,
    opened,
    deps,
    call,
    roots,
    /** A list of these people; its id. */
    async listOf(...names: string[]): Promise<string> {
      const profiles = (await roots(names)).map(encodeProfileId);
      const input = { workspace: opened().shop.id, actor, name: 'For advertising', description: '', profiles };
      return (await createList(saving(), input)).id;
    },
    async changeListed(id: string, add: readonly string[], remove: readonly string[]): Promise<void> {
      const workspace = opened().shop.id;
      await changeList(saving(), { workspace, actor, id, add: await roots(add), remove: await roots(remove) });
    },
    async segmentOf(definition: SegmentNode): Promise<string> {
      const input = { workspace: opened().shop.id, actor, name: 'Found', description: '', definition };
      const { id } = await createSegment(saving(), input);
      await opened().segments.applyWaiting();
      return id;
    },
    async setUp(fields: object): Promise<number> {
      const { status, json } = await call('POST', '/ad-audiences', { name: 'Ads', ...fields });
      expect(status, JSON.stringify(json)).toBe(201);
      return Number(json.id);
    },
    sync: (id: number): Promise<JobOutcome> =>
      syncAudience(deps(), { workspace: opened().shop.id, id }, new AbortController().signal),
    async read(id: number): Promise<AdAudience> {
      return (await call('GET', `/ad-audiences/${id}`)).json;
    },
    /** Time passes until everybody is looked at again. */
    waitForLook: (): void => stores.clock.advance(lookEveryMs),
  };
}
