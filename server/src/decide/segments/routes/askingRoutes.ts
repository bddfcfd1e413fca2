import {
  describeSegmentDefinition,
  explainInputSchema,
  explanationSchema,
  previewInputSchema,
  previewSchema,
  propertyVocabularySchema,
  segmentDefinitionSchema,
  segmentVocabularySchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { isMasked, principalOf } from '../../../govern/index.ts';
import { Fault, type HttpApp } from '../../../platform/index.ts';
import { explainSegment, previewSegment } from '../askSegment.ts';
import { readDefinition } from '../catalog.ts';
import { getSegment, type SaveDeps } from '../saveSegment.ts';
import { readProperties, readVocabulary } from '../vocabulary.ts';
import { byId, read, tags } from './shared.ts';

/** Counting, explaining, and what there is to build from. */
export function registerAskingRoutes(app: HttpApp, deps: SaveDeps): void {
  app.post(
    '/api/v1/segments/preview',
    {
      config: read,
      schema: {
        tags,
        summary: 'Count a definition exactly, without saving it',
        body: previewInputSchema,
        response: { 200: previewSchema },
      },
    },
    async (request, reply) => {
      const gone = new AbortController();
      // The next keystroke asks again: nobody waits for this answer any more.
      reply.raw.once('close', () => gone.abort());
      const { definition, sql } = request.body;
      const { workspaceId: workspace } = principalOf(request);
      return previewSegment(deps, { workspace, definition, sql, signal: gone.signal }).catch((error: unknown) => {
        if (!gone.signal.aborted) throw error;
        throw new Fault('unavailable', 'decide.preview_abandoned', 'Whoever asked for this count did not wait for it.');
      });
    },
  );

  app.post(
    '/api/v1/segments/explain',
    {
      config: read,
      schema: {
        tags,
        summary: 'Why a person passes a definition, or not',
        body: z.strictObject({ profile: z.string().max(40), definition: segmentDefinitionSchema }),
        response: { 200: explanationSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      return explainSegment(deps, {
        workspace: principal.workspaceId,
        ...request.body,
        masked: isMasked(principal),
      });
    },
  );

  app.post(
    '/api/v1/segments/:id/explain',
    {
      config: read,
      schema: {
        tags,
        summary: 'Why a person is in a segment, or out',
        params: byId,
        body: explainInputSchema,
        response: { 200: explanationSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { definition } = await getSegment(deps.pg, principal.workspaceId, request.params.id);
      if (definition === null) {
        throw new Fault(
          'conflict',
          'decide.segment_is_list',
          'Who is on a list was put there: there is nothing to explain.',
        );
      }
      return explainSegment(deps, {
        workspace: principal.workspaceId,
        definition: readDefinition(definition),
        profile: request.body.profile,
        masked: isMasked(principal),
      });
    },
  );

  app.get(
    '/api/v1/segments/schema',
    {
      config: read,
      schema: { tags, summary: 'The JSON Schema of definitions', response: { 200: z.looseObject({}) } },
    },
    async () => describeSegmentDefinition(),
  );

  app.get(
    '/api/v1/segments/vocabulary',
    {
      config: read,
      schema: { tags, summary: 'What there is to build segments from', response: { 200: segmentVocabularySchema } },
    },
    async (request) => {
      const principal = principalOf(request);
      return readVocabulary(deps, principal.workspaceId, isMasked(principal));
    },
  );

  app.get(
    '/api/v1/segments/vocabulary/properties',
    {
      config: read,
      schema: {
        tags,
        summary: 'Properties of an event and frequent values',
        querystring: z.object({ event: z.string().max(200) }),
        response: { 200: propertyVocabularySchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      return readProperties(deps, principal.workspaceId, request.query.event, isMasked(principal));
    },
  );
}
