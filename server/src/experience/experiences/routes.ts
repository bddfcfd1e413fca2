import {
  experiencePageSchema,
  experienceReportQuerySchema,
  experienceReportSchema,
  experienceRequestSchema,
  experienceSaveSchema,
  experienceSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, principalOf } from '../../govern/index.ts';
import { type Deps, decodeCursor, encodeCursor, type HttpApp } from '../../platform/index.ts';
import {
  type By,
  createExperience,
  editExperience,
  getExperience,
  moveTo,
  presentExperiences,
  removeExperience,
} from './changeExperiences.ts';
import { readReport } from './report.ts';
import { listExperiences } from './sql/experiences.pg.ts';

const tags = ['Experiences'];
const byId = z.object({ id: z.coerce.number().int().min(1).max(2_147_483_647) });
const position = z.tuple([z.number().int().positive()]);
const pageRows = 50;

const byOf = (principal: ReturnType<typeof principalOf>): By => ({
  workspace: principal.workspaceId,
  actor: actorOf(principal),
});

/** What the shop's pages show: make, change, start and stop, and what came of it. */
export function registerExperienceRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'ch' | 'clock'>): void {
  registerList(app, deps);
  registerOne(app, deps);
  registerMoves(app, deps);
}

function registerList(app: HttpApp, deps: Pick<Deps, 'pg' | 'clock'>): void {
  app.get(
    '/api/v1/experiences',
    {
      config: { access: 'experience.read' },
      schema: {
        tags,
        summary: 'List experiences, the newest first',
        querystring: z.object({ cursor: z.string().max(100).optional() }),
        response: { 200: experiencePageSchema },
      },
    },
    async (request) => {
      const { cursor } = request.query;
      const [below] = cursor === undefined ? [2_147_483_647] : decodeCursor(cursor, position);
      const workspace = principalOf(request).workspaceId;
      const rows = await deps.pg.rows(listExperiences, { workspace, below, limit: pageRows + 1 });
      const shown = rows.slice(0, pageRows);
      const items = await presentExperiences(deps.pg, workspace, shown);
      const last = shown.at(-1);
      return { items, next: rows.length > pageRows && last !== undefined ? encodeCursor([last.id]) : null };
    },
  );

  app.post(
    '/api/v1/experiences',
    {
      config: { access: 'experience.write' },
      schema: {
        tags,
        summary: 'Draft an experience',
        description: 'Shows nothing until it is started.',
        body: experienceRequestSchema,
        response: { 201: experienceSchema },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await createExperience(deps, byOf(principalOf(request)), request.body)),
  );
}

function registerOne(app: HttpApp, deps: Pick<Deps, 'pg' | 'ch' | 'clock'>): void {
  const path = '/api/v1/experiences/:id';
  app.get(
    path,
    {
      config: { access: 'experience.read' },
      schema: { tags, summary: 'Read one experience', params: byId, response: { 200: experienceSchema } },
    },
    (request) => getExperience(deps.pg, principalOf(request).workspaceId, request.params.id),
  );
  app.put(
    path,
    {
      config: { access: 'experience.write' },
      schema: {
        tags,
        summary: 'Change an experience; while it runs, pages follow within a second',
        params: byId,
        body: experienceSaveSchema,
        response: { 200: experienceSchema },
      },
    },
    (request) => editExperience(deps, byOf(principalOf(request)), request.params.id, request.body),
  );
  app.delete(
    path,
    {
      config: { access: 'experience.write' },
      schema: { tags, summary: 'Remove a draft that never ran', params: byId, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await removeExperience(deps, byOf(principalOf(request)), request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.get(
    `${path}/report`,
    {
      config: { access: 'experience.read' },
      schema: {
        tags,
        summary: 'Views, clicks, closings, orders and revenue of each variant and of the control group',
        params: byId,
        querystring: experienceReportQuerySchema,
        response: { 200: experienceReportSchema },
      },
    },
    (request) => readReport(deps, principalOf(request).workspaceId, request.params.id, request.query),
  );
}

function registerMoves(app: HttpApp, deps: Pick<Deps, 'pg' | 'clock'>): void {
  const summaries = { start: 'Show it', stop: 'Show it no more', archive: 'Put it away' } as const;
  for (const move of ['start', 'stop', 'archive'] as const) {
    app.post(
      `/api/v1/experiences/:id/${move}`,
      {
        config: { access: 'experience.write' },
        schema: { tags, summary: summaries[move], params: byId, response: { 200: experienceSchema } },
      },
      (request) => moveTo(deps, byOf(principalOf(request)), request.params.id, move),
    );
  }
}
