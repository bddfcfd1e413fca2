import type { Import, ImportKind } from '@vitrail/contracts';
import { afterAll, beforeAll, expect } from 'vitest';
import { defineImportJobs, registerImportRoutes } from '../src/collect/index.ts';
import { createFileDoor } from '../src/decide/outside/fileDoor.ts';
import { createWorkspace, type TestWorkspace } from './builders.ts';
import { useApp } from './httpApp.ts';
import { poll } from './poll.ts';
import { openShop, type Shop } from './shop.ts';
import type { TestDeps } from './stores.ts';

const scopes = ['data.read', 'data.write', 'personal.read'];

type Answer = Awaited<ReturnType<ReturnType<typeof useApp>['app']['inject']>>;

/** The real import routes and jobs over a running pipeline, for all tests of a file. */
export interface ImportBench {
  readonly shop: Shop;
  open(): Promise<TestWorkspace>;
  /** Sends a multipart form. */
  post(workspace: TestWorkspace, url: string, fields: Record<string, string>, file?: SentFile): Promise<Answer>;
  ask(workspace: TestWorkspace, method: 'GET' | 'POST', url: string): Promise<Answer>;
  /** Waits until an import has ended. */
  follow(workspace: TestWorkspace, id: string): Promise<Import>;
  /** Starts an import that is accepted, and waits until it has ended. */
  bring(
    workspace: TestWorkspace,
    as: ImportKind,
    content: string | Buffer,
    fields?: Record<string, string>,
  ): Promise<Import>;
}

export interface SentFile {
  readonly name?: string;
  readonly content: string | Buffer;
}

export function useImports(stores: TestDeps, maxUploadBytes = 4_000_000): ImportBench {
  const web = useApp(stores, { rooms: (app) => registerImportRoutes(app, stores, { maxUploadBytes }) });
  let shop: Shop | undefined;
  const current = (): Shop => {
    if (shop === undefined) throw new Error('the shop is open inside tests and hooks only');
    return shop;
  };
  beforeAll(async () => {
    shop = await openShop(stores);
    const { pg, clock, log, filesDir, jobs } = stores;
    const partners = createFileDoor(stores, async () => undefined);
    defineImportJobs({ pg, clock, log, filesDir, jobs, ingest: shop.pipeline.ingest, partners });
    await jobs.start({ workers: true, schedules: false });
  });
  afterAll(async () => {
    await shop?.pipeline.stop();
  });

  const ask: ImportBench['ask'] = async (workspace, method, url) =>
    web.app.inject({ method, url, headers: { authorization: `Bearer ${workspace.secretKey}` } });
  const post: ImportBench['post'] = async (workspace, url, fields, file) => {
    const form = new FormData();
    // Fields after the file, as some clients send them.
    if (file !== undefined)
      form.append('file', new Blob([new Uint8Array(Buffer.from(file.content))]), file.name ?? 'file.csv');
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    const request = new Request('http://localhost/', { method: 'POST', body: form });
    const type = request.headers.get('content-type') ?? '';
    return web.app.inject({
      method: 'POST',
      url,
      headers: { authorization: `Bearer ${workspace.secretKey}`, 'content-type': type },
      payload: Buffer.from(await request.arrayBuffer()),
    });
  };
  const follow: ImportBench['follow'] = (workspace, id) =>
    poll(
      'the import ends',
      async () => {
        const answer = (await ask(workspace, 'GET', `/api/v1/imports/${id}`)).json<Import>();
        return ['done', 'failed', 'cancelled'].includes(answer.state) ? answer : null;
      },
      { timeoutMs: 20_000 },
    );
  return {
    get shop() {
      return current();
    },
    open: () => createWorkspace(stores, { scopes }),
    ask,
    post,
    follow,
    async bring(workspace, as, content, fields = {}) {
      const started = await post(workspace, '/api/v1/imports', { as, ...fields }, { content });
      expect(started.json()).toEqual({ id: expect.any(String) });
      expect(started.statusCode).toBe(202);
      return follow(workspace, started.json<{ id: string }>().id);
    },
  };
}
