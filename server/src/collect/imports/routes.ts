import { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import {
  importFormSchema,
  importPageSchema,
  importPreviewSchema,
  importQuerySchema,
  importSchema,
  importStartedSchema,
} from '@vitrail/contracts';
import type { FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isMasked, principalOf } from '../../govern/index.ts';
import { type Deps, Fault, type HttpApp } from '../../platform/index.ts';
import { readForm } from './readForm.ts';
import { previewImport } from './run/previewImport.ts';
import { resumeImport, startImport, stopImport } from './run/startImport.ts';
import { getImport, pageImports } from './showImport.ts';
import { dropUpload } from './upload/storeUpload.ts';
import { writeRejects } from './writeRejects.ts';

const tags = ['imports'];
const params = z.object({ id: z.uuid() });
const consumes = ['multipart/form-data'];

/** The form is read by hand, part by part; its schema is there for the reference. */
const validatorCompiler = () => (data: unknown) => ({ value: data });

type ImportRouteDeps = Pick<Deps, 'pg' | 'clock' | 'filesDir' | 'jobs'>;

/** Imports: preview, start, follow, cancel, resume, and the rejected rows. */
export function registerImportRoutes(app: HttpApp, deps: ImportRouteDeps, settings: { maxUploadBytes: number }): void {
  const place = { filesDir: deps.filesDir, maxBytes: settings.maxUploadBytes };
  app.register(async (plain) => {
    // Our own limit answers with a sentence; the plugin's would cut the file silently or with its own error.
    await plain.register(multipart, {
      limits: { fileSize: Number.POSITIVE_INFINITY, files: 2, fields: 20, fieldSize: 1_000_000 },
    });
    const scope = plain.withTypeProvider<ZodTypeProvider>();
    registerUploads(scope, deps, place);
    registerFollowing(scope, deps);
  });
}

function registerUploads(app: HttpApp, deps: ImportRouteDeps, place: { filesDir: string; maxBytes: number }): void {
  app.post(
    '/api/v1/imports/preview',
    {
      config: { access: 'data.write' },
      validatorCompiler,
      schema: {
        summary: 'Guess how to import a file, and try it without writing anything',
        description: 'Tries the whole file, or its first 50,000 rows. Send the answer’s `upload` to start the import.',
        tags,
        consumes,
        body: importFormSchema,
        response: { 200: importPreviewSchema },
      },
    },
    async (request: FastifyRequest) => {
      const { workspaceId } = principalOf(request);
      const form = await readForm(request, workspaceId, place);
      try {
        return await previewImport(deps, workspaceId, form.upload, form);
      } catch (error) {
        if (form.fresh) await dropUpload(place.filesDir, form.upload);
        throw error;
      }
    },
  );

  app.post(
    '/api/v1/imports',
    {
      config: { access: 'data.write' },
      validatorCompiler,
      schema: {
        summary: 'Import a file of people, orders, order lines, products, events or rows of a data partner',
        description:
          'CSV (delimiter, encoding, decimal mark guessed), NDJSON, JSON array, Parquet, XLSX, Google Merchant XML; all but Parquet and XLSX also gzipped. Follow it with `GET /api/v1/imports/{id}`. Importing the same file again changes nothing.',
        tags,
        consumes,
        body: importFormSchema,
        response: { 202: importStartedSchema },
      },
    },
    async (request: FastifyRequest, reply) => {
      const principal = principalOf(request);
      const form = await readForm(request, principal.workspaceId, place);
      try {
        if (form.kind === null)
          throw new Fault(
            'invalid',
            'imports.no_kind',
            'Say what the rows are: as = people, orders, order-lines, products, events, outside-segments or id-mappings.',
          );
        const { id } = await startImport(deps, principal.workspaceId, form.upload, {
          kind: form.kind,
          mapping: form.mapping,
          options: form.options,
          sourceId: form.sourceId,
          by: principal.id,
        });
        return await reply.code(202).send({ id });
      } catch (error) {
        if (form.fresh) await dropUpload(place.filesDir, form.upload);
        throw error;
      }
    },
  );
}

function registerFollowing(app: HttpApp, deps: ImportRouteDeps): void {
  app.get(
    '/api/v1/imports',
    {
      config: { access: 'data.read' },
      schema: {
        summary: 'Imports, newest first',
        tags,
        querystring: importQuerySchema,
        response: { 200: importPageSchema },
      },
    },
    (request) => pageImports(deps.pg, principalOf(request).workspaceId, request.query),
  );

  app.get(
    '/api/v1/imports/:id',
    {
      config: { access: 'data.read' },
      schema: { summary: 'One import and how far it is', tags, params, response: { 200: importSchema } },
    },
    (request) => getImport(deps.pg, principalOf(request).workspaceId, request.params.id),
  );

  app.post(
    '/api/v1/imports/:id/cancel',
    {
      config: { access: 'data.write' },
      schema: {
        summary: 'Stop an import within a few thousand rows',
        description: 'What is in stays in. For seven days it can be resumed at the exact row.',
        tags,
        params,
        response: { 200: importSchema },
      },
    },
    async (request) => {
      const { workspaceId } = principalOf(request);
      const { id } = request.params;
      const stopped = await stopImport(deps, workspaceId, id);
      const now = await getImport(deps.pg, workspaceId, id);
      if (stopped) return now;
      throw new Fault('conflict', 'imports.ended', `This import has ended already: it is ${now.state}.`);
    },
  );

  app.post(
    '/api/v1/imports/:id/resume',
    {
      config: { access: 'data.write' },
      schema: {
        summary: 'Go on with a cancelled or failed import',
        tags,
        params,
        response: { 200: importSchema },
      },
    },
    async (request) => {
      const { workspaceId } = principalOf(request);
      const { id } = request.params;
      const resumed = await resumeImport(deps, workspaceId, id);
      const now = await getImport(deps.pg, workspaceId, id);
      if (resumed) return now;
      throw new Fault(
        'conflict',
        'imports.not_resumable',
        now.state === 'cancelled' || now.state === 'failed'
          ? 'Its file was removed: send the file again. Rows that are in already are recognised.'
          : `This import is ${now.state}: there is nothing to resume.`,
      );
    },
  );

  app.get(
    '/api/v1/imports/:id/rejects.csv',
    {
      config: { access: 'data.read' },
      schema: {
        summary: 'The rejected rows with their reasons, as CSV that can be repaired and imported again',
        tags,
        params,
        produces: ['text/csv'],
        response: { 200: z.unknown().meta({ description: 'CSV, UTF-8' }) },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const found = await getImport(deps.pg, principal.workspaceId, request.params.id);
      reply.type('text/csv; charset=utf-8');
      reply.header('content-disposition', `attachment; filename="rejects-${found.id}.csv"`);
      return reply.send(Readable.from(writeRejects(deps.pg, found, isMasked(principal))));
    },
  );
}
