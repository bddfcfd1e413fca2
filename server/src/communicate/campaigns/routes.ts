import {
  audienceSchema,
  campaignPageSchema,
  campaignRequestSchema,
  campaignResultsSchema,
  campaignSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, principalOf } from '../../govern/index.ts';
import type { HttpApp } from '../../platform/index.ts';
import type { ErasureKey } from '../gate/erasedAddresses.ts';
import {
  type By,
  type CampaignDeps,
  cancelCampaign,
  createCampaign,
  editCampaign,
  pauseCampaign,
  removeCampaign,
  resumeCampaign,
  startCampaign,
} from './changeCampaigns.ts';
import { foreseeAudience } from './freeze.ts';
import { campaignIdOf, getCampaign, getCampaignRow, pageOfCampaigns } from './readCampaigns.ts';
import { readResults } from './results.ts';

const tags = ['Campaigns'];
const byId = z.object({ id: z.string().max(40) });
const byOf = (principal: ReturnType<typeof principalOf>): By => ({
  workspace: principal.workspaceId,
  actor: actorOf(principal),
});

const moves = [
  ['start', startCampaign, 'Start a campaign, now or at its hour'],
  ['pause', pauseCampaign, 'Pause a campaign: nothing more leaves'],
  ['resume', resumeCampaign, 'Go on with a paused campaign, with those who got nothing yet'],
  ['cancel', cancelCampaign, 'End a campaign for good'],
] as const;

/** A message to everyone of a segment. */
export function registerCampaignRoutes(app: HttpApp, deps: CampaignDeps & { readonly secrets: ErasureKey }): void {
  app.get(
    '/api/v1/campaigns',
    {
      config: { access: 'messages.read' },
      schema: {
        tags,
        summary: 'List campaigns, the newest first',
        querystring: z.object({ cursor: z.string().max(40).optional() }),
        response: { 200: campaignPageSchema },
      },
    },
    async (request) => pageOfCampaigns(deps.pg, principalOf(request).workspaceId, request.query.cursor),
  );

  app.post(
    '/api/v1/campaigns',
    {
      config: { access: 'messages.write' },
      schema: { tags, summary: 'Draft a campaign', body: campaignRequestSchema, response: { 201: campaignSchema } },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const id = await createCampaign(deps, byOf(principal), request.body);
      return reply.code(201).send(await getCampaign(deps.pg, principal.workspaceId, id));
    },
  );

  app.get(
    '/api/v1/campaigns/:id',
    {
      config: { access: 'messages.read' },
      schema: {
        tags,
        summary: 'Read a campaign: where it stands, who is left out and why',
        params: byId,
        response: { 200: campaignSchema },
      },
    },
    async (request) => getCampaign(deps.pg, principalOf(request).workspaceId, campaignIdOf(request.params.id)),
  );

  app.put(
    '/api/v1/campaigns/:id',
    {
      config: { access: 'messages.write' },
      schema: {
        tags,
        summary: 'Replace a draft',
        params: byId,
        body: campaignRequestSchema,
        response: { 200: campaignSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const id = campaignIdOf(request.params.id);
      await editCampaign(deps, byOf(principal), id, request.body);
      return getCampaign(deps.pg, principal.workspaceId, id);
    },
  );

  app.delete(
    '/api/v1/campaigns/:id',
    {
      config: { access: 'messages.write' },
      schema: { tags, summary: 'Delete a draft', params: byId, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await removeCampaign(deps, byOf(principalOf(request)), campaignIdOf(request.params.id));
      return reply.code(204).send(null);
    },
  );

  for (const [word, move, summary] of moves) {
    app.post(
      `/api/v1/campaigns/:id/${word}`,
      {
        config: { access: 'messages.send' },
        schema: { tags, summary, params: byId, response: { 200: campaignSchema } },
      },
      async (request) => {
        const principal = principalOf(request);
        const id = campaignIdOf(request.params.id);
        await move(deps, byOf(principal), id);
        return getCampaign(deps.pg, principal.workspaceId, id);
      },
    );
  }

  app.get(
    '/api/v1/campaigns/:id/audience',
    {
      config: { access: 'messages.read' },
      schema: {
        tags,
        summary: 'Foresee the audience of a campaign',
        description: 'Everyone of the segment is led through the gate as it stands now; nothing is written or sent.',
        params: byId,
        response: { 200: audienceSchema },
      },
    },
    async (request) => {
      const { workspaceId: workspace } = principalOf(request);
      const id = campaignIdOf(request.params.id);
      const { definition } = await getCampaignRow(deps.pg, workspace, id);
      return foreseeAudience(deps, workspace, id, definition);
    },
  );

  app.get(
    '/api/v1/campaigns/:id/results',
    {
      config: { access: 'messages.read' },
      schema: {
        tags,
        summary: 'What a campaign brought, by variant and against its control group',
        params: byId,
        response: { 200: campaignResultsSchema },
      },
    },
    async (request) => readResults(deps.pg, principalOf(request).workspaceId, campaignIdOf(request.params.id)),
  );
}
