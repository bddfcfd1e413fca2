import { afterAll, beforeAll } from 'vitest';
import type { Limits } from '../src/app/http/limits.ts';
import { countRefusals, type Inbox, openInbox, type RefusalCounts } from '../src/collect/inbox/index.ts';
import { registerReceiveRoutes } from '../src/collect/receive/index.ts';
import { type HttpApp, pgQuery } from '../src/platform/index.ts';
import { openTestApp, testSettings } from './httpApp.ts';
import type { TestDeps } from './stores.ts';

const listInbox = pgQuery({
  name: 'test.door.listInbox',
  params: { workspace: 'int4' },
  row: {
    source_id: 'int4',
    type_hint: 'text?',
    ip: 'text?',
    user_agent: 'text?',
    events: 'int4',
    replay: 'bool',
    payload: 'text',
  },
  text: `select source_id, type_hint, ip, user_agent, events, replay, payload
         from collect.inbox where workspace_id = :workspace order by id`,
});

export interface DoorAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: unknown;
}

/** The collection door of a test: the real web server and inbox, listening, without a pipeline behind. */
export interface TestDoor {
  readonly app: HttpApp;
  /** Where it listens. */
  readonly url: string;
  readonly refusals: RefusalCounts;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<DoorAnswer>;
  /** What a workspace has in the inbox, in order. */
  rows(workspace: { readonly id: number }): ReturnType<typeof listRows>;
  close(): Promise<void>;
}

const listRows = (deps: Pick<TestDeps, 'pg'>, workspace: number) => deps.pg.rows(listInbox, { workspace });

export async function openDoor(
  deps: TestDeps,
  options: {
    limitEvents?: number;
    publicUrl?: string;
    limits?: Partial<Limits>;
    /** Runs when the stop has begun. */
    whenStopping?: (url: string) => Promise<void>;
  } = {},
): Promise<TestDoor> {
  let url = '';
  const inbox: Inbox = await openInbox(deps, { limitEvents: options.limitEvents ?? 1_000_000 });
  const refusals = countRefusals(deps);
  const { app, close } = await openTestApp(deps, {
    settings: { limits: { ...testSettings.limits, ...options.limits } },
    rooms: (rooms, { keys: { findWriteKey } }) => {
      rooms.addHook('preClose', async () => options.whenStopping?.(url));
      registerReceiveRoutes(rooms, {
        inbox,
        refusals,
        clock: deps.clock,
        findWriteKey,
        publicUrl: options.publicUrl ?? null,
        visitorSecret: Buffer.alloc(32, 9),
      });
    },
  });
  url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    app,
    url,
    refusals,
    async post(path, body, headers = {}) {
      const bytes = body instanceof Uint8Array ? new Uint8Array(body) : null;
      const payload = bytes ?? (typeof body === 'string' ? body : JSON.stringify(body));
      const response = await fetch(url + path, { method: 'POST', body: payload, headers });
      const text = await response.text();
      return { status: response.status, headers: response.headers, json: text === '' ? null : JSON.parse(text) };
    },
    rows: (workspace) => listRows(deps, workspace.id),
    async close() {
      await app.close();
      await close();
      await inbox.close();
      await refusals.close();
    },
  };
}

/** `openDoor` for all tests of a file; use the returned object inside tests and hooks only. */
export function useDoor(deps: TestDeps): TestDoor {
  let opened: TestDoor | undefined;
  beforeAll(async () => {
    opened = await openDoor(deps);
  });
  afterAll(() => opened?.close());
  const door = (): TestDoor => {
    if (opened === undefined) throw new Error('the door is open inside tests and hooks only');
    return opened;
  };
  return {
    get app() {
      return door().app;
    },
    get url() {
      return door().url;
    },
    get refusals() {
      return door().refusals;
    },
    post: (...request) => door().post(...request),
    rows: (workspace) => door().rows(workspace),
    close: () => door().close(),
  };
}

/** A write key as clients send it. */
export const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` });
