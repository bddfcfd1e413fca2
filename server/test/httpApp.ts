import { afterAll, beforeAll } from 'vitest';
import { createHttpApp, type HttpSettings } from '../src/app/http/createHttpApp.ts';
import { usualLimits } from '../src/app/http/limits.ts';
import type { ReadyPart } from '../src/app/http/systemRoutes.ts';
import { type Govern, identify, openGovern, type Provisioning, registerGovernRoutes } from '../src/govern/index.ts';
import { createMetrics, type HttpApp, pgQuery } from '../src/platform/index.ts';
import type { TestDeps } from './stores.ts';

const ensureSource = pgQuery({
  name: 'test.ensureSource',
  params: { workspace: 'int4', site: 'int4?' },
  row: { id: 'int4' },
  text: `insert into collect.source (workspace_id, name, family, kind, site_id)
         values (:workspace, 'Website', 'web', 'browser', :site)
         on conflict (workspace_id, name) do update set name = excluded.name returning id`,
});

/** Rooms add nothing; the default source is one called "Website". */
export const plainProvisioning: Provisioning = {
  defaults: [],
  async defaultSource(tx, workspace) {
    const source = await tx.row(ensureSource, { workspace: workspace.id, site: workspace.siteId });
    if (source === null) throw new Error('the source was not inserted');
    return source.id;
  },
};

export const testSettings: HttpSettings = {
  publicUrl: null,
  trustProxy: false,
  limits: { ...usualLimits, guessesPerMinute: 10_000 },
  bodyLimit: 1_048_576,
  slowMs: 60_000,
  version: '0.0.0',
};

export interface TestAppOptions {
  readonly settings?: Partial<HttpSettings>;
  readonly provisioning?: Provisioning;
  readonly ready?: readonly ReadyPart[];
  readonly signInsPerMinute?: number;
  /** Routes beside those of `govern`. */
  readonly rooms?: (app: HttpApp, govern: Govern) => void | Promise<void>;
}

export interface TestApp {
  readonly app: HttpApp;
  readonly govern: Govern;
  close(): Promise<void>;
}

/** The real web server over the given stores, with the routes of `govern` and those of the test. */
export async function openTestApp(deps: TestDeps, options: TestAppOptions = {}): Promise<TestApp> {
  const settings = { ...testSettings, ...options.settings };
  const govern = await openGovern(deps, {
    publicUrl: settings.publicUrl,
    provisioning: options.provisioning ?? plainProvisioning,
    signInsPerMinute: options.signInsPerMinute ?? 10_000,
  });
  const app = await createHttpApp({
    log: deps.log,
    metrics: createMetrics(),
    settings,
    identify: (request) => identify({ pg: deps.pg, govern }, request),
    ready: options.ready ?? [],
    rooms: async (rooms) => {
      registerGovernRoutes(rooms, deps, govern);
      await options.rooms?.(rooms, govern);
    },
  });
  return {
    app,
    govern,
    async close() {
      await app.close();
      await govern.stop();
    },
  };
}

/** `openTestApp` for all tests of a file; use the returned object inside tests and hooks only. */
export function useApp(deps: TestDeps, options: TestAppOptions = {}): Pick<TestApp, 'app' | 'govern'> {
  let opened: TestApp | undefined;
  beforeAll(async () => {
    opened = await openTestApp(deps, options);
  });
  afterAll(async () => {
    await opened?.close();
  });
  const current = (): TestApp => {
    if (opened === undefined) throw new Error('the app is open inside tests and hooks only');
    return opened;
  };
  return {
    get app() {
      return current().app;
    },
    get govern() {
      return current().govern;
    },
  };
}
