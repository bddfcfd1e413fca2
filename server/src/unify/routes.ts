import {
  companyListQuerySchema,
  companyListSchema,
  erasureReceiptSchema,
  eventListQuerySchema,
  eventListSchema,
  mergeListSchema,
  mergeUndoneSchema,
  orderListQuerySchema,
  orderListSchema,
  peopleSelectionSchema,
  profileListQuerySchema,
  profileListSchema,
  profileSchema,
  selectionCountSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { encodeProfileId } from '../collect/index.ts';
import { actorOf, isMasked, principalOf, recordAudit } from '../govern/index.ts';
import { type Deps, Fault, type HttpApp } from '../platform/index.ts';
import { registerIdentityRoutes } from './identity/routes.ts';
import { refuseWhere, type SelectDeps, selectPeople } from './listing/selectPeople.ts';
import { listMerges, listRefusedJoins } from './merges/listMerges.ts';
import { undoMerge } from './merges/undoMerge.ts';
import { listCompanyPage } from './profiles/listCompanies.ts';
import { listProfiles } from './profiles/listProfiles.ts';
import { maskEvent, masked, maskProfile, maskSummary } from './profiles/maskCustomer.ts';
import { getCustomer, readProfile } from './profiles/readProfile.ts';
import { listCustomerOrders, listEvents } from './profiles/readTimeline.ts';
import { listFamilies } from './profiles/sql/readProfiles.pg.ts';
import { type ErasureDeps, eraseProfile, getSubject } from './rights/eraseProfile.ts';
import { registerMassErasureRoutes } from './rights/massErasureRoutes.ts';

type UnifyDeps = Pick<Deps, 'pg' | 'ch' | 'clock' | 'log' | 'jobs'> & ErasureDeps & SelectDeps;

const byId = z.object({ id: z.string().max(40) });
const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().optional(),
});
const tags = ['Profiles'];

/** Profiles, their timeline, merges and rights; identity rules; companies. */
export function registerUnifyRoutes(app: HttpApp, deps: UnifyDeps): void {
  registerProfileRoutes(app, deps);
  registerMergeRoutes(app, deps);
  registerRightsRoutes(app, deps);
  registerMassErasureRoutes(app, deps);
  registerIdentityRoutes(app, deps);
}

/** The order of names says something of them, and a cursor holds one. */
function refuseNameOrder(principal: Parameters<typeof isMasked>[0], sort: string | undefined): void {
  if (sort === 'name' && isMasked(principal))
    throw new Fault('forbidden', 'unify.names_masked', 'Sorting by name needs the permission `personal.read`.');
}

function registerProfileRoutes(app: HttpApp, deps: UnifyDeps): void {
  app.get(
    '/api/v1/profiles',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'List, search and sort profiles',
        querystring: profileListQuerySchema,
        response: { 200: profileListSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { where, ...query } = request.query;
      refuseNameOrder(principal, query.sort);
      refuseWhere(principal, { matching: { known: false, where } });
      const passing = where === undefined ? undefined : await deps.whoPasses(principal.workspaceId, where);
      const page = await listProfiles(deps.pg, principal.workspaceId, { ...query, passing });
      return isMasked(principal) ? { ...page, items: page.items.map(maskSummary) } : page;
    },
  );

  app.post(
    '/api/v1/profiles/selection',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'How many people a selection holds: before something is done to all of them',
        body: peopleSelectionSchema,
        response: { 200: selectionCountSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      refuseWhere(principal, request.body);
      const { roots, unknown } = await selectPeople(deps, principal.workspaceId, request.body);
      return { people: roots.length, unknown };
    },
  );

  app.get(
    '/api/v1/profiles/:id',
    {
      config: { access: 'profiles.read' },
      schema: { tags, summary: 'Read one profile', params: byId, response: { 200: profileSchema } },
    },
    async (request) => {
      const principal = principalOf(request);
      const profile = await readProfile(deps, principal.workspaceId, request.params.id);
      return isMasked(principal) ? maskProfile(profile) : profile;
    },
  );

  app.get(
    '/api/v1/profiles/:id/events',
    {
      config: { access: 'events.read' },
      schema: {
        tags,
        summary: "List a profile's events, newest first",
        params: byId,
        querystring: eventListQuerySchema,
        response: { 200: eventListSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      const customer = await getCustomer(deps.pg, workspace, request.params.id);
      const families = await deps.pg.rows(listFamilies, { workspace });
      const { limit, before, type, source, event } = request.query;
      const page = await listEvents(
        deps,
        workspace,
        customer.rowIds,
        {
          limit,
          before,
          event,
          types: type?.split(',') ?? [],
          sources: source?.split(',').map(Number).filter(Number.isSafeInteger) ?? [],
        },
        new Map(families.map((row) => [row.id, row.family])),
      );
      return isMasked(principal) ? { ...page, items: page.items.map(maskEvent) } : page;
    },
  );

  app.get(
    '/api/v1/profiles/:id/orders',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: "List a profile's orders with their lines, newest first",
        params: byId,
        querystring: orderListQuerySchema,
        response: { 200: orderListSchema },
      },
    },
    async (request) => {
      const { workspaceId: workspace } = principalOf(request);
      const customer = await getCustomer(deps.pg, workspace, request.params.id);
      return listCustomerOrders(deps.pg, workspace, customer.rowIds, request.query);
    },
  );

  app.get(
    '/api/v1/companies',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'List, search and sort companies',
        querystring: companyListQuerySchema,
        response: { 200: companyListSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      refuseNameOrder(principal, request.query.sort);
      const page = await listCompanyPage(deps.pg, principal.workspaceId, request.query);
      if (!isMasked(principal)) return page;
      return {
        ...page,
        items: page.items.map((company) => ({ ...company, name: company.name && masked, traits: {} })),
      };
    },
  );
}

function registerMergeRoutes(app: HttpApp, deps: UnifyDeps): void {
  const maskMerges = <T extends z.infer<typeof mergeListSchema>>(page: T): T => ({
    ...page,
    items: page.items.map((merge) => ({
      ...merge,
      winner: maskSummary(merge.winner),
      loser: maskSummary(merge.loser),
      evidence: {
        ...merge.evidence,
        identifiers: merge.evidence.identifiers.map(({ namespace }) => ({ namespace, value: masked })),
      },
    })),
    collisions: page.collisions.map((collision) => ({ ...collision, value: masked })),
  });

  app.get(
    '/api/v1/profiles/:id/merges',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'List the merges that made a profile, and the joins that were refused',
        params: byId,
        querystring: pageQuery,
        response: { 200: mergeListSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      const { rowIds: profiles } = await getCustomer(deps.pg, workspace, request.params.id);
      const merges = await listMerges(deps.pg, workspace, { profiles, ...request.query });
      const page = { ...merges, collisions: await listRefusedJoins(deps.pg, workspace, profiles) };
      return isMasked(principal) ? maskMerges(page) : page;
    },
  );

  app.get(
    '/api/v1/merges',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'List all merges, newest first',
        querystring: pageQuery,
        response: { 200: mergeListSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const merges = await listMerges(deps.pg, principal.workspaceId, { profiles: null, ...request.query });
      const page = { ...merges, collisions: [] };
      return isMasked(principal) ? maskMerges(page) : page;
    },
  );

  app.post(
    '/api/v1/merges/:id/undo',
    {
      config: { access: 'profiles.write' },
      schema: {
        tags,
        summary: 'Undo a merge: both people get their own history back and are never joined by the machine again',
        params: z.object({ id: z.coerce.number().int().positive() }),
        response: { 200: mergeUndoneSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const undone = await undoMerge(deps, {
        workspace: principal.workspaceId,
        merge: request.params.id,
        actor: actorOf(principal),
      });
      return { kept: encodeProfileId(undone.winnerId), restored: encodeProfileId(undone.loserId) };
    },
  );
}

function registerRightsRoutes(app: HttpApp, deps: UnifyDeps): void {
  app.get(
    '/api/v1/profiles/:id/export',
    {
      config: { access: 'profiles.erase' },
      schema: {
        tags,
        summary: 'Everything stored about a person, as JSON',
        params: byId,
        response: { 200: z.record(z.string(), z.unknown()) },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const { id } = request.params;
      const subject = await getSubject(deps, principal.workspaceId, id);
      const parts: Record<string, unknown> = { profile: id, exportedAt: deps.clock.now().toISOString() };
      for (const store of deps.stores) parts[store.room] = await store.export(subject);
      await recordAudit(deps.pg, deps, {
        workspaceId: principal.workspaceId,
        actor: actorOf(principal),
        action: 'profile.exported',
        target: `profile ${id}`,
      });
      return reply.header('content-disposition', `attachment; filename="profile-${id}.json"`).send(parts);
    },
  );

  app.delete(
    '/api/v1/profiles/:id',
    {
      config: { access: 'profiles.erase' },
      schema: {
        tags,
        summary: 'Erase a person in every store; keyed hashes keep them out of later imports',
        params: byId,
        response: { 200: erasureReceiptSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      return eraseProfile(deps, { workspace: principal.workspaceId, id: request.params.id, actor: actorOf(principal) });
    },
  );
}
