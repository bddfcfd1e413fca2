import { z } from 'zod';
import type { HttpApp } from '../src/platform/index.ts';

const schema = z.looseObject({});
const operationSchema = z.looseObject({
  summary: z.string().optional(),
  tags: z.array(z.string()).optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), required: z.boolean().optional(), schema }).loose())
    .optional(),
  requestBody: z
    .looseObject({ content: z.record(z.string(), z.looseObject({ schema: schema.optional() })) })
    .optional(),
  responses: z.record(
    z.string(),
    z.looseObject({ description: z.string(), content: z.record(z.string(), z.looseObject({})).optional() }),
  ),
});
const methodNames = ['get', 'post', 'put', 'patch', 'delete'] as const;
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.partialRecord(z.enum(methodNames), operationSchema).and(z.looseObject({}))),
  components: z.looseObject({ schemas: z.record(z.string(), schema) }),
});

export type ApiOperation = z.output<typeof operationSchema>;

export interface ApiRoute {
  readonly method: Uppercase<(typeof methodNames)[number]>;
  /** With parameters in braces: `/api/v1/sites/{id}`. */
  readonly path: string;
  readonly operation: ApiOperation;
}

/** Every documented route of the app, as its own OpenAPI document has it. */
export const listApiRoutes = (app: HttpApp): ApiRoute[] => readApiRoutes(app.swagger());

/** Every route of an OpenAPI document. */
export function readApiRoutes(document: unknown): ApiRoute[] {
  const { paths } = documentSchema.parse(document);
  return Object.entries(paths).flatMap(([path, item]) =>
    methodNames.flatMap((name) => {
      const operation = item[name];
      if (operation === undefined) return [];
      const method = { get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE' } as const;
      return [{ method: method[name], path, operation }];
    }),
  );
}

/** What is missing in the description of `/api` routes, one sentence each; empty when all is well. */
export function findUndescribed(routes: readonly ApiRoute[]): string[] {
  return routes
    .filter(({ path }) => path.startsWith('/api/'))
    .flatMap(({ method, path, operation }) => {
      const successes = Object.entries(operation.responses).filter(([status]) => /^[23]/.test(status));
      const missing = [
        operation.summary === undefined ? 'a summary' : null,
        operation.tags?.length ? null : 'a tag',
        successes.length > 0 ? null : 'an answer that is not an error',
        successes.every(
          ([status, answer]) => status === '204' || status.startsWith('3') || answer.content !== undefined,
        )
          ? null
          : 'the schema of its answer',
        operation.responses.default?.content?.['application/problem+json'] === undefined ? 'the shape of errors' : null,
      ];
      return missing.flatMap((part) => (part === null ? [] : [`${method} ${path} lacks ${part}`]));
    });
}
