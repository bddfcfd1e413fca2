import {
  profileRfmSchema,
  rfmMovementQuerySchema,
  rfmMovementSchema,
  rfmPeopleQuerySchema,
  rfmPeopleSchema,
  rfmQuerySchema,
  rfmSchema,
  rfmSettingsSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, principalOf, recordAudit } from '../../govern/index.ts';
import type { Deps, HttpApp } from '../../platform/index.ts';
import { raiseGeneration } from '../segments/sql/segments.pg.ts';
import { hasDrifted, readEdges, readSettings } from './edges.ts';
import { refreshRfmNow } from './jobs.ts';
import { readMovement, readProfileRfm } from './readMovement.ts';
import { listRfmPeople, readRfm } from './readRfm.ts';
import { saveRfmSettings } from './sql/rfm.pg.ts';

const tags = ['Personas'];

/** Recency, frequency, monetary value and engagement; personas and their movement. */
export function registerRfmRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'ch' | 'clock' | 'jobs'>): void {
  app.get(
    '/api/v1/rfm',
    {
      config: { access: 'analytics.read' },
      schema: {
        tags,
        summary: 'Count personas and the grid of recency and frequency',
        querystring: rfmQuerySchema,
        response: { 200: rfmSchema },
      },
    },
    async (request) => {
      const { workspaceId } = principalOf(request);
      const rfm = await readRfm(deps, workspaceId, request.query.site);
      // The first look, or the first after a large import: the next night would be too late.
      const { buyers } = await readEdges(deps.pg, workspaceId, request.query.site ?? '');
      if (rfm.buyers > 0 && hasDrifted(buyers, rfm.buyers)) await refreshRfmNow(deps, workspaceId);
      return rfm;
    },
  );

  app.get(
    '/api/v1/rfm/settings',
    {
      config: { access: 'analytics.read' },
      schema: {
        tags,
        summary: 'How buyers are scored and what personas are called',
        response: { 200: rfmSettingsSchema },
      },
    },
    async (request) => readSettings(deps.pg, principalOf(request).workspaceId),
  );

  app.put(
    '/api/v1/rfm',
    {
      config: { access: 'segments.write' },
      schema: {
        tags,
        summary: 'Change how buyers are scored and what personas are called',
        description: 'Thresholds are computed anew at once, and segments that ask for personas follow.',
        body: rfmSettingsSchema,
        response: { 200: rfmSettingsSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      const { method, bands, names } = request.body;
      await deps.pg.transaction(async (tx) => {
        await tx.run(saveRfmSettings, {
          workspace,
          method,
          bands: { ...bands },
          names: { ...names },
          at: deps.clock.now(),
        });
        // Sentences say the names.
        await tx.run(raiseGeneration, { workspace });
        await recordAudit(tx, deps, {
          workspaceId: workspace,
          actor: actorOf(principal),
          action: 'personas.changed',
          target: 'personas',
          details: { method },
        });
      });
      await refreshRfmNow(deps, workspace);
      return readSettings(deps.pg, workspace);
    },
  );

  app.get(
    '/api/v1/rfm/people',
    {
      config: { access: 'analytics.read' },
      schema: {
        tags,
        summary: 'List the people of a persona or of a cell of the grid',
        querystring: rfmPeopleQuerySchema,
        response: { 200: rfmPeopleSchema },
      },
    },
    async (request) => listRfmPeople(deps, principalOf(request).workspaceId, request.query),
  );

  app.get(
    '/api/v1/rfm/movement',
    {
      config: { access: 'analytics.read' },
      schema: {
        tags,
        summary: 'Count who went from which persona to which between two days',
        querystring: rfmMovementQuerySchema,
        response: { 200: rfmMovementSchema },
      },
    },
    async (request) => readMovement(deps, principalOf(request).workspaceId, request.query),
  );

  app.get(
    '/api/v1/profiles/:id/rfm',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'Read the persona and scores of one customer, with their history',
        params: z.object({ id: z.string().max(40) }),
        response: { 200: profileRfmSchema },
      },
    },
    async (request) => readProfileRfm(deps, principalOf(request).workspaceId, request.params.id),
  );
}
