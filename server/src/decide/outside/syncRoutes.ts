import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { HttpApp } from '../../platform/index.ts';
import { findSyncedProvider } from './sql/providers.pg.ts';
import { type SyncDeps, syncVisitor } from './syncVisitor.ts';

/** 1×1, transparent: GIF89a. */
const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const longest = { id: 512, tcString: 8_000, cookie: 512 };

/** Requests of one address in a minute; a page needs one. Beyond, the same picture and nothing else. */
const perMinute = 300;

const syncQuery = z.object({
  id: z.string().optional().meta({ description: 'The partner’s id of this visitor.' }),
  gdpr_consent: z.string().optional().meta({ description: 'A TC string (IAB TCF 2).' }),
});

const text = (value: unknown, most: number): string | null =>
  // Control characters have no place in an id; what is too long is no id of ours or theirs.
  typeof value === 'string' && value !== '' && value.length <= most && !/\p{Cc}/u.test(value) ? value : null;

/**
 * The anonymous id of the shop's own cookies, which a browser sends here only from pages of the same site. `vt_id` carries
 * since when it is known behind its last dot; `ajs_anonymous_id` is what Segment's library writes.
 */
function anonymousIdOf(header: string | undefined): string | null {
  const cookies = new Map<string, string>();
  for (const part of (header ?? '').slice(0, 16_384).split(';')) {
    const at = part.indexOf('=');
    if (at > 0) cookies.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  const own = cookies.get('vt_id');
  const dot = own?.lastIndexOf('.') ?? -1;
  const raw = own !== undefined && dot > 0 ? own.slice(0, dot) : cookies.get('ajs_anonymous_id');
  if (raw === undefined) return null;
  try {
    return text(decodeURIComponent(raw).replace(/^"(.*)"$/s, '$1'), longest.cookie);
  } catch {
    return null; // a cookie cut in the middle of an escape names nobody
  }
}

/** Another site may show the picture, and learns and changes nothing by it: else any page could tie its own id to a visitor. */
const crossesSites = ({ headers }: FastifyRequest): boolean => headers['sec-fetch-site'] === 'cross-site';

/** The pixel of partners. Always answers with a picture or with the partner's own address, and never says why. */
export function registerSyncRoute(app: HttpApp, deps: SyncDeps): void {
  const spend = createBudget(perMinute, 60_000);
  app.get(
    '/v1/sync/:provider',
    {
      config: { access: 'public' },
      schema: {
        tags: ['Outside audiences'],
        summary: 'Tie a partner’s id to the visitor of this page, where the visitor allows it',
        description:
          'Answers a picture of one pixel, or sends the browser to the partner’s address as it is set up, with the id by which the partner may know this visitor. Nothing is stored without a yes to the partner’s purpose: in the shop’s own ledger of consents, or in the TC string. A no in either is a no, and so is Global Privacy Control.',
        params: z.object({ provider: z.string().max(100) }),
        querystring: syncQuery,
        response: { 200: z.unknown().meta({ description: 'image/gif' }), 302: z.unknown() },
        produces: ['image/gif'],
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store, private').header('cross-origin-resource-policy', 'cross-origin');
      const { id, gdpr_consent } = request.query;
      const anonymousId = anonymousIdOf(request.headers.cookie);
      const allowed = !crossesSites(request) && spend(request.ip, Date.now());
      if (anonymousId !== null && allowed && (id === undefined || text(id, longest.id) !== null)) {
        const provider = await deps.pg.row(findSyncedProvider, { sync: request.params.provider });
        const ours =
          provider === null
            ? null
            : await syncVisitor(deps, provider, {
                anonymousId,
                theirId: text(id, longest.id),
                // What is given and cannot be read is a no.
                tcString: gdpr_consent === undefined ? null : gdpr_consent.slice(0, longest.tcString),
                optedOut: request.headers['sec-gpc'] === '1',
              });
        if (provider !== null && provider.sync_url !== null && ours !== null)
          return reply.redirect(provider.sync_url.replace('{id}', encodeURIComponent(ours)), 302);
      }
      return reply.type('image/gif').send(pixel);
    },
  );
}

/** So many for each address in a window of time; forgets all of them with every new window. */
function createBudget(most: number, windowMs: number): (who: string, now: number) => boolean {
  let window = 0;
  let spent = new Map<string, number>();
  return (who, now) => {
    const current = Math.floor(now / windowMs);
    if (current !== window) {
      window = current;
      spent = new Map();
    }
    const count = (spent.get(who) ?? 0) + 1;
    spent.set(who, count);
    return count <= most;
  };
}
