import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { findUndescribed, listApiRoutes } from '../../../test/apiRoutes.ts';
import { createLog, createMetrics, type HttpApp } from '../../platform/index.ts';
import { createHttpApp } from './createHttpApp.ts';
import { usualLimits } from './limits.ts';

let app: HttpApp;
beforeAll(async () => {
  app = await createHttpApp({
    log: createLog('silent'),
    metrics: createMetrics(),
    settings: {
      publicUrl: null,
      trustProxy: false,
      limits: usualLimits,
      bodyLimit: 1000,
      slowMs: 1000,
      version: '1.2.3',
    },
    identify: async () => ({ identity: null, byCookie: false, setCookies: [] }),
    ready: [],
    rooms: (rooms) => {
      rooms.get('/v1/hidden', { config: { access: 'public' }, schema: { hide: true } }, async () => 'x');
      rooms.patch(
        '/api/v1/things/:id',
        {
          config: { access: 'settings.write' },
          schema: {
            summary: 'Change a thing',
            description: 'Once.',
            tags: ['govern'],
            params: z.object({ id: z.coerce.number().int() }),
            querystring: z.object({ dry: z.stringbool().optional() }),
            body: z.object({ at: z.iso.datetime().nullable(), kind: z.literal('a') }),
            response: { 200: z.object({ id: z.int().meta({ description: 'Its number.' }) }) },
          },
        },
        async () => ({ id: 1 }),
      );
      rooms.get('/api/v1/poor', { config: { access: 'users.write' } }, async () => 'x');
    },
  });
});
afterAll(() => app.close());

test('the description is valid OpenAPI 3.1 and served to anybody', async () => {
  const answer = await app.inject('/api/openapi.json');
  expect(answer.statusCode).toBe(200);
  const document = answer.json();
  expect(document.openapi).toBe('3.1.1');
  expect(document.info).toMatchObject({ title: 'Vitrail', version: '1.2.3' });
  const { valid, errors } = await new Validator().validate(document);
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
});

test('a route is described with its parameters, shapes, credentials and the shape of errors', () => {
  const { operation } = listApiRoutes(app).find((route) => route.path === '/api/v1/things/{id}') ?? {};
  expect(operation).toMatchObject({
    summary: 'Change a thing',
    description: 'Once.\n\nNeeds the permission `settings.write`.',
    security: [{ key: [] }, { session: [] }],
    parameters: expect.arrayContaining([expect.objectContaining({ name: 'id', in: 'path', required: true })]),
    requestBody: { content: { 'application/json': { schema: { required: ['at', 'kind'] } } } },
    responses: {
      200: { content: { 'application/json': { schema: { properties: { id: { description: 'Its number.' } } } } } },
      default: { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  });
  expect(app.swagger()).toMatchObject({
    components: { schemas: { Problem: { required: expect.arrayContaining(['code']) } } },
  });
});

test('what only people may do asks for a session', () => {
  const { operation } = listApiRoutes(app).find((route) => route.path === '/api/v1/poor') ?? {};
  expect(operation?.security).toEqual([{ session: [] }]);
});

test('what is missing in a description is found', () => {
  expect(findUndescribed(listApiRoutes(app))).toEqual([
    'GET /api/v1/poor lacks a summary',
    'GET /api/v1/poor lacks a tag',
    'GET /api/v1/poor lacks an answer that is not an error',
  ]);
});

test('hidden routes stay out', () => {
  expect(Object.keys(app.swagger().paths ?? {})).not.toContain('/v1/hidden');
});

test('the reference page and its files come from here, under a policy without inline scripts', async () => {
  const page = await app.inject('/api/reference');
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-security-policy']).toContain("script-src 'self';");
  expect(page.body).not.toMatch(/<script>|https?:\/\//);
  const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(files.length).toBeGreaterThan(4);
  for (const file of files) expect([file, (await app.inject(file)).statusCode]).toEqual([file, 200]);
  expect((await app.inject('/api/reference/json')).json()).toEqual((await app.inject('/api/openapi.json')).json());
});
