import { eventSchema } from '@vitrail/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type HttpApp, isJsonObject, type Json, objectOf } from '../../platform/index.ts';
import { answerPreflight } from './cors.ts';
import { deliveryOf } from './deliveryOf.ts';
import { accept, type DoorDeps, findOrigin, isRefusal } from './door.ts';
import { keepCookie } from './keepCookie.ts';
import { faultOf, type Refusal } from './refusal.ts';
import { createVisitorLinks, linkSeconds } from './visitorLinks.ts';

/** Names without a meaning: lists of content blockers know words such as track, collect and beacon. */
const paths = ['/v1/e', '/e'] as const;
const config = { access: 'public' } as const;
const tags = ['collect'];
const json = 'application/json; charset=utf-8';
const mostLinkBytes = 4_096;

const batchSchema = z.object({
  writeKey: z.string(),
  sentAt: z.string().optional(),
  context: z
    .looseObject({})
    .optional()
    .meta({ description: 'Holds for every event of the batch; an event’s own wins.' }),
  keep: z
    .object({ value: z.string(), domain: z.string(), seconds: z.int() })
    .optional()
    .meta({ description: 'The anonymous id to set as a cookie with the answer; for pages of the same site only.' }),
  batch: z.array(eventSchema),
});
const linkSchema = z.object({
  writeKey: z.string().min(1),
  anonymousId: z.string().min(1).max(200),
  to: z
    .string()
    .regex(/^[a-z\d.:[\]-]{1,253}$/i)
    .meta({ description: 'Host name of the other domain.' }),
});
const arriveSchema = z.object({ writeKey: z.string().min(1), token: z.string().min(1).max(2_000) });

const isExempt = (event: Json): boolean => isJsonObject(event) && objectOf(event.context).exempt === true;

/** Events of the browser SDK: a batch as Segment's, as text without any header, so that browsers ask nothing before. */
async function takeEvents(deps: DoorDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  let keep: Json | undefined;
  const { ip, ...delivery } = deliveryOf(request, { batch: true, typeHint: null, adapt: null });
  const own = {
    ...delivery,
    ip,
    adapt({ keep: wanted, ...body }: { readonly [key: string]: Json }) {
      keep = wanted;
      // Audience measurement without consent: whose connection it was is not even written down.
      if (Array.isArray(body.batch) && body.batch.some(isExempt)) own.ip = null;
      return wanted === undefined ? null : body;
    },
  };
  await accept(deps, own);
  const cookie = keepCookie(keep, {
    origin: request.headers.origin,
    hostname: request.hostname,
    site: request.headers['sec-fetch-site']?.toString(),
    secure: request.protocol === 'https',
  });
  if (cookie !== null) reply.header('set-cookie', cookie);
  return reply.header('content-type', json).send('{"success":true}');
}

const wrong: Refusal = { refused: 'wrong_shape', detail: 'The body must be a small JSON object as documented.' };

/** The small JSON body of a request beside the events. */
function readSmall<T>(request: FastifyRequest, schema: z.ZodType<T>): T {
  const { body } = request;
  if (!Buffer.isBuffer(body) || body.length > mostLinkBytes) throw faultOf(wrong);
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    throw faultOf({ refused: 'broken_json', detail: 'The body is not valid JSON.' });
  }
  const checked = schema.safeParse(parsed);
  if (!checked.success) throw faultOf(wrong);
  return checked.data;
}

/** The door of our own browser SDK, under a neutral name and a second one; shops may give it any other by their proxy. */
export function registerOwnProtocol(app: HttpApp, deps: DoorDeps): void {
  const links = createVisitorLinks(deps.visitorSecret, deps.clock);
  const workspaceOf = async (writeKey: string): Promise<number> => {
    const origin = await findOrigin(deps, writeKey);
    if (isRefusal(origin)) throw faultOf(origin);
    return origin.workspaceId;
  };
  const browserOf = ({ ip, headers }: FastifyRequest) => ({ ip, userAgent: headers['user-agent'] ?? null });

  for (const path of paths) {
    const hide = path !== paths[0];
    const open = (
      end: string,
      about: { summary: string; description: string; body: z.ZodType; response: { 200: z.ZodType } },
      handler: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>,
    ): void => {
      app.post(path + end, { config, schema: { ...about, tags, hide } }, handler);
      app.options(path + end, { config, schema: { hide: true } }, answerPreflight);
    };
    open(
      '',
      {
        summary: 'Record events of the browser SDK, all or none',
        description: 'JSON as plain text with the key inside. The answer may set the visitor’s cookie.',
        body: batchSchema,
        response: { 200: z.object({ success: z.literal(true) }) },
      },
      (request, reply) => takeEvents(deps, request, reply),
    );
    open(
      '/link',
      {
        summary: 'Seal a visitor into a link to another domain of the shop',
        description: 'The token works once the same browser arrives there within two minutes, and for nobody else.',
        body: linkSchema,
        response: { 200: z.object({ token: z.string(), expiresIn: z.int() }) },
      },
      async (request, reply) => {
        const { writeKey, anonymousId, to } = readSmall(request, linkSchema);
        const token = links.seal({ workspaceId: await workspaceOf(writeKey), anonymousId, to }, browserOf(request));
        return reply.header('content-type', json).send(JSON.stringify({ token, expiresIn: linkSeconds }));
      },
    );
    open(
      '/arrive',
      {
        summary: 'Who comes by a link from another domain',
        description: 'Null for every token that is not for this browser, this domain and this moment.',
        body: arriveSchema,
        response: { 200: z.object({ anonymousId: z.string().nullable() }) },
      },
      async (request, reply) => {
        const { writeKey, token } = readSmall(request, arriveSchema);
        const workspaceId = await workspaceOf(writeKey);
        const { origin } = request.headers;
        const host = origin !== undefined && URL.canParse(origin) ? new URL(origin).hostname : null;
        const anonymousId = host === null ? null : links.open(token, { workspaceId, host }, browserOf(request));
        return reply.header('content-type', json).send(JSON.stringify({ anonymousId }));
      },
    );
  }
}
