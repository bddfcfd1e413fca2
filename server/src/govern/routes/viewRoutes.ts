import { savedViewListSchema, savedViewSchema, viewListQuerySchema, viewRequestSchema } from '@vitrail/contracts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Deps, Fault, type HttpApp, type PgRow } from '../../platform/index.ts';
import { personOf } from '../principal.ts';
import { deleteView, listViews, saveView } from '../sql/views.pg.ts';

const tags = ['govern'];
const config = { access: 'signed-in' } as const;
/** More names than anybody reads through. */
const mostViews = 50;

const settingsSchema = viewRequestSchema.pick({ search: true, columns: true });

const answer = ({ settings, saved_at, ...view }: PgRow<typeof listViews.row>) => ({
  ...view,
  ...settingsSchema.parse(settings),
  savedAt: saved_at.toISOString(),
});

/** Views belong to a person within a workspace: both must be known. */
function ownerOf(request: FastifyRequest): { workspace: number; user: string } {
  const user = personOf(request).id;
  if (request.principal === null)
    throw new Fault('forbidden', 'govern.no_workspace', 'You belong to no workspace. Ask an owner to invite you.');
  return { workspace: request.principal.workspaceId, user };
}

/** How the signed-in person likes to see the lists of the console. */
export function registerViewRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'clock'>): void {
  app.get(
    '/api/v1/views',
    {
      config,
      schema: {
        summary: 'Own saved views of lists',
        tags,
        querystring: viewListQuerySchema,
        response: { 200: savedViewListSchema },
      },
    },
    async (request) => {
      const rows = await deps.pg.rows(listViews, { ...ownerOf(request), list: request.query.list ?? '' });
      return { items: rows.map(answer) };
    },
  );

  app.post(
    '/api/v1/views',
    {
      config,
      schema: {
        summary: 'Save a view; one of the same list and name is replaced',
        tags,
        body: viewRequestSchema,
        response: { 200: savedViewSchema },
      },
    },
    async (request) => {
      const { list, name, search, columns } = request.body;
      const row = await deps.pg.row(saveView, {
        ...ownerOf(request),
        ...{ list, name, settings: { search, columns }, at: deps.clock.now(), most: mostViews },
      });
      if (row === null)
        throw new Fault(
          'conflict',
          'govern.too_many_views',
          `This list has ${mostViews} saved views. Remove one that is no longer needed first.`,
        );
      return answer(row);
    },
  );

  app.delete(
    '/api/v1/views/:id',
    {
      config,
      schema: {
        summary: 'Remove a saved view',
        tags,
        params: z.object({ id: z.coerce.number().int().min(1).max(2_147_483_647) }),
        response: { 200: z.object({ id: z.int() }) },
      },
    },
    async (request) => {
      const row = await deps.pg.row(deleteView, { ...ownerOf(request), id: request.params.id });
      if (row === null)
        throw new Fault('not_found', 'govern.no_such_view', 'There is no such saved view of yours in this workspace.');
      return row;
    },
  );
}
