import {
  dryRunInputSchema,
  dryRunSchema,
  enterJourneySchema,
  journeyChangeSchema,
  journeyDetailSchema,
  journeyInputSchema,
  journeyListSchema,
  journeySavedSchema,
  journeyStateSchema,
  journeyTraceSchema,
  journeyTreeSchema,
  nodePeopleSchema,
  profileJourneysSchema,
  readyJourneyListSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, principalOf } from '../../govern/index.ts';
import type { HttpApp } from '../../platform/index.ts';
import type { Journeys } from './createJourneys.ts';
import { dryRun } from './dryRun.ts';
import { enterByHand } from './enterByHand.ts';
import { listAllJourneys, listPeople, readJourney, readJourneyVersion } from './readJourneys.ts';
import { readProfileJourneys, readTrace } from './readTrace.ts';
import { readyJourneys } from './ready/readyJourneys.ts';
import { changeState, createJourney, getJourney, journeyActions, updateJourney } from './saveJourney.ts';

const tags = ['Journeys'];
const read = { access: 'messages.read' } as const;
const write = { access: 'messages.write' } as const;
const byId = z.object({ id: z.string().max(40) });
const state = z.object({ state: journeyStateSchema });

/** Journeys: building, starting, looking into. */
export function registerJourneyRoutes(app: HttpApp, deps: Journeys['deps']): void {
  registerReading(app, deps);
  registerChanging(app, deps);
  registerPeople(app, deps);
}

function registerReading(app: HttpApp, deps: Journeys['deps']): void {
  app.get(
    '/api/v1/journeys',
    {
      config: read,
      schema: { tags, summary: 'List journeys with their people', response: { 200: journeyListSchema } },
    },
    async (request) => ({ items: await listAllJourneys(deps.pg, principalOf(request).workspaceId), next: null }),
  );
  app.get(
    '/api/v1/journeys/ready-made',
    { config: read, schema: { tags, summary: 'List ready-made journeys', response: { 200: readyJourneyListSchema } } },
    async () => ({ items: [...readyJourneys] }),
  );
  app.get(
    '/api/v1/journeys/:id',
    {
      config: read,
      schema: {
        tags,
        summary: 'Read a journey with the numbers of its steps and ways',
        params: byId,
        response: { 200: journeyDetailSchema },
      },
    },
    async (request) => readJourney(deps, principalOf(request).workspaceId, request.params.id),
  );
  app.get(
    '/api/v1/journeys/:id/versions/:version',
    {
      config: read,
      schema: {
        tags,
        summary: 'Read a version of a journey',
        params: byId.extend({ version: z.coerce.number().int().min(1).max(100_000) }),
        response: { 200: z.object({ version: z.number(), definition: journeyTreeSchema }) },
      },
    },
    async (request) => {
      const { id, version } = request.params;
      return readJourneyVersion(deps.pg, principalOf(request).workspaceId, id, version);
    },
  );
}

function registerChanging(app: HttpApp, deps: Journeys['deps']): void {
  app.post(
    '/api/v1/journeys',
    {
      config: write,
      schema: {
        tags,
        summary: 'Make a journey',
        description:
          'A draft: nobody enters before it is started. The language is described in docs/reference/journeys.md.',
        body: journeyInputSchema,
        response: { 201: journeySavedSchema },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const edit = { workspace: principal.workspaceId, actor: actorOf(principal) };
      return reply.code(201).send(await createJourney(deps, { ...edit, ...request.body }));
    },
  );
  app.put(
    '/api/v1/journeys/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Save a new version of a journey',
        params: byId,
        body: journeyChangeSchema,
        response: { 200: journeySavedSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const edit = { workspace: principal.workspaceId, actor: actorOf(principal) };
      return updateJourney(deps, { ...edit, id: request.params.id, ...request.body });
    },
  );
  const summaries = {
    start: 'Let people in',
    pause: 'Hold everybody where they are',
    resume: 'Let people in and go on again',
    drain: 'Let nobody in; those inside go on',
    archive: 'End it for everybody',
  } as const;
  for (const action of journeyActions) {
    app.post(
      `/api/v1/journeys/:id/${action}`,
      {
        config: { access: 'messages.send' },
        schema: { tags, summary: summaries[action], params: byId, response: { 200: state } },
      },
      async (request) => {
        const principal = principalOf(request);
        const edit = { workspace: principal.workspaceId, actor: actorOf(principal) };
        return { state: await changeState(deps, { ...edit, id: request.params.id, action }) };
      },
    );
  }
}

function registerPeople(app: HttpApp, deps: Journeys['deps']): void {
  app.post(
    '/api/v1/journeys/:id/enter',
    {
      config: { access: 'messages.send' },
      schema: {
        tags,
        summary: 'Let a person enter',
        params: byId,
        body: enterJourneySchema,
        response: { 202: z.object({ accepted: z.boolean() }) },
      },
    },
    async (request, reply) => {
      const { workspaceId: workspace } = principalOf(request);
      await enterByHand(deps, { workspace, id: request.params.id, ...request.body });
      return reply.code(202).send({ accepted: true });
    },
  );
  app.get(
    '/api/v1/journeys/:id/nodes/:node/people',
    {
      config: { access: 'messages.read' },
      schema: {
        tags,
        summary: 'List who stands at a step',
        params: byId.extend({ node: z.string().max(40) }),
        querystring: z.object({ cursor: z.string().max(200).optional() }),
        response: { 200: nodePeopleSchema },
      },
    },
    async (request) => {
      const { id, node } = request.params;
      return listPeople(deps.pg, {
        workspace: principalOf(request).workspaceId,
        id,
        node,
        cursor: request.query.cursor,
      });
    },
  );
  app.get(
    '/api/v1/journeys/:id/profiles/:profile',
    {
      config: { access: 'messages.read' },
      schema: {
        tags,
        summary: 'Read what happened to a person in a journey, or why they are not in it',
        params: byId.extend({ profile: z.string().max(40) }),
        response: { 200: journeyTraceSchema },
      },
    },
    async (request) => readTrace(deps, { workspace: principalOf(request).workspaceId, ...request.params }),
  );
  app.get(
    '/api/v1/profiles/:id/journeys',
    {
      config: { access: 'messages.read' },
      schema: {
        tags,
        summary: 'Read the journeys of a customer, step by step',
        params: byId,
        response: { 200: profileJourneysSchema },
      },
    },
    async (request) => ({
      items: await readProfileJourneys(deps, principalOf(request).workspaceId, request.params.id),
    }),
  );
  app.post(
    '/api/v1/journeys/:id/dry-run',
    {
      config: { access: 'messages.read' },
      schema: {
        tags,
        summary: 'See what a journey would do with a person, now or at another time',
        description: 'Nothing is written and nothing is sent.',
        params: byId,
        body: dryRunInputSchema,
        response: { 200: dryRunSchema },
      },
    },
    async (request) => {
      const { workspaceId: workspace } = principalOf(request);
      const { profile, event, events, at } = request.body;
      const definition =
        request.body.definition ?? (await getJourney(deps.pg, workspace, request.params.id)).definition;
      return dryRun(deps, {
        workspace,
        profile,
        definition,
        event,
        at: at === undefined ? deps.clock.now() : new Date(at),
        events: events.map((each) => ({ ...each, at: new Date(each.at) })),
      });
    },
  );
}
