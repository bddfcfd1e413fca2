import {
  planInferRequestSchema,
  planInferResponseSchema,
  planModeSchema,
  plannedEventPageSchema,
  plannedEventParamsSchema,
  plannedEventRequestSchema,
  plannedEventSchema,
  planQuerySchema,
  planRefusals,
  planViolationPageSchema,
  planViolationQuerySchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, principalOf, recordAudit } from '../../govern/index.ts';
import {
  type Deps,
  decodeCursor,
  encodeCursor,
  Fault,
  type HttpApp,
  isJsonObject,
  type PgRow,
} from '../../platform/index.ts';
import { proposeSchema } from './proposeSchema.ts';
import { removePlannedEvent, savePlannedEvent } from './savePlannedEvent.ts';
import { listPlannedEvents, pagePlannedEvents, pageViolations } from './sql/trackingPlan.pg.ts';
import { writeTypes } from './writeTypes.ts';

const tags = ['tracking plan'];

function toPlannedEvent(row: PgRow<(typeof pagePlannedEvents)['row']>) {
  return {
    ...row,
    mode: planModeSchema.parse(row.mode),
    schema: isJsonObject(row.schema) ? row.schema : {},
    updatedAt: row.updatedAt.toISOString(),
    lastViolationAt: row.lastViolationAt?.toISOString() ?? null,
  };
}

function registerReading(app: HttpApp, deps: Pick<Deps, 'pg' | 'ch'>): void {
  app.get(
    '/api/v1/tracking-plan',
    {
      config: { access: 'data.read' },
      schema: {
        summary: 'Planned events by name, with how often each was broken',
        tags,
        querystring: planQuerySchema,
        response: { 200: plannedEventPageSchema },
      },
    },
    async (request) => {
      const { cursor, limit } = request.query;
      const [after] = cursor === undefined ? [''] : decodeCursor(cursor, z.tuple([z.string()]));
      const workspace = principalOf(request).workspaceId;
      const rows = await deps.pg.rows(pagePlannedEvents, { workspace, after, limit });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { items: rows.map(toPlannedEvent), next: last === undefined ? null : encodeCursor([last.event]) };
    },
  );

  app.get(
    '/api/v1/tracking-plan/violations',
    {
      config: { access: 'data.read' },
      schema: {
        summary: 'Broken rules with their counts',
        tags,
        querystring: planViolationQuerySchema,
        response: { 200: planViolationPageSchema },
      },
    },
    async (request) => {
      const { cursor, limit, event } = request.query;
      const [afterEvent, afterRule] =
        cursor === undefined ? ['', ''] : decodeCursor(cursor, z.tuple([z.string(), z.string()]));
      const workspace = principalOf(request).workspaceId;
      const rows = await deps.pg.rows(pageViolations, {
        workspace,
        event: event ?? null,
        afterEvent,
        afterRule,
        limit,
      });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        items: rows.map((row) => ({
          ...row,
          firstAt: row.firstAt.toISOString(),
          lastAt: row.lastAt.toISOString(),
        })),
        next: last === undefined ? null : encodeCursor([last.event, last.rule]),
      };
    },
  );

  app.get(
    '/api/v1/tracking-plan/types.ts',
    {
      config: { access: 'data.read' },
      schema: {
        summary: 'The plan as TypeScript types, for a typed track()',
        tags,
        produces: ['text/plain'],
        response: { 200: z.string() },
      },
    },
    async (request, reply) => {
      const events = await deps.pg.rows(listPlannedEvents, { workspace: principalOf(request).workspaceId });
      return reply
        .type('text/plain; charset=utf-8')
        .serializer((text: string) => text)
        .send(writeTypes(events));
    },
  );

  app.post(
    '/api/v1/tracking-plan/infer',
    {
      config: { access: 'plan.write' },
      schema: {
        summary: 'Propose a schema from the last 1,000 events of a name; nothing is saved',
        tags,
        body: planInferRequestSchema,
        response: { 200: planInferResponseSchema },
      },
    },
    (request) => proposeSchema(deps.ch, principalOf(request).workspaceId, request.body.event),
  );
}

function registerWriting(app: HttpApp, deps: Pick<Deps, 'pg' | 'clock'>): void {
  app.put(
    '/api/v1/tracking-plan/:event',
    {
      config: { access: 'plan.write' },
      schema: {
        summary: 'Add a planned event or replace it',
        description: 'The pipeline follows within two seconds. A changed schema starts its counts of violations anew.',
        tags,
        params: plannedEventParamsSchema,
        body: plannedEventRequestSchema,
        response: { 200: plannedEventSchema, 201: plannedEventSchema },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const { event } = request.params;
      const outcome = await savePlannedEvent(deps, principal.workspaceId, { event, ...request.body });
      if (!outcome.ok) {
        const { reason, detail } = outcome;
        throw new Fault('invalid', 'collect.plan_refused', `${planRefusals[reason].en}: ${detail}.`, {
          details: { reason },
        });
      }
      await recordAudit(deps.pg, deps, {
        workspaceId: principal.workspaceId,
        actor: actorOf(principal),
        action: outcome.created ? 'planned_event.created' : 'planned_event.changed',
        target: `event ${event}`,
        details: { mode: request.body.mode },
      });
      return reply.code(outcome.created ? 201 : 200).send(toPlannedEvent(outcome.planned));
    },
  );

  app.delete(
    '/api/v1/tracking-plan/:event',
    {
      config: { access: 'plan.write' },
      schema: {
        summary: 'Take an event out of the plan',
        tags,
        params: plannedEventParamsSchema,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const { event } = request.params;
      if (!(await removePlannedEvent(deps.pg, principal.workspaceId, event)))
        throw new Fault('not_found', 'collect.event_not_planned', `The tracking plan has no event “${event}”.`);
      await recordAudit(deps.pg, deps, {
        workspaceId: principal.workspaceId,
        actor: actorOf(principal),
        action: 'planned_event.removed',
        target: `event ${event}`,
      });
      return reply.code(204).send(null);
    },
  );
}

/** The tracking plan: list, change, violations, types for the SDK, and a proposal from real events. */
export function registerTrackingPlanRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'ch' | 'clock'>): void {
  registerReading(app, deps);
  registerWriting(app, deps);
}
