import {
  answerInboxBell,
  countRefusals,
  createCollectedData,
  createInboxBell,
  createPipeline,
  defineImportJobs,
  definePipelineJobs,
  definePipelineMetrics,
  installBuiltInRates,
  openInbox,
  publishLive,
  resumeStalledImports,
} from '../collect/index.ts';
import {
  createDecidedData,
  createLoadOthers,
  createSegments,
  createSegmentsOfPeople,
  defineHabitJobs,
  defineLookalikeJobs,
  definePredictionJobs,
  defineRecommendationJobs,
  defineRfmJobs,
  defineSegmentJobs,
} from '../decide/index.ts';
import { bootstrap, type Govern, openGovern } from '../govern/index.ts';
import { type Clock, type Config, createMetrics, type Deps, Fault, type Log, systemClock } from '../platform/index.ts';
import {
  createMatchDeps,
  createMatching,
  createResolver,
  createUnifiedData,
  defineMatchJobs,
  defineUnifyJobs,
  type ErasureDeps,
  finishErasuresNow,
  projectCustomers,
  reconcile,
  tidyMatchingNow,
} from '../unify/index.ts';
import { admitControl, createControlToken } from './controlAccess.ts';
import { createWeb } from './createWeb.ts';
import { openStores } from './openStores.ts';
import { createProvisioning } from './provisioning.ts';
import { roles as everyRole, type Role } from './roles.ts';

/** A running Vitrail. */
export interface Running {
  /** Where it listens, `http://127.0.0.1:4400`. */
  readonly address: string;
  /** Lets a command of this machine act for the owner of the data directory. */
  readonly controlToken: string;
  /** Stops taking requests, works off what was accepted, closes the engines. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts a process of Vitrail: engines, migrations and, by role, web server, pipeline and jobs. On failure nothing stays
 * open.
 */
export async function startVitrail(
  config: Config,
  log: Log,
  options: { clock?: Clock; roles?: ReadonlySet<Role> } = {},
): Promise<Running> {
  const { clock = systemClock, roles = new Set<Role>(everyRole) } = options;
  const stores = await openStores(config, clock, log);
  const closers: (() => Promise<unknown>)[] = [() => stores.close()];
  const stop = async (): Promise<void> => {
    for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close();
  };
  try {
    const { deps } = stores;
    await installBuiltInRates(deps.pg);
    const govern = await openWorkspaces(config, deps);
    closers.push(() => govern.stop());
    const metrics = createMetrics();
    const refusals = countRefusals(deps);
    closers.push(() => refusals.close());

    const ring = roles.has('worker') ? (): void => pipeline.ring() : createInboxBell(deps.pg, log);
    const inbox = await openInbox(deps, {
      limitEvents: config.maxBacklogEvents,
      limitBytes: config.maxBacklogBytes,
      onAppended: ring,
    });
    const segments = createSegments(deps, createLoadOthers(deps.pg));
    const matchDeps = createMatchDeps({
      ...deps,
      // The pipeline tells matching of changes, and matching changes profiles through the pipeline.
      pipeline: { change: (workspace, work) => pipeline.change(workspace, work) },
      segments: createSegmentsOfPeople(deps),
      namesOf: async (users) =>
        new Map([...(await govern.accounts.findByIds(users))].map(([id, { name }]) => [id, name])),
    });
    const matching = createMatching(matchDeps, {
      onTooMany: (workspace, kind) => reconcile(deps, workspace, kind),
    });
    const pipeline = createPipeline(deps, {
      resolve: createResolver({ clock, secrets: govern.secrets }),
      reactors: [
        publishLive(deps.pg),
        definePipelineMetrics(metrics, deps.pg),
        projectCustomers(deps),
        segments.react,
        matching.react,
      ],
      onTaken: (events) => inbox.taken(events),
    });
    if (roles.has('worker')) {
      closers.push(() => segments.stop());
      await segments.start();
      await pipeline.start();
      closers.push(await answerInboxBell(deps.pg, pipeline));
    }
    closers.push(() => pipeline.stop());
    closers.push(() => inbox.close());
    if (roles.has('worker')) {
      matching.start();
      closers.push(() => matching.stop());
    }

    const erasure: ErasureDeps = {
      ...deps,
      pipeline,
      secrets: govern.secrets,
      stores: [createCollectedData(deps), createUnifiedData(deps), createDecidedData(deps)],
    };
    definePipelineJobs(deps);
    defineImportJobs({ ...deps, ingest: pipeline.ingest });
    defineUnifyJobs({ ...deps, ...erasure });
    defineMatchJobs({ ...matchDeps, jobs: deps.jobs }, matching);
    defineSegmentJobs(deps, segments);
    defineRfmJobs(deps);
    defineRecommendationJobs(deps);
    definePredictionJobs(deps);
    defineHabitJobs(deps);
    defineLookalikeJobs(deps);
    await deps.jobs.start({ workers: roles.has('worker'), schedules: roles.has('scheduler') });
    closers.push(() => deps.jobs.stop(config.stopSeconds));
    await finishErasuresNow(deps);
    await tidyMatchingNow(deps);
    await resumeStalledImports(deps);

    const control = createControlToken();
    const identify = admitControl(deps.pg, control, govern);
    const app = await createWeb({
      config,
      deps,
      govern,
      pipeline,
      inbox,
      refusals,
      erasure,
      matching: matchDeps,
      segments,
      metrics,
      identify,
      api: roles.has('api'),
    });
    closers.push(() => app.close());
    const address = await app.listen({ host: config.host, port: config.port }).catch(refuseAddress(config));
    control.value = stores.dataDir.announce(address);
    log.info(
      { address, roles: [...roles], postgres: deps.pg.description, clickhouse: deps.ch.description },
      'Vitrail is ready',
    );
    return { address, controlToken: control.value, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The govern room, and what the environment asks an unattended first start to create. */
async function openWorkspaces(config: Config, deps: Deps): Promise<Govern> {
  const provisioning = createProvisioning(deps.clock);
  const govern = await openGovern(deps, { publicUrl: ownOrigin(config), provisioning, signInsPerMinute: 30 });
  const { admin, writeKey, secretKey } = config.firstRun;
  await bootstrap(
    { ...deps, accounts: govern.accounts, provisioning },
    {
      adminEmail: admin?.email ?? null,
      adminPassword: admin?.password ?? null,
      writeKey: writeKey ?? null,
      secretKey: secretKey ?? null,
    },
  );
  return govern;
}

/** One sentence for what the operator can mend; anything else as it is. */
const refuseAddress =
  ({ host, port }: Config) =>
  (error: NodeJS.ErrnoException): never => {
    const why = { EADDRINUSE: 'is taken by another program', EACCES: 'is not allowed', EADDRNOTAVAIL: 'is not here' };
    const known = Object.entries(why).find(([code]) => code === error.code);
    if (known === undefined) throw error;
    throw new Fault(
      'unavailable',
      'app.address_unusable',
      `${host}:${port} ${known[1]}. Set VITRAIL_PORT or VITRAIL_HOST to another one.`,
      { cause: error },
    );
  };

/** The configured public address; null when it is only the default, so that `localhost` works as well as `127.0.0.1`. */
const ownOrigin = ({ publicUrl, host, port }: Config): string | null =>
  publicUrl === `http://${host}:${port}` ? null : publicUrl;
