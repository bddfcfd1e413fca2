import {
  claimAnswerSchema,
  claimRequestSchema,
  codesAddedSchema,
  couponPoolListSchema,
  couponPoolRequestSchema,
  generateCodesSchema,
  offerPageSchema,
  offerRequestSchema,
  offerSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { decodeProfileId } from '../../collect/index.ts';
import { actorOf, principalOf, recordAudit } from '../../govern/index.ts';
import { type Deps, decodeCursor, encodeCursor, Fault, type HttpApp } from '../../platform/index.ts';
import { findHolder } from '../../unify/index.ts';
import { changeOffer, createOffer, getOffer, presentOffer } from './changeOffers.ts';
import { claimOffer } from './claimOffer.ts';
import { generateCodes, importCodes } from './coupons.ts';
import { takeOrdersSoon } from './jobs.ts';
import { registerLoyaltyRoutes } from './loyaltyRoutes.ts';
import { insertPool, listPools } from './sql/coupons.pg.ts';
import { listOffers } from './sql/offers.pg.ts';
import type { TellDeps } from './tellPoints.ts';

const tags = ['Offers'];
const byId = z.object({ id: z.coerce.number().int().min(1).max(2_147_483_647) });
const position = z.tuple([z.number().int().positive()]);
const pageRows = 50;
const maxCsvBytes = 16 * 1024 * 1024;

type OfferDeps = TellDeps & Pick<Deps, 'jobs'>;

/** Offers, the codes that go with them, points. */
export function registerOfferRoutes(app: HttpApp, deps: OfferDeps): void {
  registerOffers(app, deps);
  registerPools(app, deps);
  registerLoyaltyRoutes(app, deps);
}

function registerOffers(app: HttpApp, deps: OfferDeps): void {
  app.get(
    '/api/v1/offers',
    {
      config: { access: 'messages.read' },
      schema: {
        tags,
        summary: 'List offers with what came of them, the newest first',
        querystring: z.object({ cursor: z.string().max(100).optional() }),
        response: { 200: offerPageSchema },
      },
    },
    async (request) => {
      const { cursor } = request.query;
      const [below] = cursor === undefined ? [2_147_483_647] : decodeCursor(cursor, position);
      const workspace = principalOf(request).workspaceId;
      const rows = await deps.pg.rows(listOffers, { workspace, below, limit: pageRows + 1 });
      const items = rows.slice(0, pageRows).map(presentOffer);
      const last = items.at(-1);
      return { items, next: rows.length > pageRows && last !== undefined ? encodeCursor([last.id]) : null };
    },
  );

  app.post(
    '/api/v1/offers',
    {
      config: { access: 'messages.write' },
      schema: { tags, summary: 'Make an offer', body: offerRequestSchema, response: { 201: offerSchema } },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const by = { workspace: principal.workspaceId, actor: actorOf(principal) };
      const offer = await createOffer(deps, by, request.body);
      if (request.body.code.kind === 'shared') await takeOrdersSoon(deps, by.workspace);
      return reply.code(201).send(offer);
    },
  );

  app.get(
    '/api/v1/offers/:id',
    {
      config: { access: 'messages.read' },
      schema: { tags, summary: 'Read one offer', params: byId, response: { 200: offerSchema } },
    },
    (request) => getOffer(deps.pg, principalOf(request).workspaceId, request.params.id),
  );

  app.put(
    '/api/v1/offers/:id',
    {
      config: { access: 'messages.write' },
      schema: {
        tags,
        summary: 'Change an offer: everything of it, also whether it runs',
        params: byId,
        body: offerRequestSchema,
        response: { 200: offerSchema },
      },
    },
    (request) => {
      const principal = principalOf(request);
      const by = { workspace: principal.workspaceId, actor: actorOf(principal) };
      return changeOffer(deps, by, request.params.id, request.body);
    },
  );

  app.post(
    '/api/v1/offers/:id/claim',
    {
      config: { access: 'messages.send' },
      schema: {
        tags,
        summary: 'Give a customer the code of an offer',
        description: 'Asked again with the same key: the same code.',
        params: byId,
        body: claimRequestSchema,
        response: { 200: claimAnswerSchema },
      },
    },
    async (request) => {
      const { workspaceId: workspace } = principalOf(request);
      const { profile, identifier, key } = request.body;
      await getOffer(deps.pg, workspace, request.params.id);
      const [holder] = identifier === undefined ? [null] : await findHolder(deps.pg, workspace, [identifier]);
      const person = profile === undefined ? holder : decodeProfileId(profile);
      if (person === null || person === undefined)
        throw new Fault('not_found', 'communicate.profile_not_found', 'There is nobody with this id or identifier.');
      const claim = {
        workspace,
        offer: String(request.params.id),
        profile: person,
        key: `api/${key}`,
        now: deps.clock.now(),
      };
      const answer = await deps.pg.transaction((tx) => claimOffer(tx, claim));
      return answer.code === null ? answer : { code: answer.code, reason: null };
    },
  );
}

function registerPools(app: HttpApp, deps: OfferDeps): void {
  app.get(
    '/api/v1/coupon-pools',
    {
      config: { access: 'messages.read' },
      schema: { tags, summary: 'List pools of codes, with how many are left', response: { 200: couponPoolListSchema } },
    },
    async (request) => {
      const pools = await deps.pg.rows(listPools, { workspace: principalOf(request).workspaceId });
      return { items: pools.map(({ created_at, ...pool }) => ({ ...pool, createdAt: created_at.toISOString() })) };
    },
  );

  app.post(
    '/api/v1/coupon-pools',
    {
      config: { access: 'messages.write' },
      schema: {
        tags,
        summary: 'Make a pool of codes',
        body: couponPoolRequestSchema,
        response: { 201: z.object({ id: z.number().int() }) },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      const id = await deps.pg.transaction(async (tx) => {
        const row = await tx.row(insertPool, { workspace, name: request.body.name, now: deps.clock.now() });
        await recordAudit(tx, deps, {
          workspaceId: workspace,
          actor: actorOf(principal),
          action: 'coupon_pool.created',
          target: `coupon pool ${row?.id ?? 0}`,
        });
        return row?.id ?? 0;
      });
      return reply.code(201).send({ id });
    },
  );

  app.post(
    '/api/v1/coupon-pools/:id/codes',
    {
      config: { access: 'messages.write' },
      schema: {
        tags,
        summary: 'Fill a pool with new random codes',
        params: byId,
        body: generateCodesSchema,
        response: { 200: codesAddedSchema },
      },
    },
    async (request) => {
      const { workspaceId: workspace } = principalOf(request);
      const added = await generateCodes(deps.pg, workspace, request.params.id, request.body);
      return { added, known: 0, rejected: 0 };
    },
  );

  app.register(async (scope) => {
    scope.addContentTypeParser('text/csv', { parseAs: 'string', bodyLimit: maxCsvBytes }, (_, body, done) =>
      done(null, body),
    );
    scope.post(
      '/api/v1/coupon-pools/:id/import',
      {
        config: { access: 'messages.write' },
        bodyLimit: maxCsvBytes,
        schema: {
          tags,
          summary: 'Fill a pool with codes of the shop: one a line',
          consumes: ['text/csv'],
          params: byId,
          body: z.string(),
          response: { 200: codesAddedSchema },
        },
      },
      (request) =>
        importCodes(
          deps.pg,
          principalOf(request).workspaceId,
          byId.parse(request.params).id,
          z.string().parse(request.body),
        ),
    );
  });
}
