import { queryOptions, useQuery } from '@tanstack/react-query';
import {
  keyResponseSchema,
  type Source,
  type SourcePatch,
  type SourceRequest,
  sourcePageSchema,
  sourceSchema,
  sourceSnippetsSchema,
} from '@vitrail/contracts';
import { useMemo } from 'react';
import type { Api } from './client.ts';
import { useApi } from './context.tsx';

const base = '/api/v1/sources';

export const sourcesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['sources'],
    queryFn: async ({ signal }) => (await api.get(base, sourcePageSchema, { signal })).items,
    staleTime: 30_000,
  });

export const sourceQuery = (api: Api, id: number) =>
  queryOptions({
    queryKey: ['source', id],
    queryFn: ({ signal }) => api.get(`${base}/${id}`, sourceSchema, { signal }),
    refetchInterval: 5_000,
  });

export const snippetsQuery = (api: Api, id: number) =>
  queryOptions({
    queryKey: ['source', id, 'snippets'],
    queryFn: ({ signal }) => api.get(`${base}/${id}/snippets`, sourceSnippetsSchema, { signal }),
  });

export const createSource = (api: Api, body: SourceRequest) => api.send('POST', base, sourceSchema, { body });

export const changeSource = (api: Api, id: number, body: SourcePatch) =>
  api.send('PATCH', `${base}/${id}`, sourceSchema, { body });

export const createWriteKey = (api: Api, sourceId: number, name: string) =>
  api.send('POST', '/api/v1/keys', keyResponseSchema, { body: { kind: 'write', name, sourceId } });

const none: ReadonlyMap<number, Source> = new Map();

/** Sources by number, to name where a value came from. Empty while loading or for who may not see them. */
export function useSourceIndex(): ReadonlyMap<number, Source> {
  const { data } = useQuery(sourcesQuery(useApi()));
  return useMemo(() => (data === undefined ? none : new Map(data.map((source) => [source.id, source]))), [data]);
}
