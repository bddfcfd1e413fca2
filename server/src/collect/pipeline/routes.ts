import { type PipelineStatus, pipelineStatusSchema } from '@vitrail/contracts';
import { principalOf } from '../../govern/index.ts';
import type { Deps, HttpApp } from '../../platform/index.ts';
import type { Pipeline } from './createPipeline.ts';
import { readFreshness, sumCounters } from './sql/batches.pg.ts';

/** How far the pipeline is, and what became of everything that was sent. */
export async function readPipeline(
  deps: Pick<Deps, 'pg' | 'clock'> & { pipeline: Pick<Pipeline, 'backlog'> },
  workspace: number,
): Promise<PipelineStatus> {
  const [{ waiting, moving }, counters, freshness] = await Promise.all([
    deps.pipeline.backlog(workspace),
    deps.pg.rows(sumCounters, { workspace }),
    deps.pg.row(readFreshness, { workspace }),
  ]);
  const named = (name: string) => counters.filter((row) => row.name === name);
  const byReason = (name: string) => Object.fromEntries(named(name).map((row) => [row.reason, row.count]));
  const total = (name: string) => named(name).reduce((sum, row) => sum + row.count, 0);
  return {
    backlog: waiting + moving,
    waiting,
    moving,
    accepted: total('accepted'),
    dropped: byReason('dropped'),
    refused: byReason('refused'),
    violations: total('violation'),
    badValues: byReason('bad_value'),
    lastEventAt: freshness?.last_event_at?.toISOString() ?? null,
    at: deps.clock.now().toISOString(),
  };
}

export function registerPipelineRoutes(
  app: HttpApp,
  deps: Pick<Deps, 'pg' | 'clock'> & { pipeline: Pick<Pipeline, 'backlog'> },
): void {
  app.get(
    '/api/v1/pipeline',
    {
      config: { access: 'data.read' },
      schema: {
        tags: ['Data'],
        summary: 'Backlog, and what became of everything that was sent',
        response: { 200: pipelineStatusSchema },
      },
    },
    async (request) => readPipeline(deps, principalOf(request).workspaceId),
  );
}
