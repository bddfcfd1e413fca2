import {
  answerInboxBell,
  countRefusals,
  createInboxBell,
  createPipeline,
  definePipelineMetrics,
  installBuiltInRates,
  openInbox,
  type Pipeline,
  publishLive,
  resumeStalledImports,
} from '../collect/index.ts';
import {
  claimCode,
  createCaptureDesk,
  createCommunicate,
  createJourneys,
  createPointTraits,
  createReadAllowances,
  createReadConsents,
  createShopBenefits,
  followBatches,
  followSegments,
  followStatements,
} from '../communicate/index.ts';
import {
  createLoadOthers,
  createOutside,
  createRecommendDeps,
  createSegments,
  createSegmentsOfPeople,
} from '../decide/index.ts';
import { createAssigner, createCapture, createExperiences, followViews } from '../experience/index.ts';
import { bootstrap, type Govern, openGovern } from '../govern/index.ts';
import {
  type Clock,
  type Config,
  createMetrics,
  createMovableClock,
  type Deps,
  Fault,
  type Log,
  type MovableClock,
  systemClock,
} from '../platform/index.ts';
import {
  createCustomerKeeper,
  createMatchDeps,
  createMatching,
  createResolver,
  type ErasureDeps,
  finishErasuresNow,
  projectCustomers,
  reconcile,
  tidyMatchingNow,
} from '../unify/index.ts';
import { admitControl, createControlToken } from './controlAccess.ts';
import { createWeb } from './createWeb.ts';
import { defineJobs } from './defineJobs.ts';
import { openStores } from './openStores.ts';
import { createPersonalData } from './personalData.ts';
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
  const { roles = new Set<Role>(everyRole) } = options;
  const movable = config.testClock ? createMovableClock(options.clock ?? systemClock) : null;
  const clock = movable ?? options.clock ?? systemClock;
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
    const segments = createSegments(deps, createLoadOthers(deps.pg), { onChanges: followSegments });
    const assigner = createAssigner(deps);
    const recommending = createRecommendDeps(deps);
    const journeys = createJourneys(
      { ...deps, segments: { ...segments.deps, jobs: deps.jobs } },
      { claimCode, assigner, onMessages: () => communicate.ring(), onCalls: () => pipeline.ring() },
    );
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
    const keeper = createCustomerKeeper(deps);
    const outside = createOutside(deps, { readConsents: createReadConsents(deps), touch: segments.touch });
    const desk = createCaptureDesk(config.publicUrl, govern.secrets.links);
    const captures = createCapture({ ...deps, desk, inbox });
    const pipeline = createPipeline(deps, {
      resolve: followViews(followBatches(createResolver({ clock, secrets: govern.secrets }))),
      reactors: [
        publishLive(deps.pg),
        definePipelineMetrics(metrics, deps.pg),
        followStatements(deps),
        captures.react,
        projectCustomers(deps, createPointTraits(deps)),
        keeper.react,
        outside.react,
        segments.react,
        journeys.react,
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
    const follow = followWith(roles, closers);
    for (const part of [keeper, matching]) follow(part);
    const communicate = createCommunicate(deps, {
      ...config,
      secrets: govern.secrets,
      assigner,
      recommending,
      onMessageEvents: (workspace, profiles) => segments.touch(workspace, profiles).then(journeys.ring),
    });
    if (roles.has('worker')) await communicate.start();
    closers.push(() => communicate.stop());
    follow(journeys);

    const experiences = createExperiences(deps, {
      readAllowances: createReadAllowances(deps),
      captures,
      benefits: createShopBenefits(deps),
      recommending,
      assigner,
    });

    const erasure = erasureWith(deps, pipeline, govern);
    defineJobs({ deps, pipeline, erasure, matchDeps, matching, segments, outside, communicate });
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
      outside,
      communicate,
      journeys,
      assigner,
      recommending,
      experiences,
      moveClock: clockMover(movable, [segments.wake, communicate.ring, journeys.ring]),
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

/** What erasing somebody takes. */
const erasureWith = (deps: Deps, pipeline: Pipeline, { secrets }: Govern): ErasureDeps => ({
  ...deps,
  pipeline,
  secrets,
  stores: createPersonalData(deps, secrets),
});

/** Starts a part that follows the pipeline, where this process has one, and has it stopped in its turn. */
const followWith =
  (roles: ReadonlySet<Role>, closers: (() => Promise<unknown>)[]) =>
  (part: { start(): void; stop(): Promise<void> }): void => {
    if (roles.has('worker')) part.start();
    closers.push(() => part.stop());
  };

/** Puts the clock to another moment and wakes whoever waits for one; null where time is not to be moved. */
const clockMover = (movable: MovableClock | null, wakes: readonly (() => void)[]) =>
  movable === null
    ? null
    : (now: Date): void => {
        movable.moveTo(now);
        for (const wake of wakes) wake();
      };

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
