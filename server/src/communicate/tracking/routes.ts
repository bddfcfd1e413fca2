import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Deps, HttpApp } from '../../platform/index.ts';
import { sendUnknown } from '../consent/pages/visit.ts';
import { isMachineClick, isMachineOpen, type Visitor } from './machines.ts';
import type { VisitRecorder } from './recordVisits.ts';
import type { ShortLinks } from './shortLinks.ts';
import { findShortLink } from './sql/shortLinks.pg.ts';
import type { FollowedLink, TrackingLinks } from './trackingLinks.ts';

/** The smallest GIF there is: one transparent point. */
const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

const tags = ['Links in messages'];
/** Not `:token`: these hold whole addresses, and parameters end at 512 characters. */
const byToken = z.object({ '*': z.string() });

const headerOf = (request: FastifyRequest, name: string): string => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
};
const visitorOf = (request: FastifyRequest): Visitor => ({
  method: request.method,
  userAgent: headerOf(request, 'user-agent'),
  purpose: `${headerOf(request, 'sec-purpose')} ${headerOf(request, 'purpose')}`,
});

/** What links and pictures in messages lead to. Both change nothing but what we know of the message. */
export function registerTrackingRoutes(
  app: HttpApp,
  parts: Pick<Deps, 'pg' | 'clock'> & {
    readonly links: TrackingLinks;
    readonly shortLinks: ShortLinks;
    readonly visits: VisitRecorder;
  },
): void {
  const { pg, clock, links, shortLinks, visits } = parts;
  /** A link of a mail holds its address, one of a text names where it is stored. */
  const follow = async (token: string): Promise<FollowedLink | null> => {
    const short = shortLinks.read(token);
    if (short === null) return links.readClick(token);
    const { workspace, message, place } = short;
    const url = (await pg.row(findShortLink, { workspace, message, place }))?.url;
    return url === undefined ? null : { workspace, message, index: place, url };
  };

  app.get(
    '/m/c/*',
    {
      config: { access: 'public' },
      exposeHeadRoute: true,
      schema: { tags, hide: true, params: byToken },
    },
    async (request, reply) => {
      const followed = await follow(request.params['*']);
      if (followed === null) return sendUnknown(pg, request, reply);
      const { workspace, message, index, url } = followed;
      visits.note({ workspace, message, index, url, at: clock.now(), machine: isMachineClick(visitorOf(request)) });
      // As headers can carry it, whatever letters are in it. The shop may know that the visitor came from a message, not by which link of ours.
      return reply
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .redirect(new URL(url).href, 302);
    },
  );

  app.get(
    '/m/o/*',
    { config: { access: 'public' }, exposeHeadRoute: true, schema: { tags, hide: true, params: byToken } },
    async (request, reply) => {
      const opened = links.readPixel(request.params['*']);
      if (opened !== null) {
        const machine = isMachineOpen(visitorOf(request));
        visits.note({ ...opened, index: null, url: '', at: clock.now(), machine });
      }
      // Always the same picture: the answer says nothing about the token.
      return reply.header('cache-control', 'no-store').type('image/gif').send(pixel);
    },
  );
}
