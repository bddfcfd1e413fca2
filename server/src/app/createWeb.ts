import {
  createCollectExports,
  type Inbox,
  type Pipeline,
  type RefusalCounts,
  registerCatalogRoutes,
  registerExchangeRateRoutes,
  registerExportRoutes,
  registerHealthRoutes,
  registerImportRoutes,
  registerPipelineRoutes,
  registerReceiveRoutes,
  registerSourceRoutes,
  registerTrackingPlanRoutes,
} from '../collect/index.ts';
import {
  type Communicate,
  type Journeys,
  registerCommunicateRoutes,
  registerJourneyRoutes,
} from '../communicate/index.ts';
import {
  type Assigner,
  createWhoPasses,
  type Outside,
  type RecommendDeps,
  registerDecideRoutes,
  registerOutsideRoutes,
  type Segments,
} from '../decide/index.ts';
import { type Experiences, registerEditorRoutes, registerExperienceRoom } from '../experience/index.ts';
import { type Govern, registerGovernRoutes } from '../govern/index.ts';
import type { Config, Deps, HttpApp, Metrics } from '../platform/index.ts';
import {
  createUnifyExports,
  type ErasureDeps,
  type MatchDeps,
  registerMatchRoutes,
  registerUnifyRoutes,
} from '../unify/index.ts';
import { createHttpApp } from './http/createHttpApp.ts';
import type { Identify } from './http/guard.ts';
import { usualLimits } from './http/limits.ts';
import { serveConsole } from './http/serveConsole.ts';
import { registerTestClock } from './http/testClock.ts';
import { version } from './version.ts';

export interface WebParts {
  readonly config: Config;
  readonly deps: Deps;
  readonly govern: Govern;
  readonly pipeline: Pipeline;
  readonly inbox: Inbox;
  readonly refusals: RefusalCounts;
  readonly erasure: ErasureDeps;
  readonly matching: MatchDeps;
  readonly segments: Segments;
  readonly outside: Outside;
  readonly communicate: Communicate;
  readonly journeys: Journeys;
  readonly assigner: Assigner;
  readonly recommending: RecommendDeps;
  readonly experiences: Experiences;
  /** Puts the clock to another moment; null where time is not to be moved. */
  readonly moveClock: ((now: Date) => void) | null;
  readonly metrics: Metrics;
  readonly identify: Identify;
  /** False in a process that only works: it answers health and metrics. */
  readonly api: boolean;
}

/** The web server with the routes of every room, ready to listen. */
export function createWeb(parts: WebParts): Promise<HttpApp> {
  const { config, deps, govern, erasure, metrics } = parts;
  return createHttpApp({
    log: deps.log,
    metrics,
    settings: {
      publicUrl: govern.publicUrl,
      trustProxy: config.trustProxy,
      limits: usualLimits,
      bodyLimit: 1024 * 1024,
      slowMs: 1_000,
      version,
    },
    identify: parts.identify,
    ready: [
      { name: 'postgres', check: async () => ((await deps.pg.size()) >= 0 ? null : 'it does not answer') },
      { name: 'clickhouse', check: async () => ((await deps.ch.size()) >= 0 ? null : 'it does not answer') },
    ],
    rooms: async (app) => {
      if (!parts.api) return;
      registerReceiveRoutes(app, {
        ...parts,
        clock: deps.clock,
        findWriteKey: govern.keys.findWriteKey,
        publicUrl: govern.publicUrl,
        visitorSecret: govern.secrets.visitors,
      });
      registerGovernRoutes(app, deps, govern);
      registerSourceRoutes(app, deps, govern);
      registerPipelineRoutes(app, { ...deps, pipeline: parts.pipeline });
      registerHealthRoutes(app, { ...deps, onReplay: parts.pipeline.ring });
      registerImportRoutes(app, deps, { maxUploadBytes: config.maxImportBytes });
      registerCatalogRoutes(app, deps);
      registerExchangeRateRoutes(app, deps);
      registerTrackingPlanRoutes(app, deps);
      registerUnifyRoutes(app, { ...deps, ...erasure, whoPasses: createWhoPasses(parts.segments.deps) });
      registerMatchRoutes(app, { ...parts.matching, jobs: deps.jobs });
      const { assigner, recommending } = parts;
      registerDecideRoutes(app, { ...deps, assigner, recommending }, parts.segments);
      registerOutsideRoutes(app, parts.outside.deps);
      const { codeFor } = parts.experiences.captures;
      registerCommunicateRoutes(
        app,
        { ...deps, keys: govern.keys, pipeline: parts.pipeline, codeFor },
        parts.communicate,
      );
      registerJourneyRoutes(app, parts.journeys.deps);
      registerExperienceRoom(app, { ...deps, keys: govern.keys }, parts.experiences);
      registerEditorRoutes(app, {
        ...deps,
        keys: govern.keys,
        editorSecret: govern.secrets.editor,
        publicUrl: govern.publicUrl,
      });
      if (parts.moveClock !== null) registerTestClock(app, parts.moveClock);
      registerExportRoutes(app, deps, [...createCollectExports(deps), ...createUnifyExports(deps)]);
      await serveConsole(app);
    },
  });
}
