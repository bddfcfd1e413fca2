import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Fault, type HttpApp } from '../../platform/index.ts';
import { answerPreflight } from './cors.ts';

interface Script {
  readonly hash: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
  readonly br: Buffer;
}

/** Where the built scripts lie: the client, what brings experiences onto pages, what a head runs early, and their parts. */
const folder = (): string => dirname(createRequire(import.meta.url).resolve('@vitrail/browser/vitrail.js'));

function readScript(name: string): Script {
  const plain = readFileSync(join(folder(), `${name}.js`));
  const hash = createHash('sha256').update(plain).digest('hex').slice(0, 16);
  return { hash, plain, gzip: gzipSync(plain, { level: 9 }), br: brotliCompressSync(plain) };
}

/** Their names, without the ending. */
const listScripts = (): string[] =>
  readdirSync(folder()).flatMap((file) => (file.endsWith('.js') ? [file.slice(0, -3)] : []));

/** The best encoding that the browser names; a quality of nought is rare enough to be ignored. */
const encodingFor = ({ headers }: FastifyRequest): 'br' | 'gzip' | 'plain' => {
  const accepted = headers['accept-encoding'] ?? '';
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : 'plain';
};

const config = { access: 'public' } as const;
const path = '/sdk/v1/:file';

/**
 * Our own browser scripts: `vitrail.js` is the newest for an hour, `vitrail.<hash>.js` the one that never changes, for pages
 * that name its hash in an `integrity` attribute.
 */
export function registerSdkScript(app: HttpApp): void {
  const scripts = new Map<string, Script>();
  let names: readonly string[] | null = null;
  const send = (file: string, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    names ??= listScripts();
    const name = names.find((each) => file === `${each}.js` || file.startsWith(`${each}.`));
    const script = name === undefined ? null : (scripts.get(name) ?? readScript(name));
    if (name !== undefined && script !== null) scripts.set(name, script);
    const newest = file === `${name}.js`;
    if (script === null || (!newest && file !== `${name}.${script.hash}.js`))
      throw new Fault('not_found', 'collect.no_such_script', 'There is no such script here.');
    const encoding = encodingFor(request);
    const etag = `"${script.hash}-${encoding}"`;
    const lasting = newest ? '3600, stale-while-revalidate=86400' : '31536000, immutable';
    reply
      .header('etag', etag)
      .header('cache-control', `public, max-age=${lasting}`)
      .header('vary', request.headers.origin === undefined ? 'Accept-Encoding' : 'Origin, Accept-Encoding');
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    reply.header('content-type', 'application/javascript; charset=utf-8');
    // A worker lives by the policy that its own script came with: this one tells us what became of notifications.
    if (name === 'pushworker') reply.header('content-security-policy', "default-src 'none'; connect-src 'self'");
    return (encoding === 'plain' ? reply : reply.header('content-encoding', encoding)).send(script[encoding]);
  };

  app.get(
    '/sdk/v1/vitrail.js',
    {
      config,
      schema: {
        summary: 'The browser SDK',
        description:
          '`experiences.js`, its parts and `early.js` beside it; with `.<hash>` before the ending each is kept for ever.',
        tags: ['collect'],
      },
    },
    async (request, reply) => send('vitrail.js', request, reply),
  );
  app.get(path, { config, schema: { hide: true, params: z.object({ file: z.string() }) } }, async (request, reply) =>
    send(request.params.file, request, reply),
  );
  app.options(path, { config, schema: { hide: true } }, answerPreflight);
}
