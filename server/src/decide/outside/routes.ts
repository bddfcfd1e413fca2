import {
  outsideMappingsRequestSchema,
  outsideMembersRequestSchema,
  outsideOfPersonSchema,
  outsideProviderChangeSchema,
  outsideProviderListSchema,
  outsideProviderRequestSchema,
  outsideProviderSchema,
  outsideSegmentListSchema,
  outsideTakenSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, principalOf } from '../../govern/index.ts';
import type { HttpApp } from '../../platform/index.ts';
import type { Outside } from './createOutside.ts';
import { readOutsideOf } from './ofPeople.ts';
import {
  changeProvider,
  createProvider,
  getProvider,
  readProvider,
  readProviders,
  removeProvider,
} from './providers.ts';
import { countSegments } from './sql/people.ch.ts';
import { registerSyncRoute } from './syncRoutes.ts';
import { countOutcomes, takeMappings, takeMembers } from './takeMembers.ts';

const tags = ['Outside audiences'];
const byKey = z.object({ provider: z.string().max(40) });

const byOf = (principal: ReturnType<typeof principalOf>) => ({
  workspace: principal.workspaceId,
  actor: actorOf(principal),
});

/** Data partners: their terms, what they say of people, and of one person. */
export function registerOutsideRoutes(app: HttpApp, deps: Outside['deps']): void {
  registerPartners(app, deps);
  registerOnePartner(app, deps);
  registerRows(app, deps);
  registerSyncRoute(app, deps);
}

function registerPartners(app: HttpApp, deps: Outside['deps']): void {
  app.get(
    '/api/v1/outside-audiences',
    {
      config: { access: 'analytics.read' },
      schema: { tags, summary: 'List data partners with their terms', response: { 200: outsideProviderListSchema } },
    },
    async (request) => ({ items: await readProviders(deps.pg, principalOf(request).workspaceId) }),
  );

  app.post(
    '/api/v1/outside-audiences',
    {
      config: { access: 'segments.write' },
      schema: {
        tags,
        summary: 'Set up a data partner: on what basis, for what, and how long',
        body: outsideProviderRequestSchema,
        response: { 201: outsideProviderSchema },
      },
    },
    async (request, reply) => {
      const by = byOf(principalOf(request));
      await createProvider(deps, by, request.body);
      return reply.code(201).send(await readProvider(deps.pg, by.workspace, request.body.key));
    },
  );

  app.get(
    '/api/v1/outside-audiences/segments',
    {
      config: { access: 'analytics.read' },
      schema: {
        tags,
        summary: 'Segments of all partners: how many people, and how many may be used now',
        response: { 200: outsideSegmentListSchema },
      },
    },
    async (request) => {
      const now = deps.clock.now().getTime();
      const rows = await deps.ch.rows(countSegments, { workspace: principalOf(request).workspaceId, now });
      return {
        items: rows.map(({ provider, name, people, usable, ends }) => ({
          provider: String(provider),
          segment: name,
          people,
          usable,
          firstEnds: usable === 0 ? null : new Date(ends).toISOString(),
        })),
      };
    },
  );
}

function registerOnePartner(app: HttpApp, deps: Outside['deps']): void {
  app.get(
    '/api/v1/outside-audiences/:provider',
    {
      config: { access: 'analytics.read' },
      schema: { tags, summary: 'Read a data partner', params: byKey, response: { 200: outsideProviderSchema } },
    },
    async (request) => readProvider(deps.pg, principalOf(request).workspaceId, request.params.provider),
  );

  app.patch(
    '/api/v1/outside-audiences/:provider',
    {
      config: { access: 'segments.write' },
      schema: {
        tags,
        summary: 'Change the terms of a data partner',
        description: 'They hold at once for what is stored already: nobody is used longer, or for more, than they say.',
        params: byKey,
        body: outsideProviderChangeSchema,
        response: { 200: outsideProviderSchema },
      },
    },
    async (request) => {
      const by = byOf(principalOf(request));
      await changeProvider(deps, by, request.params.provider, request.body);
      await deps.follow(by.workspace);
      return readProvider(deps.pg, by.workspace, request.params.provider);
    },
  );

  app.delete(
    '/api/v1/outside-audiences/:provider',
    {
      config: { access: 'segments.write' },
      schema: {
        tags,
        summary: 'Remove a data partner with everything it said, where no segment asks for it',
        params: byKey,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await removeProvider(deps, byOf(principalOf(request)), request.params.provider);
      return reply.code(204).send(null);
    },
  );
}

const dateOf = (text: string | undefined): Date | null => (text === undefined ? null : new Date(text));

function registerRows(app: HttpApp, deps: Outside['deps']): void {
  app.post(
    '/api/v1/outside-audiences/:provider/members',
    {
      config: { access: 'data.write' },
      schema: {
        tags,
        summary: 'Place people in segments of a partner, or take them out',
        description:
          'Up to 1,000 rows, all or none but those rejected. Sent again they change nothing. Nobody is made known by this: rows about ids that no customer has are rejected.',
        params: byKey,
        body: outsideMembersRequestSchema,
        response: { 200: outsideTakenSchema },
      },
    },
    async (request) => {
      const { workspaceId: workspace } = principalOf(request);
      const provider = await getProvider(deps.pg, workspace, request.params.provider);
      const rows = request.body.items.map(({ id, segment, expiresAt, remove = false }) => ({
        id,
        segment,
        expiresAt: dateOf(expiresAt),
        remove,
      }));
      const around = { workspace, provider, now: deps.clock.now(), by: 'api' } as const;
      const { outcomes } = await deps.pg.transaction((tx) => takeMembers(tx, around, rows));
      await deps.follow(workspace);
      return countOutcomes(outcomes);
    },
  );

  app.post(
    '/api/v1/outside-audiences/:provider/mappings',
    {
      config: { access: 'data.write' },
      schema: {
        tags,
        summary: 'Tie ids of a partner to customers',
        description:
          'So that the partner’s rows can say whom they are about. A mapping joins no profiles and identifies nobody outside this partner’s rows.',
        params: byKey,
        body: outsideMappingsRequestSchema,
        response: { 200: outsideTakenSchema },
      },
    },
    async (request) => {
      const { workspaceId: workspace } = principalOf(request);
      const provider = await getProvider(deps.pg, workspace, request.params.provider);
      const rows = request.body.items.map(({ id, theirId, expiresAt }) => ({
        id,
        theirId,
        expiresAt: dateOf(expiresAt),
      }));
      const around = { workspace, provider, now: deps.clock.now() };
      return countOutcomes(await deps.pg.transaction((tx) => takeMappings(tx, around, rows)));
    },
  );

  app.get(
    '/api/v1/profiles/:id/outside-segments',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'What data partners say of a customer: who, on what basis, until when, and whether it may be used',
        params: z.object({ id: z.string().max(40) }),
        response: { 200: outsideOfPersonSchema },
      },
    },
    async (request) => readOutsideOf(deps, principalOf(request).workspaceId, request.params.id),
  );
}
