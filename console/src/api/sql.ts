import { queryOptions } from '@tanstack/react-query';
import { sqlAnswerSchema, sqlSchemaSchema } from '@vitrail/contracts';
import type { Api } from './client.ts';

export const runSql = (api: Api, query: string, signal: AbortSignal) =>
  api.send('POST', '/api/v1/sql', sqlAnswerSchema, { body: { query }, signal });

export const sqlSchemaQuery = (api: Api) =>
  queryOptions({
    queryKey: ['sql', 'schema'],
    queryFn: ({ signal }) => api.get('/api/v1/sql/schema', sqlSchemaSchema, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
