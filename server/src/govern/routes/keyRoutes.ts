import {
  type ApiKey,
  keyPageSchema,
  keyRequestSchema,
  keyResponseSchema,
  keySchema,
  permissionSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { type Deps, Fault, type HttpApp } from '../../platform/index.ts';
import { actorOf } from '../audit/recordAudit.ts';
import type { Govern } from '../govern.ts';
import { createSecretKey, createWriteKey, type KeyRow, revokeApiKey } from '../keys/changeKeys.ts';
import { type Principal, principalOf } from '../principal.ts';
import { listKeys } from '../sql/keys.pg.ts';

const tags = ['govern'];
const params = z.object({ id: z.coerce.number().int().positive() });
const stored = z.object({ kind: z.enum(['write', 'secret']), scopes: z.array(permissionSchema) });

const answer = (row: KeyRow): ApiKey => ({
  ...stored.parse({ kind: row.kind, scopes: row.scopes }),
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  value: row.value,
  sourceId: row.source_id,
  createdAt: row.created_at.toISOString(),
  createdBy: row.created_by,
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
});

/** Nobody can hand out more than they have: otherwise a key that makes keys would open everything. */
function refuseMoreThanOwn(principal: Principal, scopes: readonly ApiKey['scopes'][number][]): void {
  const missing = scopes.filter((scope) => !principal.permissions.has(scope));
  if (missing.length > 0)
    throw new Fault(
      'forbidden',
      'govern.scope_not_held',
      `You cannot give a key what you may not do yourself: ${missing.join(', ')}.`,
      { details: { scopes: missing } },
    );
}

export function registerKeyRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'clock'>, govern: Govern): void {
  app.get(
    '/api/v1/keys',
    {
      config: { access: 'keys.write' },
      schema: { summary: 'API keys of the workspace', tags, response: { 200: keyPageSchema } },
    },
    async (request) => {
      await govern.keyUse.flush();
      const rows = await deps.pg.rows(listKeys, { workspace: principalOf(request).workspaceId });
      return { items: rows.map(answer), next: null };
    },
  );

  app.post(
    '/api/v1/keys',
    {
      config: { access: 'keys.write' },
      schema: {
        summary: 'Make an API key; a secret key is shown only in this answer',
        tags,
        body: keyRequestSchema,
        response: { 201: keyResponseSchema },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const { body } = request;
      const made = { workspaceId: principal.workspaceId, name: body.name, actor: actorOf(principal) };
      if (body.kind === 'secret') refuseMoreThanOwn(principal, body.scopes);
      const { key, secret } = await deps.pg.transaction(async (tx) =>
        body.kind === 'secret'
          ? createSecretKey(tx, deps, { ...made, scopes: body.scopes })
          : { key: await createWriteKey(tx, deps, { ...made, sourceId: body.sourceId }), secret: null },
      );
      govern.keys.forget();
      return reply.code(201).send({ key: answer(key), secret });
    },
  );

  app.delete(
    '/api/v1/keys/:id',
    {
      config: { access: 'keys.write' },
      schema: {
        summary: 'Revoke an API key for good',
        description: 'It is refused at once by this process and within 5 seconds by all others.',
        tags,
        params,
        response: { 200: keySchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const key = await deps.pg.transaction((tx) =>
        revokeApiKey(tx, deps, {
          workspaceId: principal.workspaceId,
          keyId: request.params.id,
          actor: actorOf(principal),
        }),
      );
      govern.keys.forget();
      return answer(key);
    },
  );
}
