import {
  channelListSchema,
  providerInputSchema,
  providerSchema,
  providerTestInputSchema,
  providerTestSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, principalOf } from '../../../govern/index.ts';
import type { HttpApp } from '../../../platform/index.ts';
import { changeProvider, createProvider, noProvider, removeProvider, type SetUpDeps } from './changeProviders.ts';
import { getProvider, listChannels } from './readProviders.ts';
import { testProvider } from './testProvider.ts';

const tags = ['Channels'];
const byId = z.object({ id: z.string().max(20) });
const idOf = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw noProvider();
  return Number(text);
};

/** Which companies carry the messages of a workspace. */
export function registerChannelRoutes(app: HttpApp, deps: SetUpDeps): void {
  app.get(
    '/api/v1/channels',
    {
      config: { access: 'settings.write' },
      schema: { tags, summary: 'List channels and their providers', response: { 200: channelListSchema } },
    },
    async (request) => listChannels(deps, principalOf(request).workspaceId),
  );

  app.post(
    '/api/v1/channels',
    {
      config: { access: 'settings.write' },
      schema: { tags, summary: 'Set up a provider', body: providerInputSchema, response: { 201: providerSchema } },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      const id = await createProvider(deps, { workspace, actor: actorOf(principal) }, request.body);
      return reply.code(201).send(await getProvider(deps, workspace, id));
    },
  );

  app.get(
    '/api/v1/channels/:id',
    {
      config: { access: 'settings.write' },
      schema: {
        tags,
        summary: 'Read a provider, without its secrets',
        params: byId,
        response: { 200: providerSchema },
      },
    },
    async (request) => getProvider(deps, principalOf(request).workspaceId, idOf(request.params.id)),
  );

  app.put(
    '/api/v1/channels/:id',
    {
      config: { access: 'settings.write' },
      schema: {
        tags,
        summary: 'Change a provider; secrets left out stay',
        params: byId,
        body: providerInputSchema,
        response: { 200: providerSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      const id = idOf(request.params.id);
      await changeProvider(deps, { workspace, actor: actorOf(principal) }, id, request.body);
      return getProvider(deps, workspace, id);
    },
  );

  app.delete(
    '/api/v1/channels/:id',
    {
      config: { access: 'settings.write' },
      schema: {
        tags,
        summary: 'Remove a provider; the next one takes its messages',
        params: byId,
        response: { 204: z.null().meta({ description: 'Removed' }) },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const by = { workspace: principal.workspaceId, actor: actorOf(principal) };
      await removeProvider(deps, by, idOf(request.params.id));
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/channels/:id/test',
    {
      config: { access: 'settings.write' },
      schema: {
        tags,
        summary: 'Send one real message by a provider',
        params: byId,
        body: providerTestInputSchema,
        response: { 200: providerTestSchema },
      },
    },
    async (request) => testProvider(deps, principalOf(request).workspaceId, idOf(request.params.id), request.body),
  );
}
