import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Fault, type HttpApp } from '../../platform/index.ts';
import { answerPreflight } from './cors.ts';

interface ScriptFile {
  readonly plain: Buffer;
  readonly gzipped: Buffer;
}

/** The browser build of @segment/analytics-next (MIT), as published: its script and the parts it loads by need. */
function readScripts(): ReadonlyMap<string, ScriptFile> {
  const manifest = createRequire(import.meta.url).resolve('@segment/analytics-next/package.json');
  const folder = join(dirname(manifest), 'dist/umd');
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  return new Map(
    names.map((name) => [
      name,
      { plain: readFileSync(join(folder, name)), gzipped: readFileSync(join(folder, `${name}.gz`)) },
    ]),
  );
}

function sendScript(request: FastifyRequest, reply: FastifyReply, file: ScriptFile, maxAge: string): FastifyReply {
  reply.header('content-type', 'application/javascript; charset=utf-8').header('cache-control', `public, ${maxAge}`);
  reply.header('vary', request.headers.origin === undefined ? 'Accept-Encoding' : 'Origin, Accept-Encoding');
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(file.plain);
  return reply.header('content-encoding', 'gzip').send(file.gzipped);
}

const config = { access: 'public' } as const;

/**
 * `analytics.js` itself, where a page's snippet expects it: with its host changed to ours, nothing comes from a host
 * that the shop does not run. Same key in the path as in the settings; the script is the same for all of them.
 */
export function registerAnalyticsScript(app: HttpApp): void {
  let scripts: ReadonlyMap<string, ScriptFile> | null = null;
  const find = (name: string): ScriptFile => {
    scripts ??= readScripts();
    const file = scripts.get(name);
    if (file === undefined) throw new Fault('not_found', 'collect.no_such_script', 'There is no such script here.');
    return file;
  };

  app.get(
    '/analytics.js/v1/:key/analytics.min.js',
    {
      config,
      schema: { summary: 'The analytics.js script', tags: ['collect'], params: z.object({ key: z.string() }) },
    },
    async (request, reply) => sendScript(request, reply, find('standalone.js'), 'max-age=3600'),
  );
  // Their names hold a hash of their content.
  app.get(
    '/analytics-next/bundles/:file',
    { config, schema: { hide: true, params: z.object({ file: z.string() }) } },
    async (request, reply) => sendScript(request, reply, find(request.params.file), 'max-age=31536000, immutable'),
  );
  for (const path of ['/analytics.js/v1/:key/analytics.min.js', '/analytics-next/bundles/:file']) {
    app.options(path, { config, schema: { hide: true } }, answerPreflight);
  }
}
