import type { OutsideProvider, OutsideTaken, SegmentNode } from '@vitrail/contracts';
import { afterEach, beforeEach, expect } from 'vitest';
import { followConsents } from '../src/communicate/consent/deriveConsents.ts';
import { createReadConsents } from '../src/communicate/index.ts';
import {
  createLoadOthers,
  createOutside,
  createSegments,
  type Outside,
  registerOutsideRoutes,
  type Segments,
} from '../src/decide/index.ts';
import { previewSegment } from '../src/decide/segments/askSegment.ts';
import { type JsonObject, pgQuery } from '../src/platform/index.ts';
import { findHolder } from '../src/unify/index.ts';
import { openTestApp, type TestApp } from './httpApp.ts';
import { openShop, type Shop } from './shop.ts';
import { useStores } from './stores.ts';

const countStored = pgQuery({
  name: 'test.outside.stored',
  params: { workspace: 'int4' },
  row: { members: 'int8', mappings: 'int8', merges: 'int8' },
  text: `
    select (select count(*) from decide.outside_member where workspace_id = :workspace) as members,
      (select count(*) from decide.outside_mapping where workspace_id = :workspace) as mappings,
      (select count(*) from unify.merge where workspace_id = :workspace) as merges`,
});

/** A row of a partner about an e-mail address. */
export const member = (email: string, segment = 'auto', more: JsonObject = {}): JsonObject => ({
  id: { kind: 'email', value: email },
  segment,
  ...more,
});
/** A device of somebody that says what they think of advertising, or nothing. */
export const says = (email: string, advertising?: boolean): JsonObject => ({
  type: 'identify',
  traits: { email },
  anonymousId: `device-${email}`,
  ...(advertising === undefined ? {} : { context: { consent: { categoryPreferences: { advertising } } } }),
});
export const auto: SegmentNode = { kind: 'outside', provider: 'acme', segment: 'auto' };

interface Opened {
  readonly shop: Shop;
  readonly segments: Segments;
  readonly outside: Outside;
  readonly web: TestApp;
}

/** A shop with data partners, opened anew for each test. */
export function useOutside() {
  const stores = useStores();
  let current: Opened | null = null;
  const opened = (): Opened => {
    if (current === null) throw new Error('no shop is open outside of tests');
    return current;
  };
  /** Jobs are carried out by the tests themselves. */
  const deps = () => ({ ...stores, jobs: { ...stores.jobs, send: async () => undefined } });

  beforeEach(async () => {
    stores.clock.set('2026-05-20T12:00:00Z');
    const segments = createSegments(stores, createLoadOthers(stores.pg));
    const outside = createOutside(deps(), { readConsents: createReadConsents(stores), touch: segments.touch });
    const shop = await openShop(stores, {
      reactors: [followConsents(stores), outside.react, segments.react],
      scopes: ['segments.write', 'segments.read', 'analytics.read', 'data.write', 'profiles.read'],
    });
    const web = await openTestApp(stores, { rooms: (app) => registerOutsideRoutes(app, outside.deps) });
    current = { shop, segments, outside, web };
  });
  afterEach(async () => {
    const { shop, segments, web } = opened();
    current = null;
    await web.close();
    await segments.stop();
    await shop.pipeline.stop();
  });

  const call = (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: JsonObject,
    key = opened().shop.secretKey,
  ) =>
    opened().web.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { authorization: `Bearer ${key}` },
      ...(body === undefined ? {} : { payload: body }),
    });
  return {
    stores,
    opened,
    deps,
    call,
    async partner(fields: JsonObject = {}): Promise<OutsideProvider> {
      const body = { key: 'acme', name: 'Acme data', basis: 'consent', ...fields };
      const answer = await call('POST', '/outside-audiences', body);
      expect(answer.statusCode, answer.body).toBe(201);
      return answer.json();
    },
    async place(items: JsonObject[], key = 'acme'): Promise<OutsideTaken> {
      const answer = await call('POST', `/outside-audiences/${key}/members`, { items });
      expect(answer.statusCode, answer.body).toBe(200);
      return answer.json();
    },
    /** How many people pass a definition now. */
    async whoIs(definition: SegmentNode = auto): Promise<number> {
      const asked = { workspace: opened().shop.id, definition, sql: false };
      return (await previewSegment(opened().segments.deps, asked)).count;
    },
    async holder(email: string): Promise<number> {
      const [found = null] = await findHolder(stores.pg, opened().shop.id, [`email:${email}`]);
      if (found === null) throw new Error(`nobody holds ${email}`);
      return found;
    },
    stored: () => stores.pg.row(countStored, { workspace: opened().shop.id }),
  };
}
