import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Keys, principalOf } from '../../govern/index.ts';
import { type Deps, Fault, type HttpApp } from '../../platform/index.ts';
import type { PictureStore } from './pictureStore.ts';
import { findPicture } from './sql/pictures.pg.ts';

interface PictureDeps extends Pick<Deps, 'pg'> {
  readonly keys: Pick<Keys, 'findWriteKey'>;
}

const params = z.object({ id: z.string().min(1).max(200) });
const response = {
  200: z.unknown().meta({ type: 'string', format: 'binary' }),
  204: z.null().meta({ description: 'There is none, or it cannot be had' }),
};
const description =
  'JPEG, PNG, GIF, WebP or AVIF of at most 5 MB. Addresses that are not of the open internet are never asked.';

/**
 * The picture of a product through this server: neither the console nor a shop's page loads anything from elsewhere, so that
 * no other server learns who looks at what, and a product feed cannot make browsers call addresses of its own.
 */
export function registerPictureRoutes(app: HttpApp, deps: PictureDeps, pictures: PictureStore): void {
  app.get(
    '/api/v1/products/:id/picture',
    {
      config: { access: 'catalog.read' },
      schema: {
        tags: ['catalog'],
        summary: 'The picture of a product, fetched from its address once and kept',
        description,
        params,
        response,
      },
    },
    (request, reply) =>
      sendPicture({ pg: deps.pg, pictures }, principalOf(request).workspaceId, request.params.id, reply),
  );
  app.get(
    '/v1/picture/:id',
    {
      config: { access: 'public', anyOrigin: true },
      schema: {
        tags: ['catalog'],
        summary: 'The same for a page of the shop, by the write key that stands in it',
        description,
        params,
        querystring: z.object({ key: z.string().max(200) }),
        response,
      },
    },
    async (request, reply) => {
      const key = await deps.keys.findWriteKey(request.query.key);
      if (key === null)
        throw new Fault(
          'unauthenticated',
          'communicate.unknown_key',
          'The write key is unknown or revoked. Copy it again from the page of the source.',
        );
      return sendPicture({ pg: deps.pg, pictures, visibility: 'public' }, key.workspaceId, request.params.id, reply);
    },
  );
}

/** Throws `not_found` for a product that the catalogue does not have. */
async function sendPicture(
  parts: Pick<Deps, 'pg'> & { readonly pictures: PictureStore; readonly visibility?: 'public' },
  workspace: number,
  product: string,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { pg, pictures, visibility = 'private' } = parts;
  const row = await pg.row(findPicture, { workspace, product });
  if (row === null)
    throw new Fault('not_found', 'collect.no_such_product', 'The catalogue has no product with this id.');
  const address = row.image_link ?? '';
  // Nothing went wrong with the request, so a browser has nothing to complain of either.
  const none = () => reply.code(204).header('cache-control', `${visibility}, max-age=600`).send(null);
  if (address === '') return none();
  const found = await pictures.find(address);
  if (found === 'busy')
    throw new Fault('unavailable', 'communicate.pictures_busy', 'Too many pictures are waited for; ask again soon.');
  if (typeof found === 'string') return none();
  const tag = `"${createHash('sha256').update(found.bytes).digest('base64url').slice(0, 22)}"`;
  void reply.header('cache-control', `${visibility}, max-age=86400`).header('etag', tag).type(found.type);
  return reply.send(found.bytes);
}
