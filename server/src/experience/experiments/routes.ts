import {
  breakdownQuerySchema,
  type Experiment,
  experimentBreakdownSchema,
  experimentPageSchema,
  experimentRequestSchema,
  experimentResultsSchema,
  experimentSchema,
  experimentSettingsSchema,
  experimentStates,
  learningSchema,
  sampleHelperQuerySchema,
  sampleHelperSchema,
  simulationRequestSchema,
  simulationSchema,
} from '@vitrail/contracts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf, principalOf } from '../../govern/index.ts';
import { type Deps, Fault, type HttpApp } from '../../platform/index.ts';
import {
  type By,
  beginExperiment,
  changeExperimentSettings,
  closeExperiment,
  createExperiment,
  editExperiment,
  writeLearning,
} from './changeExperiments.ts';
import type { Grouping } from './compileResults.ts';
import { planSample } from './planSample.ts';
import { experimentIdOf, getExperiment, pageExperiments, readExperimentSettings } from './readExperiments.ts';
import { readBreakdown, readResults } from './readResults.ts';
import { runSimulation } from './runSimulation.ts';

const tags = ['Experiments'];
const byId = z.object({ id: z.string().max(40) });
const mayRead = { access: 'experience.read' } as const;
const mayWrite = { access: 'experience.write' } as const;
type RouteDeps = Pick<Deps, 'pg' | 'ch' | 'clock'>;

const byOf = (request: FastifyRequest): By => {
  const principal = principalOf(request);
  return { workspace: principal.workspaceId, actor: actorOf(principal) };
};

/** Experiments: what is tried, on whom, and what came of it. */
export function registerExperimentRoutes(app: HttpApp, deps: RouteDeps): void {
  registerDefinitions(app, deps);
  registerStates(app, deps);
  registerResults(app, deps);
  registerHelpers(app, deps);
}

function registerDefinitions(app: HttpApp, deps: RouteDeps): void {
  app.get(
    '/api/v1/experiments',
    {
      config: mayRead,
      schema: {
        tags,
        summary: 'List experiments, the newest first',
        querystring: z.object({
          state: z.enum(experimentStates).optional().meta({ description: 'Without: all that are not put away' }),
          q: z.string().max(100).default(''),
          learnt: z.enum(['true']).optional().meta({ description: 'Only those of which something was learnt' }),
          cursor: z.string().max(40).optional(),
        }),
        response: { 200: experimentPageSchema },
      },
    },
    (request) => {
      const { state, q, learnt, cursor } = request.query;
      return pageExperiments(deps, principalOf(request).workspaceId, {
        states: state === undefined ? undefined : [state],
        words: q,
        learnt: learnt !== undefined,
        cursor,
      });
    },
  );

  app.post(
    '/api/v1/experiments',
    {
      config: mayWrite,
      schema: {
        tags,
        summary: 'Draft an experiment',
        body: experimentRequestSchema,
        response: { 201: experimentSchema },
      },
    },
    async (request, reply) => {
      const by = byOf(request);
      const id = await createExperiment(deps, by, request.body);
      return reply.code(201).send(await getExperiment(deps, by.workspace, id));
    },
  );

  app.get(
    '/api/v1/experiments/:id',
    {
      config: mayRead,
      schema: { tags, summary: 'Read an experiment', params: byId, response: { 200: experimentSchema } },
    },
    (request) => getExperiment(deps, principalOf(request).workspaceId, experimentIdOf(request.params.id)),
  );

  app.put(
    '/api/v1/experiments/:id',
    {
      config: mayWrite,
      schema: {
        tags,
        summary: 'Change an experiment',
        description:
          'Once it has begun: its texts, metrics, analysis and planned days, and more coverage. What would move people from one variation to another is refused (`409`).',
        params: byId,
        body: experimentRequestSchema,
        response: { 200: experimentSchema },
      },
    },
    async (request) => {
      const by = byOf(request);
      const id = experimentIdOf(request.params.id);
      await editExperiment(deps, by, id, request.body);
      return getExperiment(deps, by.workspace, id);
    },
  );
}

function registerStates(app: HttpApp, deps: RouteDeps): void {
  const acts = [
    ['start', 'Begin an experiment; after a stop it begins anew', beginExperiment],
    ['stop', 'End an experiment: everybody gets the control again', closing('stopped')],
    ['archive', 'Put an experiment away; what was learnt stays', closing('archived')],
  ] as const;
  for (const [name, summary, act] of acts)
    app.post(
      `/api/v1/experiments/:id/${name}`,
      { config: mayWrite, schema: { tags, summary, params: byId, response: { 200: experimentSchema } } },
      async (request): Promise<Experiment> => {
        const by = byOf(request);
        const id = experimentIdOf(request.params.id);
        await act(deps, by, id);
        return getExperiment(deps, by.workspace, id);
      },
    );

  app.put(
    '/api/v1/experiments/:id/learning',
    {
      config: mayWrite,
      schema: {
        tags,
        summary: 'Write down what was learnt of an experiment',
        params: byId,
        body: learningSchema,
        response: { 200: experimentSchema },
      },
    },
    async (request) => {
      const by = byOf(request);
      const id = experimentIdOf(request.params.id);
      await writeLearning(deps, by, id, request.body);
      return getExperiment(deps, by.workspace, id);
    },
  );
}

const closing =
  (state: 'stopped' | 'archived') =>
  (deps: RouteDeps, by: By, id: number): Promise<void> =>
    closeExperiment(deps, by, id, state);

function registerResults(app: HttpApp, deps: RouteDeps): void {
  app.get(
    '/api/v1/experiments/:id/results',
    {
      config: mayRead,
      schema: {
        tags,
        summary: 'What an experiment came to so far',
        description:
          'Computed from the events at this moment. A customer counts once, from their first exposure on, whatever devices they used; one who was shown two variations counts in none.',
        params: byId,
        response: { 200: experimentResultsSchema },
      },
    },
    (request) => readResults(deps, principalOf(request).workspaceId, experimentIdOf(request.params.id)),
  );

  app.get(
    '/api/v1/experiments/:id/breakdown',
    {
      config: mayRead,
      schema: {
        tags,
        summary: 'One metric of an experiment by device, country, language, site or segment',
        params: byId,
        querystring: breakdownQuerySchema,
        response: { 200: experimentBreakdownSchema },
      },
    },
    (request) => {
      const { by, segment, metric } = request.query;
      return readBreakdown(deps, principalOf(request).workspaceId, experimentIdOf(request.params.id), {
        grouping: groupingOf(by, segment),
        metric,
      });
    },
  );
}

function groupingOf(by: z.infer<typeof breakdownQuerySchema>['by'], segment: string | undefined): Grouping {
  if (by !== 'segment') return { by: 'column', column: by };
  if (segment === undefined || !/^\d{1,9}$/.test(segment))
    throw new Fault('invalid', 'experience.segment_unknown', 'Say which segment: `segment=` with its id.');
  return { by: 'segment', segment: Number(segment) };
}

function registerHelpers(app: HttpApp, deps: RouteDeps): void {
  app.get(
    '/api/v1/experiment-sample',
    {
      config: mayRead,
      schema: {
        tags,
        summary: 'How many people and days an experiment takes',
        querystring: sampleHelperQuerySchema,
        response: { 200: sampleHelperSchema },
      },
    },
    async (request) => planSample(request.query),
  );

  app.post(
    '/api/v1/experiment-simulation',
    {
      config: mayRead,
      schema: {
        tags,
        summary: 'Run experiments of known truth through the code that decides',
        description:
          'With no effect and even division whatever is called is a false alarm. The same seed, the same answer.',
        body: simulationRequestSchema,
        response: { 200: simulationSchema },
      },
    },
    (request) => runSimulation(request.body),
  );

  app.get(
    '/api/v1/experiment-settings',
    {
      config: mayRead,
      schema: {
        tags,
        summary: 'Read what holds for all experiments',
        response: { 200: experimentSettingsSchema },
      },
    },
    (request) => readExperimentSettings(deps, principalOf(request).workspaceId),
  );

  app.put(
    '/api/v1/experiment-settings',
    {
      config: mayWrite,
      schema: {
        tags,
        summary: 'Change what holds for all experiments',
        body: experimentSettingsSchema,
        response: { 200: experimentSettingsSchema },
      },
    },
    async (request) => {
      const by = byOf(request);
      await changeExperimentSettings(deps, by, request.body);
      return readExperimentSettings(deps, by.workspace);
    },
  );
}
