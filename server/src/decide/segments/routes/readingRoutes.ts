import {
  membersSchema,
  profileSegmentsSchema,
  segmentListQuerySchema,
  segmentListSchema,
  segmentOverlapInputSchema,
  segmentOverlapSchema,
  segmentReachSchema,
  segmentSchema,
  segmentTrendSchema,
  segmentVersionsSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { decodeProfileId } from '../../../collect/index.ts';
import { principalOf } from '../../../govern/index.ts';
import { Fault, type HttpApp } from '../../../platform/index.ts';
import { findRoots } from '../../../unify/index.ts';
import {
  listMemberPage,
  listSegmentPage,
  readOverlap,
  readReach,
  readSegment,
  readTrend,
  readVersions,
} from '../readSegments.ts';
import type { SaveDeps } from '../saveSegment.ts';
import { listSegmentsOf } from '../sql/memberships.pg.ts';
import { byId, read, tags } from './shared.ts';

export function registerReadingRoutes(app: HttpApp, deps: SaveDeps): void {
  app.get(
    '/api/v1/segments',
    {
      config: read,
      schema: {
        tags,
        summary: 'List segments, newest first',
        querystring: segmentListQuerySchema,
        response: { 200: segmentListSchema },
      },
    },
    async (request) => listSegmentPage(deps, principalOf(request).workspaceId, request.query),
  );

  app.get(
    '/api/v1/segments/:id',
    { config: read, schema: { tags, summary: 'Read a segment', params: byId, response: { 200: segmentSchema } } },
    async (request) => readSegment(deps, principalOf(request).workspaceId, request.params.id),
  );

  app.get(
    '/api/v1/segments/:id/members',
    {
      config: read,
      schema: {
        tags,
        summary: 'List members by id',
        params: byId,
        querystring: z.object({
          after: z.string().max(200).optional(),
          limit: z.coerce.number().int().min(1).max(1_000).default(50),
        }),
        response: { 200: membersSchema },
      },
    },
    async (request) => listMemberPage(deps, principalOf(request).workspaceId, request.params.id, request.query),
  );

  app.get(
    '/api/v1/segments/:id/trend',
    {
      config: read,
      schema: {
        tags,
        summary: 'Size, entries and exits by day',
        params: byId,
        querystring: z.object({ days: z.coerce.number().int().min(1).max(400).default(30) }),
        response: { 200: segmentTrendSchema },
      },
    },
    async (request) => readTrend(deps, principalOf(request).workspaceId, request.params.id, request.query.days),
  );

  app.get(
    '/api/v1/segments/:id/reach',
    {
      config: read,
      schema: {
        tags,
        summary: 'How many members can be reached, by channel and consent',
        params: byId,
        response: { 200: segmentReachSchema },
      },
    },
    async (request) => readReach(deps, principalOf(request).workspaceId, request.params.id),
  );

  app.get(
    '/api/v1/segments/:id/versions',
    {
      config: read,
      schema: { tags, summary: 'Versions, newest first', params: byId, response: { 200: segmentVersionsSchema } },
    },
    async (request) => readVersions(deps, principalOf(request).workspaceId, request.params.id),
  );

  app.post(
    '/api/v1/segments/overlap',
    {
      config: read,
      schema: {
        tags,
        summary: 'How segments overlap',
        body: segmentOverlapInputSchema,
        response: { 200: segmentOverlapSchema },
      },
    },
    async (request) => readOverlap(deps, principalOf(request).workspaceId, request.body.segments),
  );

  app.get(
    '/api/v1/profiles/:id/segments',
    {
      config: { access: 'profiles.read' },
      schema: {
        tags,
        summary: 'Segments a person is in',
        params: byId,
        response: { 200: profileSegmentsSchema },
      },
    },
    async (request) => {
      const workspace = principalOf(request).workspaceId;
      const id = decodeProfileId(request.params.id);
      const row = id === null ? null : await deps.pg.row(findRoots, { workspace, profiles: [id] });
      if (row === null) {
        throw new Fault('not_found', 'decide.profile_not_found', 'There is no such profile in this workspace.');
      }
      const rows = await deps.pg.rows(listSegmentsOf, { workspace, profile: row.root_id });
      return rows.map(({ id: segment, name, since }) => ({ id: String(segment), name, since: since.toISOString() }));
    },
  );
}
