import { createHash } from 'node:crypto';
import {
  type DecideAnswer,
  decideAnswerSchema,
  decideRequestSchema,
  decisionsAnswerSchema,
  decisionsRequestSchema,
} from '@vitrail/contracts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { answerPreflight, decodeProfileId, encodeProfileId } from '../../collect/index.ts';
import { type Keys, principalOf } from '../../govern/index.ts';
import { type Deps, Fault, type HttpApp, type Pg } from '../../platform/index.ts';
import { readIdentifier } from '../../unify/index.ts';
import { type Asked, type createDecide, type DecidedContent, type Decision, profileNamespace } from './decide.ts';
import { createSites } from './sites.ts';

const tags = ['Decisions'];
/** What a page says of itself; far more than it ever needs. */
const bodyBytes = 32 * 1024;

export interface DecisionDeps extends Pick<Deps, 'pg' | 'clock'> {
  readonly keys: Pick<Keys, 'findWriteKey'>;
  readonly decide: ReturnType<typeof createDecide>;
}

/** What to show to whom: to a page with its write key, and to servers with a secret key. */
export function registerDecisionRoutes(app: HttpApp, deps: DecisionDeps): void {
  registerForPages(app, deps);
  registerForServers(app, deps);
}

const toAnswer = ({ experience, variant, content }: DecidedContent): DecideAnswer['decisions'][number] => ({
  key: experience.key,
  variant: variant?.key ?? '',
  version: experience.version,
  trigger: experience.definition.trigger,
  payload: content,
});

function registerForPages(app: HttpApp, deps: DecisionDeps): void {
  app.register(async (door) => {
    // Pages send JSON as plain text, which takes no preflight.
    const parse = door.getDefaultJsonParser('error', 'error');
    door.addContentTypeParser('text/plain', { parseAs: 'string', bodyLimit: bodyBytes }, parse);
    registerDecide(door, deps);
  });
}

function registerDecide(app: HttpApp, deps: DecisionDeps): void {
  const siteOf = createSites(deps);
  const config = { access: 'public', anyOrigin: true } as const;
  app.post(
    '/v1/decide',
    {
      config,
      bodyLimit: bodyBytes,
      schema: {
        tags,
        summary: 'What this page shows to this visitor now',
        description:
          'Says keys, variants and what to put on the page; nothing of the visitor and no reasons. Whoever the page says its user is, only its anonymous id counts. With `If-None-Match` an unchanged answer is 304.',
        body: decideRequestSchema,
        response: { 200: decideAnswerSchema, 304: z.null() },
      },
    },
    async (request, reply) => {
      const { writeKey, anonymousId, page, context } = request.body;
      const key = await findKey(deps, keyOf(request) ?? writeKey);
      const { decided, ttl } = await deps.decide({
        workspace: key.workspaceId,
        site: await siteOf(key.workspaceId, key.siteId),
        identifier: anonymousId === undefined ? null : { namespace: 'anonymous_id', value: anonymousId },
        page,
        context: request.headers['sec-gpc'] === '1' ? { ...context, consent: { personalisation: false } } : context,
        purpose: 'shown',
      });
      const answer = { decisions: decided.map(toAnswer), ttl };
      const etag = `"${createHash('sha256').update(JSON.stringify(answer.decisions)).digest('base64url').slice(0, 22)}"`;
      reply.header('etag', etag).header('cache-control', 'private, no-cache');
      if (request.headers['if-none-match'] === etag) return reply.code(304).send(null);
      return reply.send(answer);
    },
  );
  app.options('/v1/decide', { config, schema: { hide: true } }, answerPreflight);
}

function keyOf({ headers, query }: FastifyRequest): string | undefined {
  const header = headers['x-write-key'];
  if (typeof header === 'string') return header;
  const asked = typeof query === 'object' && query !== null && 'writeKey' in query ? query.writeKey : undefined;
  return typeof asked === 'string' ? asked : undefined;
}

async function findKey({ keys }: DecisionDeps, key: string | undefined) {
  if (key === undefined || key === '')
    throw new Fault(
      'unauthenticated',
      'experience.no_key',
      'The request names no write key. Send it as writeKey in the body.',
    );
  const found = await keys.findWriteKey(key);
  if (found === null)
    throw new Fault(
      'unauthenticated',
      'experience.unknown_key',
      'The write key is unknown or revoked. Copy it again from the page of the source.',
    );
  return found;
}

function registerForServers(app: HttpApp, deps: DecisionDeps): void {
  app.post(
    '/api/v1/decisions',
    {
      config: { access: 'experience.read' },
      schema: {
        tags,
        summary: 'What a customer gets here and now, and why not the rest',
        description:
          'By profile or by any identifier; needs profiles.read as well. Nothing is counted as seen by asking, except the products that an experiment chose for a key’s answer.',
        body: decisionsRequestSchema,
        response: { 200: decisionsAnswerSchema },
      },
    },
    async (request) => {
      const { workspaceId: workspace, permissions, kind } = principalOf(request);
      if (!permissions.has('profiles.read'))
        throw new Fault('forbidden', 'experience.profile_not_allowed', 'Deciding for a customer needs profiles.read.');
      const { profile, identifier, site, page, context } = request.body;
      const asked = await identifierOf(deps.pg, workspace, profile, identifier);
      const decision = await deps.decide({
        workspace,
        site: site ?? null,
        identifier: asked,
        page,
        context,
        // Whoever looks in the console shows nothing to anybody.
        purpose: kind === 'key' ? 'shown' : 'preview',
      });
      if (asked !== null && decision.root === null && context.consent?.personalisation !== false)
        throw new Fault('not_found', 'experience.profile_not_found', 'There is no such profile in this workspace.');
      return explain(decision);
    },
  );
}

/** Throws `invalid` for an identifier that cannot be read. */
async function identifierOf(
  pg: Pg,
  workspace: number,
  profile: string | undefined,
  identifier: string | undefined,
): Promise<Asked['identifier']> {
  if (profile !== undefined) {
    const id = decodeProfileId(profile);
    if (id === null)
      throw new Fault('not_found', 'experience.profile_not_found', 'There is no such profile in this workspace.');
    return { namespace: profileNamespace, value: String(id) };
  }
  return identifier === undefined ? null : readIdentifier(pg, workspace, identifier);
}

const explain = ({ root, decided, leftOut }: Decision) => ({
  profile: root === null ? null : encodeProfileId(root),
  decisions: decided.map(toAnswer),
  leftOut: leftOut.map(({ experience, reason, detail }) => ({ key: experience.key, reason, detail })),
});
