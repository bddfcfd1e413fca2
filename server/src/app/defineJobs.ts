import { defineImportJobs, definePipelineJobs, type Pipeline } from '../collect/index.ts';
import { type Communicate, defineCommunicateJobs } from '../communicate/index.ts';
import {
  defineHabitJobs,
  defineLookalikeJobs,
  definePredictionJobs,
  defineRecommendationJobs,
  defineRfmJobs,
  defineSegmentJobs,
  type Outside,
  type Segments,
} from '../decide/index.ts';
import { defineExperimentJobs } from '../experience/index.ts';
import type { Deps } from '../platform/index.ts';
import {
  type createMatching,
  defineMatchJobs,
  defineUnifyJobs,
  type ErasureDeps,
  type MatchDeps,
} from '../unify/index.ts';

/** What every room does in the background, by schedule or when asked. Before the jobs start. */
export function defineJobs(parts: {
  readonly deps: Deps;
  readonly pipeline: Pipeline;
  readonly erasure: ErasureDeps;
  readonly matchDeps: MatchDeps;
  readonly matching: ReturnType<typeof createMatching>;
  readonly segments: Segments;
  readonly outside: Outside;
  readonly communicate: Communicate;
}): void {
  const { deps, pipeline, segments } = parts;
  definePipelineJobs(deps);
  defineImportJobs({ ...deps, ingest: pipeline.ingest, partners: parts.outside.files });
  defineUnifyJobs({ ...deps, ...parts.erasure });
  defineMatchJobs({ ...parts.matchDeps, jobs: deps.jobs }, parts.matching);
  defineSegmentJobs(deps, segments);
  defineRfmJobs(deps);
  defineRecommendationJobs(deps);
  definePredictionJobs(deps);
  defineHabitJobs(deps);
  defineLookalikeJobs(deps);
  parts.outside.defineJobs();
  defineCommunicateJobs({ ...deps, pipeline }, parts.communicate);
  defineExperimentJobs(deps);
}
