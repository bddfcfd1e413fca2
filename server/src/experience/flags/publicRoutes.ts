import {
  featurePayloadSchema,
  ofrepBulkSchema,
  ofrepErrorSchema,
  ofrepRequestSchema,
  ofrepSingleSchema,
  remoteEvaluationSchema,
} from '@vitrail/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { answerPreflight } from '../../collect/index.ts';
import type { Keys } from '../../govern/index.ts';
import { Fault, type HttpApp, type Json, type JsonObject } from '../../platform/index.ts';
import { evaluateForOfrep } from './evaluateForOfrep.ts';
import { evaluateRemotely } from './evaluateRemotely.ts';
import { type FlagServer, tagOf } from './serveFlags.ts';

const tags = ['Flags'];
const bodyBytes = 64 * 1024;
const config = { access: 'public', anyOrigin: true } as const;
const byClientKey = z.object({ clientKey: z.string().min(1).max(200) });

export interface PublicFlagDeps {
  readonly keys: Pick<Keys, 'findWriteKey' | 'findSecretKey'>;
  readonly flags: FlagServer;
}

/** Flags for the clients of others: GrowthBook's SDKs and every OpenFeature SDK. */
export function registerPublicFlagRoutes(app: HttpApp, deps: PublicFlagDeps): void {
  registerGrowthbook(app, deps);
  registerOfrep(app, deps);
}

const unknownKey = (): Fault =>
  new Fault(
    'unauthenticated',
    'experience.unknown_key',
    'The key is unknown or revoked. Use the write key of a source.',
  );

async function workspaceOf({ keys }: PublicFlagDeps, clientKey: string): Promise<number> {
  const found = await keys.findWriteKey(clientKey);
  if (found === null) throw unknownKey();
  return found.workspaceId;
}

/** Answers 304 when the asker has it already. */
function sendTagged<T extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  tag: string,
  answer: T,
): FastifyReply {
  // Else a page of another origin would not be shown it.
  reply.header('etag', tag).header('access-control-expose-headers', 'retry-after, etag');
  const known = request.headers['if-none-match'];
  const tagsKnown = known?.split(',').map((each) => each.trim().replace(/^W\//, '')) ?? [];
  return tagsKnown.includes(tag) ? reply.code(304).send(null) : reply.send(answer);
}

function registerGrowthbook(app: HttpApp, deps: PublicFlagDeps): void {
  app.get(
    '/api/features/:clientKey',
    {
      config,
      schema: {
        tags,
        summary: 'Flags as GrowthBook’s SDKs load them',
        description:
          'Keys, values, rules and ids, nothing of any person. Rules for segments are there only when the segment is published. The client key is the write key of a source.',
        params: byClientKey,
        response: { 200: featurePayloadSchema, 304: z.null() },
      },
    },
    async (request, reply) => {
      const { open, etag, updatedAt } = await deps.flags.get(await workspaceOf(deps, request.params.clientKey));
      reply.header('cache-control', 'public, max-age=5');
      const answer = { status: 200 as const, features: { ...open }, experiments: [], dateUpdated: updatedAt };
      return sendTagged(request, reply, etag, answer);
    },
  );
  app.options('/api/features/:clientKey', { config, schema: { hide: true } }, answerPreflight);

  app.post(
    '/api/eval/:clientKey',
    {
      config,
      bodyLimit: bodyBytes,
      schema: {
        tags,
        summary: 'Flags evaluated for one visitor, as GrowthBook’s SDKs ask with remote evaluation',
        description: 'The answer holds values alone: no rule leaves the server.',
        params: byClientKey,
        body: remoteEvaluationSchema,
        response: { 200: featurePayloadSchema },
      },
    },
    async (request, reply) => {
      const workspace = await workspaceOf(deps, request.params.clientKey);
      const { attributes, forcedVariations, forcedFeatures, url } = request.body;
      const { open, updatedAt } = await deps.flags.get(workspace);
      const features = evaluateRemotely(open, {
        attributes: await deps.flags.withSegments(workspace, attributes, 'browser'),
        forcedVariations,
        forcedFeatures: new Map<string, Json>(forcedFeatures),
        url,
      });
      reply.header('cache-control', 'no-store');
      return reply.send({ status: 200 as const, features, experiments: [], dateUpdated: updatedAt });
    },
  );
  app.options('/api/eval/:clientKey', { config, schema: { hide: true } }, answerPreflight);
}

/** Who asks: a page with a write key, or a server with a secret key that may read experiences. */
async function callerOf(
  { keys }: PublicFlagDeps,
  { headers }: FastifyRequest,
): Promise<{ readonly workspace: number; readonly caller: 'browser' | 'server' }> {
  const header = headers['x-api-key'];
  const key =
    typeof header === 'string' && header !== '' ? header : /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  if (key === undefined)
    throw new Fault('unauthenticated', 'experience.no_key', 'Send a write key or a secret key as X-API-Key or Bearer.');
  const secret = await keys.findSecretKey(key);
  if (secret !== null) {
    if (!secret.scopes.has('experience.read'))
      throw new Fault('forbidden', 'experience.key_may_not', 'This secret key has no scope experience.read.');
    return { workspace: secret.workspaceId, caller: 'server' };
  }
  const write = await keys.findWriteKey(key);
  if (write === null) throw unknownKey();
  return { workspace: write.workspaceId, caller: 'browser' };
}

/** OpenFeature's targeting key is the device of whoever is asked about, unless the context says better. */
async function attributesOf(
  deps: PublicFlagDeps,
  { workspace, caller }: { readonly workspace: number; readonly caller: 'browser' | 'server' },
  context: JsonObject,
): Promise<JsonObject> {
  const { targetingKey } = context;
  const known =
    typeof targetingKey === 'string' && targetingKey !== '' ? { id: targetingKey, anonymousId: targetingKey } : {};
  return deps.flags.withSegments(workspace, { ...known, ...context }, caller);
}

function registerOfrep(app: HttpApp, deps: PublicFlagDeps): void {
  app.post(
    '/ofrep/v1/evaluate/flags',
    {
      config,
      bodyLimit: bodyBytes,
      schema: {
        tags,
        summary: 'All flags for one context, as OpenFeature’s web providers ask (OFREP)',
        description:
          'Key as `X-API-Key` or Bearer: a write key or a secret key. With `If-None-Match` unchanged answers are 304.',
        body: ofrepRequestSchema,
        response: { 200: ofrepBulkSchema, 304: z.null() },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(deps, request);
      const served = await deps.flags.get(caller.workspace);
      const features = caller.caller === 'server' ? served.full : served.open;
      const attributes = await attributesOf(deps, caller, request.body.context);
      const flags = Object.keys(features).map((key) => evaluateForOfrep(features, key, attributes, served.inactive));
      reply.header('cache-control', 'private, no-cache');
      const answer = { flags };
      return sendTagged(request, reply, tagOf(answer), answer);
    },
  );
  app.options('/ofrep/v1/evaluate/flags', { config, schema: { hide: true } }, answerPreflight);

  app.post(
    '/ofrep/v1/evaluate/flags/:key',
    {
      config,
      bodyLimit: bodyBytes,
      schema: {
        tags,
        summary: 'One flag for one context, as OpenFeature’s server providers ask (OFREP)',
        params: z.object({ key: z.string().min(1).max(200) }),
        body: ofrepRequestSchema,
        response: { 200: ofrepSingleSchema, 400: ofrepErrorSchema, 404: ofrepErrorSchema },
      },
    },
    async (request, reply) => {
      const { key } = request.params;
      const caller = await callerOf(deps, request);
      const served = await deps.flags.get(caller.workspace);
      const features = caller.caller === 'server' ? served.full : served.open;
      if (!Object.hasOwn(features, key))
        return reply
          .code(404)
          .send({ key, errorCode: 'FLAG_NOT_FOUND' as const, errorDetails: `There is no flag ${key}.` });
      const attributes = await attributesOf(deps, caller, request.body.context);
      const evaluated = evaluateForOfrep(features, key, attributes, served.inactive);
      return 'errorCode' in evaluated ? reply.code(400).send(evaluated) : reply.send(evaluated);
    },
  );
  app.options('/ofrep/v1/evaluate/flags/:key', { config, schema: { hide: true } }, answerPreflight);
}
