import {
  countRefusals,
  createCollectedData,
  createPipeline,
  defineImportJobs,
  definePipelineJobs,
  installBuiltInRates,
  openInbox,
  publishLive,
  resumeStalledImports,
} from '../collect/index.ts';
import { bootstrap, openGovern } from '../govern/index.ts';
import { type Clock, type Config, createMetrics, type Log, systemClock } from '../platform/index.ts';
import { createResolver, createUnifiedData, type ErasureDeps, resumeErasures } from '../unify/index.ts';
import { admitControl, createControlToken } from './controlAccess.ts';
import { createWeb } from './createWeb.ts';
import { openStores } from './openStores.ts';
import { createProvisioning } from './provisioning.ts';

/** A running Vitrail. */
export interface Running {
  /** Where it listens, `http://127.0.0.1:4400`. */
  readonly address: string;
  /** Lets a command of this machine act for the owner of the data directory. */
  readonly controlToken: string;
  /** Stops taking requests, works off what was accepted, closes the engines. Safe to call twice. */
  stop(): Promise<void>;
}

/** Starts every role in this process: engines, migrations, pipeline, jobs, web server. On failure nothing stays open. */
export async function startVitrail(config: Config, log: Log, clock: Clock = systemClock): Promise<Running> {
  const stores = await openStores(config, clock, log);
  const closers: (() => Promise<unknown>)[] = [() => stores.close()];
  const stopAll = async (): Promise<void> => {
    for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close();
  };
  try {
    const { deps } = stores;
    await installBuiltInRates(deps.pg);
    const provisioning = createProvisioning(clock);
    const govern = await openGovern(deps, { publicUrl: ownOrigin(config), provisioning, signInsPerMinute: 30 });
    closers.push(() => govern.stop());
    const { firstRun } = config;
    await bootstrap(
      { ...deps, accounts: govern.accounts, provisioning },
      {
        adminEmail: firstRun.admin?.email ?? null,
        adminPassword: firstRun.admin?.password ?? null,
        writeKey: firstRun.writeKey ?? null,
        secretKey: firstRun.secretKey ?? null,
      },
    );

    const refusals = countRefusals(deps);
    closers.push(() => refusals.close());
    const inbox = await openInbox(deps, { limitEvents: config.maxBacklogEvents, onAppended: () => pipeline.ring() });
    const pipeline = createPipeline(deps, {
      resolve: createResolver({ clock, secrets: govern.secrets }),
      reactors: [publishLive(deps.pg)],
      onTaken: (events) => inbox.taken(events),
    });
    await pipeline.start();
    closers.push(() => pipeline.stop());
    closers.push(() => inbox.close());

    const erasure: ErasureDeps = {
      ...deps,
      pipeline,
      secrets: govern.secrets,
      stores: [createCollectedData(deps), createUnifiedData(deps)],
    };
    const metrics = createMetrics();
    const control = createControlToken();
    const identify = admitControl(deps.pg, control, govern);
    const app = await createWeb({ config, deps, govern, pipeline, inbox, refusals, erasure, metrics, identify });
    definePipelineJobs(deps);
    defineImportJobs({ ...deps, ingest: pipeline.ingest });
    await deps.jobs.start({ workers: true, schedules: true });
    closers.push(() => deps.jobs.stop(config.stopSeconds));
    await resumeErasures(erasure);
    await resumeStalledImports(deps);

    const address = await app.listen({ host: config.host, port: config.port });
    closers.push(() => app.close());
    control.value = stores.dataDir.announce(address);
    log.info({ address, postgres: deps.pg.description, clickhouse: deps.ch.description }, 'Vitrail is ready');
    return { address, controlToken: control.value, stop: stopAll };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

/** The configured public address; null when it is only the default, so that `localhost` works as well as `127.0.0.1`. */
const ownOrigin = ({ publicUrl, host, port }: Config): string | null =>
  publicUrl === `http://${host}:${port}` ? null : publicUrl;
