import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify';
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Access } from '../../govern/index.ts';
import type { HttpApp } from '../../platform/index.ts';
import { referencePolicy } from './securityHeaders.ts';

const key = { key: [] };
const session = { session: [] };

function securityOf(access: Access): Record<string, string[]>[] {
  if (access === 'public') return [];
  return access === 'signed-in' || access === 'users.write' ? [session] : [key, session];
}

const zodTransform = createJsonSchemaTransform({});

type Transform = NonNullable<Extract<Parameters<typeof swagger>[1], { transform?: unknown }>['transform']>;

/** Adds to each route's own description what all share: who may call it and how errors look. */
const transform: Transform = (document) => {
  const { route } = document;
  const access = route.config?.access ?? 'public';
  const { schema, url } = zodTransform(document);
  const described: FastifySchema = { ...schema, security: securityOf(access) };
  const needs = access === 'public' || access === 'signed-in' ? null : `Needs the permission \`${access}\`.`;
  const description = [described.description, needs].filter((text) => typeof text === 'string').join('\n\n');
  if (description !== '') described.description = description;
  const answers: object =
    typeof described.response === 'object' && described.response !== null ? described.response : {};
  described.response = {
    ...answers,
    default: {
      description: 'What went wrong.',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  };
  return { schema: described, url };
};

const tags = [
  { name: 'govern', description: 'Set-up, sign-in, workspaces, sites, people, API keys, audit log' },
  { name: 'collect', description: 'Events, sources, imports, products, tracking plan, data health' },
  { name: 'unify', description: 'Customers, identities, merges, orders, companies' },
  { name: 'decide', description: 'Statistics and analytics' },
  { name: 'app', description: 'Health, metrics and this description' },
];

/** Describes every route that follows as OpenAPI 3.1. Register before the routes. */
export async function registerOpenApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.1',
      info: {
        title: 'Vitrail',
        version,
        description: 'The admin API. Errors are `application/problem+json` with a stable `code`.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      tags,
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'A secret API key, `sk_…`.' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'vitrail.session_token',
            description: 'The console’s session.',
          },
        },
      },
    },
    convertConstToEnum: false,
    transform,
    transformObject: jsonSchemaTransformObject,
  });
}

/** Lets a plugin that knows nothing of `config.access` register its own public routes inside `scope`. */
export function makePublic(scope: FastifyInstance): void {
  scope.addHook('onRoute', (route: RouteOptions) => {
    route.config = { ...route.config, access: 'public' };
  });
}

/** `/api/openapi.json` and the browsable page at `/api/reference`, both public: they describe, they hold nothing. */
export async function registerReference(app: HttpApp): Promise<void> {
  app.get(
    '/api/openapi.json',
    {
      config: { access: 'public' },
      schema: {
        summary: 'This description, OpenAPI 3.1',
        tags: ['app'],
        response: { 200: z.unknown().meta({ description: 'An OpenAPI 3.1 document.' }) },
      },
    },
    async () => app.swagger(),
  );
  await app.register(async (scope) => {
    makePublic(scope);
    await scope.register(swaggerUi, {
      routePrefix: '/api/reference',
      staticCSP: referencePolicy,
      theme: {
        title: 'Vitrail API',
        // Its bar offers to load other descriptions, which the policy forbids.
        css: [{ filename: 'vitrail.css', content: '.swagger-ui .topbar { display: none; }' }],
      },
      uiConfig: { docExpansion: 'none', deepLinking: true, persistAuthorization: false, tryItOutEnabled: false },
      logo: {
        type: 'image/svg+xml',
        content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'),
      },
    });
  });
}
