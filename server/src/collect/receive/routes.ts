import { type EventType, eventBatchSchema, eventSchema } from '@vitrail/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Fault, type HttpApp } from '../../platform/index.ts';
import { adaptJitsu } from './adaptBody.ts';
import { registerAnalyticsScript } from './analyticsScript.ts';
import { rudderSourceConfig, segmentSettings } from './clientSettings.ts';
import { answerPreflight } from './cors.ts';
import { deliveryOf } from './deliveryOf.ts';
import { accept, type DoorDeps, findOrigin, isRefusal } from './door.ts';
import { registerOwnProtocol } from './ownProtocol.ts';
import type { BodyExpectation } from './parseBody.ts';
import { readBody } from './readBody.ts';
import { faultOf } from './refusal.ts';
import { registerSdkScript } from './sdkScript.ts';

/** `access: 'public'` because these routes know a source by its write key, not a person or a secret key. */
const config = { access: 'public' } as const;
const tags = ['collect'];

const singlePaths: readonly (readonly [path: string, type: EventType, documented: boolean])[] = [
  ['/v1/identify', 'identify', true],
  ['/v1/i', 'identify', false],
  ['/v1/track', 'track', true],
  ['/v1/t', 'track', false],
  ['/v1/page', 'page', true],
  ['/v1/p', 'page', false],
  ['/v1/screen', 'screen', true],
  ['/v1/s', 'screen', false],
  ['/v1/group', 'group', true],
  ['/v1/g', 'group', false],
  ['/v1/alias', 'alias', true],
  ['/v1/a', 'alias', false],
];
const batchPaths: readonly (readonly [path: string, documented: boolean])[] = [
  ['/v1/batch', true],
  ['/v1/b', false],
  ['/v1/import', false],
  ['/beacon/v1/batch', false],
];
const jitsuTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const satisfies readonly EventType[];

const acceptedSchema = z.object({ success: z.literal(true) });
const describe = (summary: string, body: z.ZodType, documented: boolean) => ({
  summary,
  tags,
  description:
    'Authorization: the write key as the user name of Basic, as `X-Write-Key`, as `?writeKey=`, or as `writeKey` in the body. Any content type, plain or gzipped. The answer is sent once everything is stored for good.',
  hide: !documented,
  body,
  response: { 200: acceptedSchema },
});

const json = 'application/json; charset=utf-8';
const segmentAnswer = '{"success":true}';
/** @jitsu/js rejects an answer that is not JSON; `destinations` would be run in the browser. */
const jitsuAnswer = '{"ok":true,"destinations":[]}';

function registerEvents(app: HttpApp, deps: DoorDeps): void {
  const handle =
    (expected: BodyExpectation, answer: string) => async (request: FastifyRequest, reply: FastifyReply) => {
      await accept(deps, deliveryOf(request, expected));
      return reply.header('content-type', json).send(answer);
    };
  const open = (path: string, schema: ReturnType<typeof describe>, handler: ReturnType<typeof handle>): void => {
    app.post(path, { config, schema }, handler);
    app.options(path, { config, schema: { hide: true } }, answerPreflight);
  };

  for (const [path, type, documented] of singlePaths) {
    open(
      path,
      describe(`Record one ${type} call`, eventSchema, documented),
      handle({ batch: false, typeHint: type, adapt: null }, segmentAnswer),
    );
  }
  for (const [path, documented] of batchPaths) {
    const schema = describe('Record up to 2,500 calls, all or none', eventBatchSchema, documented);
    open(path, schema, handle({ batch: true, typeHint: null, adapt: null }, segmentAnswer));
  }
  for (const type of jitsuTypes) {
    for (const path of [`/api/s/${type}`, `/api/s/s2s/${type}`]) {
      const schema = describe(`Record one ${type} call of a Jitsu client`, eventSchema, false);
      open(path, schema, handle({ batch: false, typeHint: type, adapt: adaptJitsu }, jitsuAnswer));
    }
  }
  // Metrics of the client about itself: nobody asked for them, and an error would make it try again.
  app.post('/v1/m', { config, schema: { hide: true } }, async (_request, reply) =>
    reply.header('content-type', json).send(segmentAnswer),
  );
  app.options('/v1/m', { config, schema: { hide: true } }, answerPreflight);
}

function registerSettings(app: HttpApp, deps: DoorDeps): void {
  app.get(
    '/v1/projects/:key/settings',
    {
      config,
      schema: { summary: 'Settings of @segment/analytics-next', tags, params: z.object({ key: z.string() }) },
    },
    async (request, reply) => {
      const { key } = request.params;
      const address = deps.publicUrl ?? `${request.protocol}://${request.host}`;
      if (!URL.canParse(address)) throw new Fault('invalid', 'collect.bad_host', 'The Host header names no host.');
      const origin = await findOrigin(deps, key);
      if (isRefusal(origin)) throw new Fault('not_found', 'collect.unknown_key', origin.detail);
      return reply
        .header('cache-control', 'private, max-age=60')
        .header('content-type', json)
        .send(JSON.stringify(segmentSettings(key, new URL(address))));
    },
  );
  app.options('/v1/projects/:key/settings', { config, schema: { hide: true } }, answerPreflight);

  const sourceConfig = async (request: FastifyRequest, reply: FastifyReply) => {
    const { key } = deliveryOf(request, { batch: false, typeHint: null, adapt: null });
    const origin = await findOrigin(deps, key);
    if (isRefusal(origin)) throw faultOf(origin);
    return reply
      .header('cache-control', 'private, max-age=60')
      .header('content-type', json)
      .send(JSON.stringify(rudderSourceConfig(key ?? '', origin, deps.clock.now())));
  };
  app.get('/sourceConfig', { config, schema: { summary: 'Settings of RudderStack clients', tags } }, sourceConfig);
  app.options('/sourceConfig', { config, schema: { hide: true } }, answerPreflight);
}

/**
 * The collection door: our own SDK's paths, and those of Segment, RudderStack and Jitsu clients, which need only their
 * host changed (the server ignores a slash at the end). Bodies are read and checked by hand here: no schema validation,
 * no serialiser, no content type (see docs/adr/0010).
 */
export function registerReceiveRoutes(app: HttpApp, deps: DoorDeps): void {
  app.register(async (door) => {
    door.removeAllContentTypeParsers();
    door.addContentTypeParser('*', (request, _payload, done) => readBody(request.raw, done));
    // The zod schemas of these routes describe them in OpenAPI; the door's own checks decide.
    door.setValidatorCompiler(() => (value) => ({ value }));
    door.setSerializerCompiler(() => (value) => JSON.stringify(value));
    door.addHook('onRoute', (route) => {
      route.config = { ...route.config, anyOrigin: true };
    });
    door.addHook('onRequest', (request, _reply, done) => {
      // Clients label JSON as text, as a form or as nothing valid at all; none of it may be refused for its label.
      request.raw.headers['content-type'] = undefined;
      done();
    });
    registerEvents(door, deps);
    registerSettings(door, deps);
    registerAnalyticsScript(door);
    registerOwnProtocol(door, deps);
    registerSdkScript(door);
  });
}
