import { queryOptions } from '@tanstack/react-query';
import { type Lookalike, type LookalikeRequest, lookalikePageSchema, lookalikeSchema } from '@vitrail/contracts';
import { z } from 'zod';
import type { Api } from './client.ts';
import { useApi } from './context.tsx';
import { usePages } from './pages.ts';

const base = '/api/v1/lookalikes';
const pathOf = (id: string) => `${base}/${encodeURIComponent(id)}`;

/** Still being scored: asked again soon. */
export const isScoring = ({ state }: Pick<Lookalike, 'state'>): boolean => state === 'queued' || state === 'running';

export function useLookalikes() {
  const api = useApi();
  return usePages({
    key: ['lookalikes', 'list'],
    load: (cursor, signal) => api.get(base, lookalikePageSchema, { query: { cursor, limit: 50 }, signal }),
    refetchInterval: 5_000,
  });
}

/** Names for the builder and for sentences: the newest fifty. */
export const lookalikeChoicesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['lookalikes', 'choices'],
    queryFn: ({ signal }) => api.get(base, lookalikePageSchema, { signal }),
    staleTime: 60_000,
  });

export const lookalikeQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['lookalikes', 'one', id],
    queryFn: ({ signal }) => api.get(pathOf(id), lookalikeSchema, { signal }),
    refetchInterval: ({ state }) => (state.data === undefined || isScoring(state.data) ? 1_000 : 30_000),
  });

export const createLookalike = (api: Api, request: LookalikeRequest) =>
  api.send('POST', base, z.object({ id: z.string() }), { body: request });
export const changeLookalike = (api: Api, id: string, change: { name?: string; reach?: number }) =>
  api.send('PATCH', pathOf(id), z.unknown(), { body: change });
/** Learns and scores anew. */
export const refreshLookalike = (api: Api, id: string) =>
  api.send('POST', `${pathOf(id)}/refresh`, z.unknown(), { body: {} });
export const removeLookalike = (api: Api, id: string) => api.send('DELETE', pathOf(id), z.unknown());
