import { loyaltyRulesSchema, pointsChangeSchema, profilePointsSchema } from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, principalOf } from '../../govern/index.ts';
import { type Deps, Fault, type HttpApp } from '../../platform/index.ts';
import { getCustomer } from '../../unify/index.ts';
import { takeOrdersSoon } from './jobs.ts';
import { changePoints, loadRules, readPoints, saveRules } from './points.ts';
import type { TellDeps } from './tellPoints.ts';

const tags = ['Offers'];
const byId = z.object({ id: z.string().max(40) });

/** Points: the programme of a workspace, and those of a customer. */
export function registerLoyaltyRoutes(app: HttpApp, deps: TellDeps & Pick<Deps, 'jobs'>): void {
  app.get(
    '/api/v1/loyalty',
    {
      config: { access: 'messages.read' },
      schema: {
        tags,
        summary: 'How points are earned, when they end, the tiers',
        response: { 200: loyaltyRulesSchema },
      },
    },
    (request) => loadRules(deps.pg, principalOf(request).workspaceId, deps.clock.now()),
  );

  app.put(
    '/api/v1/loyalty',
    {
      config: { access: 'messages.write' },
      schema: {
        tags,
        summary: 'Change the programme',
        description:
          'Orders since it began are counted anew; what they are worth more or less is booked as a correction.',
        body: loyaltyRulesSchema,
        response: { 200: loyaltyRulesSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      await saveRules(deps, { workspace, actor: actorOf(principal) }, request.body);
      await takeOrdersSoon(deps, workspace);
      return loadRules(deps.pg, workspace, deps.clock.now());
    },
  );

  app.get(
    '/api/v1/profiles/:id/points',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'The points of a customer, and how they came to be',
        params: byId,
        querystring: z.object({ cursor: z.string().max(100).optional() }),
        response: { 200: profilePointsSchema },
      },
    },
    async (request) => {
      const { workspaceId: workspace } = principalOf(request);
      const { rootId: root, rowIds: profiles } = await getCustomer(deps.pg, workspace, request.params.id);
      return readPoints(deps.pg, { workspace, root, profiles, now: deps.clock.now(), cursor: request.query.cursor });
    },
  );

  app.post(
    '/api/v1/profiles/:id/points',
    {
      config: { access: 'messages.write' },
      schema: {
        tags,
        summary: 'Give a customer points, or spend some of theirs',
        description: 'Below nothing is refused with 409. Sent again with the same key: nothing changes twice.',
        params: byId,
        body: pointsChangeSchema,
        response: { 200: profilePointsSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      const { points, note, key } = request.body;
      if (points === 0) throw new Fault('invalid', 'communicate.no_points', 'Give a number other than 0.');
      const { rootId: root, rowIds: profiles } = await getCustomer(deps.pg, workspace, request.params.id);
      const actor = `${principal.kind}:${principal.id}`;
      await changePoints(deps, { workspace, root, profiles, points, note, key, actor });
      return readPoints(deps.pg, { workspace, root, profiles, now: deps.clock.now() });
    },
  );
}
