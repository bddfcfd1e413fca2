import {
  chosenPeopleLimit,
  listChangedSchema,
  listInputSchema,
  listMembersInputSchema,
  listPeopleChangedSchema,
  listPeopleInputSchema,
  type PeopleSelection,
} from '@vitrail/contracts';
import { encodeProfileId } from '../../../collect/index.ts';
import { actorOf, principalOf } from '../../../govern/index.ts';
import type { HttpApp } from '../../../platform/index.ts';
import { selectPeople } from '../../../unify/index.ts';
import { findListed } from '../listFile.ts';
import { changeList, createList, type SaveDeps } from '../saveSegment.ts';
import { createWhoPasses } from '../whoPasses.ts';
import { byId, tags, write } from './shared.ts';

export function registerListRoutes(app: HttpApp, deps: SaveDeps): void {
  const selectDeps = { pg: deps.pg, whoPasses: createWhoPasses(deps) };
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
      const { added, removed, unknown } = changed;
      return { id, added, removed, unknown: unknown + add.unknown + remove.unknown };
    },
  );

  app.post(
    '/api/v1/segments/lists/:id/people',
    {
      config: write,
      schema: {
        tags,
        summary: 'Add selected customers to a list, or take them off',
        description:
          'By ids (at most 10,000) or by the filters of the list of customers (at most 100,000 people). A repeat changes nothing.',
        params: byId,
        body: listPeopleInputSchema,
        response: { 200: listPeopleChangedSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const workspace = principal.workspaceId;
      const select = async (people: PeopleSelection | undefined) =>
        people === undefined ? { roots: [], unknown: 0 } : selectPeople(selectDeps, workspace, people);
      const add = await select(request.body.add);
      const remove = await select(request.body.remove);
      const { id } = request.params;
      const changed = await changeList(deps, {
        workspace,
        actor: actorOf(principal),
        id,
        add: add.roots,
        remove: remove.roots,
      });
      const tell = (people: readonly number[]): string[] | null =>
        people.length > chosenPeopleLimit ? null : people.map(encodeProfileId);
      return {
        id,
        added: changed.added,
        removed: changed.removed,
        unknown: changed.unknown + add.unknown + remove.unknown,
        addedIds: tell(changed.entered),
        removedIds: tell(changed.exited),
      };
    },
  );
}
