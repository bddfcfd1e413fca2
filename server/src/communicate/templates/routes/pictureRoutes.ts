import multipart from '@fastify/multipart';
import { assetSchema, assetsSchema, templateLimits } from '@vitrail/contracts';
import type { FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { principalOf } from '../../../govern/index.ts';
import { Fault, type HttpApp } from '../../../platform/index.ts';
import { drawCountdown } from '../images/drawCountdown.ts';
import { findAsset } from '../sql/assets.pg.ts';
import { dropAsset, readAssets, storeAsset } from '../store/assets.ts';
import { type TemplateRouteDeps, tags } from './shared.ts';

const noPicture = (): Fault => new Fault('not_found', 'communicate.no_such_picture', 'There is no such picture.');

/** Pictures of messages: kept, and shown to whoever has the mail. */
export function registerPictureRoutes(app: HttpApp, deps: TemplateRouteDeps): void {
  registerKeeping(app, deps);
  registerShowing(app, deps);
}

function registerKeeping(app: HttpApp, deps: TemplateRouteDeps): void {
  app.get(
    '/api/v1/assets',
    {
      config: { access: 'messages.read' },
      schema: { tags, summary: 'List pictures for messages, newest first', response: { 200: assetsSchema } },
    },
    async (request) => ({ items: await readAssets(deps, principalOf(request).workspaceId) }),
  );

  app.delete(
    '/api/v1/assets/:id',
    {
      config: { access: 'messages.write' },
      schema: {
        tags,
        summary: 'Remove a picture; mails that show it show nothing there',
        params: z.object({ id: z.uuid() }),
        response: { 204: z.null().meta({ description: 'Removed' }) },
      },
    },
    async (request, reply) => {
      await dropAsset(deps, principalOf(request).workspaceId, request.params.id);
      return reply.code(204).send(null);
    },
  );

  app.register(async (plain) => {
    await plain.register(multipart, { limits: { fileSize: templateLimits.assetBytes + 1, files: 1 } });
    const scope = plain.withTypeProvider<ZodTypeProvider>();
    scope.post(
      '/api/v1/assets',
      {
        config: { access: 'messages.write' },
        bodyLimit: templateLimits.assetBytes + 64 * 1024,
        // The form is read by hand; its schema is there for the reference.
        validatorCompiler: () => (data: unknown) => ({ value: data }),
        schema: {
          tags,
          summary: 'Store a picture for messages',
          description: 'PNG, JPEG, GIF or WebP, 5 MB at most. Everybody who knows its address can see it.',
          consumes: ['multipart/form-data'],
          body: z.object({ file: z.string().meta({ format: 'binary' }) }),
          response: { 201: assetSchema },
        },
      },
      async (request: FastifyRequest, reply) => {
        const principal = principalOf(request);
        const file = await request.file();
        if (file === undefined)
          throw new Fault('invalid', 'communicate.no_file', 'Send the picture as the form field `file`.');
        const stored = await storeAsset(deps, {
          workspace: principal.workspaceId,
          actor: `${principal.kind}:${principal.id}`,
          name: file.filename.slice(0, 200),
          bytes: await file.toBuffer(),
        });
        return reply.code(201).send(stored);
      },
    );
  });
}

function registerShowing(app: HttpApp, deps: TemplateRouteDeps): void {
  app.get(
    '/m/i/:file',
    {
      config: { access: 'public' },
      schema: {
        hide: true,
        params: z.object({ file: z.string().regex(/^[0-9a-f-]{36}\.[a-z]{3,4}$/) }),
      },
    },
    async (request, reply) => {
      const id = z.uuid().safeParse(request.params.file.slice(0, 36));
      const row = id.success ? await deps.pg.row(findAsset, { id: id.data }) : null;
      if (row === null) throw noPicture();
      return reply.header('cache-control', 'public, max-age=31536000, immutable').type(row.media_type).send(row.bytes);
    },
  );

  app.get(
    '/m/i/countdown/:file',
    {
      config: { access: 'public' },
      schema: { hide: true, params: z.object({ file: z.string().max(400) }) },
    },
    async (request, reply) => {
      const countdown = deps.countdowns.read(request.params.file.replace(/\.png$/, ''));
      if (countdown === null) throw noPicture();
      // Honest for as long as it is looked at: whoever opens the mail again sees what is left then.
      return reply
        .header('cache-control', 'no-store')
        .type('image/png')
        .send(drawCountdown({ ...countdown, now: deps.clock.now() }));
    },
  );
}
