import {
  activateSchema,
  changePolicySchema,
  editedSettingsSchema,
  editSettingsSchema,
  matchingStateSchema,
  matchKindQuerySchema,
  matchQualitySchema,
  matchRunSchema,
  modelDetailSchema,
  modelListSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { actorOf, isMasked, principalOf } from '../../../govern/index.ts';
import type { HttpApp } from '../../../platform/index.ts';
import { executeRunNow } from '../jobs.ts';
import { maskRun } from '../mask.ts';
import { readQuality } from '../reviews/readQuality.ts';
import { changePolicy, editSettings, readSettings } from '../runs/policy.ts';
import { listMatchModels, readMatchModel } from '../runs/showModels.ts';
import { getRunRow, readRun, thresholdsOf } from '../runs/showRun.ts';
import { activate } from '../runs/startRun.ts';
import { readState } from '../state.ts';
import { subjectOf } from '../subjects.ts';
import type { RouteDeps } from './routeDeps.ts';

const versioned = z.object({ version: z.coerce.number().int().positive().max(2_147_483_647) });
export function registerModelRoutes(app: HttpApp, deps: RouteDeps): void {
  const tags = ['Matching'];
  app.get(
    '/api/v1/matching',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'What is in force and where things stand',
        querystring: matchKindQuerySchema,
        response: { 200: matchingStateSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const state = await readState(deps.pg, principal.workspaceId, request.query.kind);
      if (!isMasked(principal)) return state;
      const { lastDryRun, lastRun, running } = state;
      return {
        ...state,
        lastDryRun: lastDryRun && maskRun(lastDryRun),
        lastRun: lastRun && maskRun(lastRun),
        running: running && maskRun(running),
      };
    },
  );
  app.patch(
    '/api/v1/matching',
    {
      config: { access: 'identity.write' },
      schema: {
        tags,
        summary: 'Change the two-person rule or the share that is checked, or switch automatic merging off',
        body: changePolicySchema,
        response: { 200: matchingStateSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      await changePolicy(deps, principal.workspaceId, request.body, actorOf(principal));
      return readState(deps.pg, principal.workspaceId, request.body.kind);
    },
  );
  app.post(
    '/api/v1/matching/activate',
    {
      config: { access: 'identity.write' },
      schema: {
        tags,
        summary: 'Put the model and thresholds that a dry run has shown in force, and carry them out',
        body: activateSchema,
        response: { 202: matchRunSchema },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const { workspaceId: workspace } = principal;
      const row = await getRunRow(deps.pg, workspace, request.body.run);
      const shown = {
        kind: subjectOf(row.kind).kind,
        dryRun: row.dry_run,
        state: row.state,
        finishedAt: row.finished_at,
        model: row.model_version,
        thresholds: thresholdsOf(row),
      };
      const run = await activate(deps, workspace, shown, request.body.automatic, actorOf(principal));
      await executeRunNow(deps, workspace, run);
      return reply.code(202).send(await readRun(deps.pg, workspace, run));
    },
  );
  app.get(
    '/api/v1/matching/settings',
    {
      config: { access: 'settings.read' },
      schema: {
        tags,
        summary: 'Comparisons and blocking rules that the next fit uses',
        querystring: matchKindQuerySchema,
        response: { 200: editedSettingsSchema },
      },
    },
    async (request) => readSettings(deps, principalOf(request).workspaceId, request.query.kind),
  );
  app.put(
    '/api/v1/matching/settings',
    {
      config: { access: 'identity.write' },
      schema: {
        tags,
        summary: 'Replace them; the model in force stays as it is',
        body: editSettingsSchema,
        response: { 200: editedSettingsSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { settings, kind } = request.body;
      return editSettings(deps, principal.workspaceId, settings, kind, actorOf(principal));
    },
  );
  app.get(
    '/api/v1/matching/models',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'Versions of the model, newest first',
        querystring: matchKindQuerySchema,
        response: { 200: modelListSchema },
      },
    },
    async (request) => ({
      items: await listMatchModels(deps.pg, principalOf(request).workspaceId, request.query.kind),
    }),
  );
  app.get(
    '/api/v1/matching/models/:version',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'One version with its weights and diagnostics',
        params: versioned,
        querystring: matchKindQuerySchema,
        response: { 200: modelDetailSchema },
      },
    },
    async (request) =>
      readMatchModel(deps.pg, principalOf(request).workspaceId, request.query.kind, request.params.version),
  );
  app.get(
    '/api/v1/matching/quality',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'How right the model is, by what people decided',
        querystring: matchKindQuerySchema,
        response: { 200: matchQualitySchema },
      },
    },
    async (request) => readQuality(deps.pg, principalOf(request).workspaceId, request.query.kind),
  );
}
