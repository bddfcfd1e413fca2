import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { z } from 'zod';
import type { Api } from './client.ts';
import { useApi } from './context.tsx';

const sourceSchema = z.looseObject({
  id: z.int(),
  name: z.string(),
  family: z.enum(['web', 'store', 'crm', 'messages', 'ads', 'support']),
  lastEventAt: z.string().nullable(),
});
const sourcePageSchema = z.object({ items: z.array(sourceSchema), next: z.string().nullable() });
type Source = z.infer<typeof sourceSchema>;

export const sourcesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['sources'],
    queryFn: async ({ signal }) => (await api.get('/api/v1/sources', sourcePageSchema, { signal })).items,
    staleTime: 30_000,
  });

const none: ReadonlyMap<number, Source> = new Map();

/** Sources by number, to name where a value came from. Empty while loading or for who may not see them. */
export function useSourceIndex(): ReadonlyMap<number, Source> {
  const { data } = useQuery(sourcesQuery(useApi()));
  return useMemo(() => (data === undefined ? none : new Map(data.map((source) => [source.id, source]))), [data]);
}
