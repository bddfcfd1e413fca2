import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import { Fault, type HttpApp } from '../../platform/index.ts';
import { consolePolicy, editorPolicy } from './securityHeaders.ts';

/** Beside the server package, in a checkout as in an installed copy. */
const builtConsole = fileURLToPath(new URL('../../../../console/dist', import.meta.url));

/** Where the shop's own pages are edited: they stand in a frame or in a window that this page opens. */
const framesShops = /^\/website\/page-editor\//;

/** Addresses that are no pages of the console: a mistake there must stay an error, not become a page. */
const notPages = /^\/(api|v1|beacon|health|metrics|assets|control|m|sdk)(\/|$)/;

/**
 * The console: hashed assets kept for ever by browsers, and `index.html` for every page address, with a fresh nonce for
 * the one style element that the interface library writes.
 */
export async function serveConsole(app: HttpApp, folder = builtConsole): Promise<void> {
  const page = existsSync(join(folder, 'index.html')) ? readFileSync(join(folder, 'index.html'), 'utf8') : null;
  if (page === null) return;
  const sendPage = (reply: FastifyReply, path = '/'): FastifyReply => {
    const nonce = randomBytes(16).toString('base64');
    const edits = framesShops.test(path);
    const marks = [`<meta name="csp-nonce" content="${nonce}" />`, ...(edits ? ['<meta name="frames-shops" />'] : [])];
    // A window that it opens must be able to answer.
    if (edits) reply.header('cross-origin-opener-policy', 'same-origin-allow-popups');
    return reply
      .header('content-security-policy', consolePolicy(nonce, edits))
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(page.replace('</head>', `${marks.join('\n    ')}\n  </head>`));
  };
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'public' };
      route.schema = { ...route.schema, hide: true };
    });
    await scope.register(fastifyStatic, {
      root: join(folder, 'assets'),
      prefix: '/assets/',
      immutable: true,
      maxAge: '365d',
      decorateReply: true,
    });
    for (const file of ['favicon.svg', 'scheme.js']) {
      scope.get(`/${file}`, (_request, reply) => reply.sendFile(file, folder));
    }
    scope.get('/', (_request, reply) => sendPage(reply));
    scope.get('/visual-editor', (_request, reply) =>
      reply
        .header('content-security-policy', editorPolicy)
        .header('x-frame-options', 'SAMEORIGIN')
        .header('cache-control', 'no-cache')
        .type('text/html; charset=utf-8')
        .send(page),
    );
    scope.get('/*', (request, reply) => {
      const path = request.url.split('?')[0] ?? '/';
      if (notPages.test(path)) {
        throw new Fault(
          'not_found',
          'http.no_such_route',
          'There is nothing at this address. /api/reference lists what there is.',
        );
      }
      return sendPage(reply, path);
    });
  });
}
