import {
  brakeInputSchema,
  deliverabilitySchema,
  senderDomainInputSchema,
  senderDomainSchema,
} from '@vitrail/contracts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf, principalOf } from '../../govern/index.ts';
import { Fault, type HttpApp } from '../../platform/index.ts';
import type { By } from '../channels/setup/changeProviders.ts';
import { pullByHand, release } from './brake.ts';
import { addDomain, checkAgain, type DomainDeps, removeDomain } from './domains.ts';
import { readDeliverability } from './readDeliverability.ts';

const tags = ['Deliverability'];
const byDomain = z.object({ domain: z.string().max(253) });
const nothing = { 204: z.null().meta({ description: 'Done' }) };

const byOf = (request: FastifyRequest): By => {
  const principal = principalOf(request);
  return { workspace: principal.workspaceId, actor: actorOf(principal) };
};

/** Whether mail arrives: domains and their keys, what came back, and the brake. */
export function registerDeliverabilityRoutes(
  app: HttpApp,
  deps: DomainDeps & { readonly forget: (workspace: number) => void },
): void {
  app.get(
    '/api/v1/deliverability',
    {
      config: { access: 'messages.read' },
      schema: { tags, summary: 'How mail arrives', response: { 200: deliverabilitySchema } },
    },
    async (request) => readDeliverability(deps, principalOf(request).workspaceId),
  );

  app.post(
    '/api/v1/deliverability/domains',
    {
      config: { access: 'settings.write' },
      schema: {
        tags,
        summary: 'Set up a domain to write from, with a key that signs',
        body: senderDomainInputSchema,
        response: { 201: senderDomainSchema },
      },
    },
    async (request, reply) => reply.code(201).send(await addDomain(deps, byOf(request), request.body.domain)),
  );

  app.post(
    '/api/v1/deliverability/domains/:domain/check',
    {
      config: { access: 'settings.write' },
      schema: { tags, summary: 'Ask DNS again', params: byDomain, response: { 200: senderDomainSchema } },
    },
    async (request) => checkAgain(deps, principalOf(request).workspaceId, request.params.domain.toLowerCase()),
  );

  app.delete(
    '/api/v1/deliverability/domains/:domain',
    {
      config: { access: 'settings.write' },
      schema: { tags, summary: 'Remove a domain and its key', params: byDomain, response: nothing },
    },
    async (request, reply) => {
      await removeDomain(deps, byOf(request), request.params.domain.toLowerCase());
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/deliverability/brakes',
    {
      config: { access: 'messages.send' },
      schema: { tags, summary: 'Stop the marketing of a channel now', body: brakeInputSchema, response: nothing },
    },
    async (request, reply) => {
      await pullByHand(deps, byOf(request), request.body.channel);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/deliverability/brakes/:id/release',
    {
      config: { access: 'messages.send' },
      schema: {
        tags,
        summary: 'Let marketing go on after a brake',
        params: z.object({ id: z.string().max(20) }),
        response: nothing,
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      if (!/^\d{1,9}$/.test(id))
        throw new Fault('not_found', 'communicate.no_brake', 'There is no such brake, or it was released.');
      await release(deps, byOf(request), Number(id));
      return reply.code(204).send(null);
    },
  );
}
