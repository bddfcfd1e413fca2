import { Readable } from 'node:stream';
import {
  describeSegmentDefinition,
  explainInputSchema,
  explanationSchema,
  listChangedSchema,
  listInputSchema,
  listMembersInputSchema,
  membersSchema,
  previewInputSchema,
  previewSchema,
  profileSegmentsSchema,
  propertyVocabularySchema,
  segmentDefinitionSchema,
  segmentInputSchema,
  segmentListQuerySchema,
  segmentListSchema,
  segmentOverlapInputSchema,
  segmentOverlapSchema,
  segmentReachSchema,
  segmentSavedSchema,
  segmentSchema,
  segmentTrendSchema,
  segmentVersionsSchema,
  segmentVocabularySchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { decodeProfileId } from '../../collect/index.ts';
import { actorOf, isMasked, principalOf, recordAudit } from '../../govern/index.ts';
import { Fault, type HttpApp } from '../../platform/index.ts';
import { explainSegment, previewSegment } from './askSegment.ts';
import { readDefinition } from './catalog.ts';
import { exportMembers } from './exportMembers.ts';
import { findListed } from './listFile.ts';
import {
  listMemberPage,
  listSegmentPage,
  readOverlap,
  readReach,
  readSegment,
  readTrend,
  readVersions,
} from './readSegments.ts';
import {
  archiveSegment,
  changeList,
  createList,
  createSegment,
  getSegment,
  restoreSegment,
  type SaveDeps,
  updateSegment,
} from './saveSegment.ts';
import { listSegmentsOf } from './sql/memberships.pg.ts';
import { findRootsOf } from './sql/segments.pg.ts';
import { readProperties, readVocabulary } from './vocabulary.ts';

const tags = ['Segments'];
const byId = z.object({ id: z.string().max(40) });
const read = { access: 'segments.read' } as const;
const write = { access: 'segments.write' } as const;

/** Segments: building, reading, explaining, lists. */
export function registerSegmentRoutes(app: HttpApp, deps: SaveDeps): void {
  registerAsking(app, deps);
  registerSaving(app, deps);
  registerReading(app, deps);
  registerExport(app, deps);
  registerLists(app, deps);
}

function registerAsking(app: HttpApp, deps: SaveDeps): void {
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

function registerSaving(app: HttpApp, deps: SaveDeps): void {
  app.post(
    '/api/v1/segments',
    {
      config: write,
      schema: { tags, summary: 'Create a segment', body: segmentInputSchema, response: { 201: segmentSavedSchema } },
    },
    async (request, reply) => {
      const workspace = principalOf(request).workspaceId;
      return reply
        .code(201)
        .send(await createSegment(deps, { workspace, actor: actorOf(principalOf(request)), ...request.body }));
    },
  );

  app.put(
    '/api/v1/segments/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Give a segment a new version',
        params: byId,
        body: segmentInputSchema,
        response: { 200: segmentSavedSchema },
      },
    },
    async (request) => {
      const workspace = principalOf(request).workspaceId;
      return updateSegment(deps, {
        workspace,
        actor: actorOf(principalOf(request)),
        id: request.params.id,
        ...request.body,
      });
    },
  );

  app.post(
    '/api/v1/segments/:id/archive',
    {
      config: write,
      schema: {
        tags,
        summary: 'Put a segment to rest; refused while others refer to it',
        params: byId,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const workspace = principalOf(request).workspaceId;
      await archiveSegment(deps, { workspace, actor: actorOf(principalOf(request)), id: request.params.id });
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/segments/:id/restore',
    {
      config: write,
      schema: {
        tags,
        summary: 'Take up an archived or stale segment again',
        params: byId,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const workspace = principalOf(request).workspaceId;
      await restoreSegment(deps, { workspace, actor: actorOf(principalOf(request)), id: request.params.id });
      return reply.code(204).send(null);
    },
  );
}

function registerReading(app: HttpApp, deps: SaveDeps): void {
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
      const row = id === null ? null : await deps.pg.row(findRootsOf, { workspace, profiles: [id] });
      if (row === null) {
        throw new Fault('not_found', 'decide.profile_not_found', 'There is no such profile in this workspace.');
      }
      const rows = await deps.pg.rows(listSegmentsOf, { workspace, profile: row.root_id });
      return rows.map(({ id: segment, name, since }) => ({ id: String(segment), name, since: since.toISOString() }));
    },
  );
}

function registerExport(app: HttpApp, deps: SaveDeps): void {
  app.get(
    '/api/v1/segments/:id/members.csv',
    {
      config: { access: 'export.read' },
      schema: {
        tags,
        summary: 'Download members as CSV',
        params: byId,
        querystring: z.object({ locale: z.enum(['en', 'fr']).default('en') }),
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const workspace = principal.workspaceId;
      const { id, name } = await getSegment(deps.pg, workspace, request.params.id);
      await recordAudit(deps.pg, deps, {
        workspaceId: workspace,
        actor: actorOf(principalOf(request)),
        action: 'segment.exported',
        target: `segment ${id}`,
        details: {},
      });
      const rows = exportMembers(deps, {
        workspace,
        id: request.params.id,
        locale: request.query.locale,
        masked: isMasked(principal),
      });
      const file = `${
        name
          .normalize('NFKD')
          .replaceAll(/[^\w-]+/g, '-')
          .slice(0, 60) || 'segment'
      }.csv`;
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${file}"`)
        .send(Readable.from(rows));
    },
  );
}

function registerLists(app: HttpApp, deps: SaveDeps): void {
  app.post(
    '/api/v1/segments/lists',
    {
      config: write,
      schema: { tags, summary: 'Create a list', body: listInputSchema, response: { 201: listChangedSchema } },
    },
    async (request, reply) => {
      const workspace = principalOf(request).workspaceId;
      const { id, added, unknown } = await createList(deps, {
        workspace,
        actor: actorOf(principalOf(request)),
        ...request.body,
      });
      return reply.code(201).send({ id, added, removed: 0, unknown });
    },
  );

  app.post(
    '/api/v1/segments/lists/:id/members',
    {
      config: write,
      schema: {
        tags,
        summary: 'Add people to a list and take people off',
        description:
          'People are named by profile id, e-mail, phone, user id, loyalty card or CRM id, as they are stored.',
        params: byId,
        body: listMembersInputSchema,
        response: { 200: listChangedSchema },
      },
    },
    async (request) => {
      const workspace = principalOf(request).workspaceId;
      const add = await findListed(deps.pg, workspace, request.body.add);
      const remove = await findListed(deps.pg, workspace, request.body.remove);
      const { id } = request.params;
      const changed = await changeList(deps, {
        workspace,
        actor: actorOf(principalOf(request)),
        id,
        add: add.profiles,
        remove: remove.profiles,
      });
      return { ...changed, id, unknown: changed.unknown + add.unknown + remove.unknown };
    },
  );
}
