import { listChangedSchema, listInputSchema, listMembersInputSchema } from '@vitrail/contracts';
import { actorOf, principalOf } from '../../../govern/index.ts';
import type { HttpApp } from '../../../platform/index.ts';
import { findListed } from '../listFile.ts';
import { changeList, createList, type SaveDeps } from '../saveSegment.ts';
import { byId, tags, write } from './shared.ts';

export function registerListRoutes(app: HttpApp, deps: SaveDeps): void {
  app.post(
    '/api/v1/segments/lists',
    {
      config: write,
      schema: { tags, summary: 'Create a list', body: listInputSchema, response: { 201: listChangedSchema } },
    },
    async (request, reply) => {
      const workspace = principalOf(request).workspaceId;
      const { id, added, unknown } = await createList(deps, {
        workspace,
        actor: actorOf(principalOf(request)),
        ...request.body,
      });
      return reply.code(201).send({ id, added, removed: 0, unknown });
    },
  );

  app.post(
    '/api/v1/segments/lists/:id/members',
    {
      config: write,
      schema: {
        tags,
        summary: 'Add people to a list and take people off',
        description:
          'People are named by profile id, e-mail, phone, user id, loyalty card or CRM id, as they are stored.',
        params: byId,
        body: listMembersInputSchema,
        response: { 200: listChangedSchema },
      },
    },
    async (request) => {
      const workspace = principalOf(request).workspaceId;
      const add = await findListed(deps.pg, workspace, request.body.add);
      const remove = await findListed(deps.pg, workspace, request.body.remove);
      const { id } = request.params;
      const changed = await changeList(deps, {
        workspace,
        actor: actorOf(principalOf(request)),
        id,
        add: add.profiles,
        remove: remove.profiles,
      });
      return { ...changed, id, unknown: changed.unknown + add.unknown + remove.unknown };
    },
  );
}
