import { createPipeline, type Pipeline, type Reactor, type Resolver } from '../src/collect/index.ts';
import { deriveSecrets } from '../src/govern/index.ts';
import { chQuery, type JsonObject, pgQuery } from '../src/platform/index.ts';
import { createResolver, projectCustomers } from '../src/unify/index.ts';
import { createWorkspace, type TestWorkspace, type WorkspaceOverrides } from './builders.ts';
import { poll } from './poll.ts';
import type { TestDeps } from './stores.ts';

const insertRequest = pgQuery({
  name: 'test.insertRequest',
  params: { workspace: 'int4', source: 'int4', at: 'timestamptz', payload: 'text', events: 'int4' },
  row: {},
  text: `insert into collect.inbox (workspace_id, source_id, received_at, events, payload)
         values (:workspace, :source, :at, :events, :payload)`,
});

const listEvents = chQuery({
  name: 'test.listEvents',
  params: { workspace: 'UInt32' },
  row: {
    message_id: 'String',
    profile_id: 'UInt64',
    event: 'LowCardinality(String)',
    timestamp: 'DateTime64(3)',
  },
  text: `select message_id, profile_id, event, timestamp from events where workspace_id = {workspace:UInt32} order by received_at, message_id`,
});

export const testSecrets = deriveSecrets(Buffer.alloc(32, 7));

/** A running pipeline with one workspace: what a test sends in comes out on profiles, in both stores. */
export interface Shop extends TestWorkspace {
  readonly pipeline: Pipeline;
  /** Accepts one request (a batch of calls) as the door would, and waits until all has reacted. */
  send(...calls: JsonObject[]): Promise<void>;
  /** Accepts without waiting. */
  accept(...calls: JsonObject[]): Promise<void>;
  settle(): Promise<void>;
  events(): Promise<{ message_id: string; profile_id: number; event: string; timestamp: string }[]>;
}

let sent = 0;

/** A pipeline that resolves as the real one does; not started. */
export const createTestPipeline = (
  deps: TestDeps,
  reactors: readonly Reactor[] = [],
  follow: (resolve: Resolver) => Resolver = (resolve) => resolve,
  project: Reactor = projectCustomers(deps),
): Pipeline =>
  createPipeline(deps, {
    resolve: follow(createResolver({ clock: deps.clock, secrets: testSecrets })),
    reactors: [project, ...reactors],
  });

/** Opens a shop on a test's stores; stop its pipeline when done. */
export async function openShop(
  deps: TestDeps,
  options: WorkspaceOverrides & {
    reactors?: readonly Reactor[];
    follow?: (resolve: Resolver) => Resolver;
    /** What writes customers, with whatever must come before. */
    project?: Reactor;
  } = {},
): Promise<Shop> {
  const workspace = await createWorkspace(deps, options);
  const pipeline = createTestPipeline(deps, options.reactors, options.follow, options.project);
  await pipeline.start();
  const accept = async (...calls: JsonObject[]): Promise<void> => {
    const batch = calls.map((call) => ({ messageId: `test-${process.pid}-${++sent}`, ...call }));
    await deps.pg.run(insertRequest, {
      workspace: workspace.id,
      source: workspace.sourceId,
      at: deps.clock.now(),
      payload: JSON.stringify({ batch }),
      events: batch.length,
    });
    pipeline.ring();
  };
  const settle = async (): Promise<void> => {
    await poll('everything accepted has reacted', async () => {
      const { waiting, moving } = await pipeline.backlog(workspace.id);
      return waiting + moving === 0;
    });
  };
  return {
    ...workspace,
    pipeline,
    accept,
    settle,
    async send(...calls) {
      await accept(...calls);
      await settle();
    },
    events: async () => [...(await deps.ch.rows(listEvents, { workspace: workspace.id }))],
  };
}
