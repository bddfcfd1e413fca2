import { queryOptions } from '@tanstack/react-query';
import { type FlagRequest, flagPageSchema, flagSchema } from '@vitrail/contracts';
import { z } from 'zod';
import type { Api } from './client.ts';
import { useApi } from './context.tsx';
import { usePages } from './pages.ts';

const base = '/api/v1/flags';
const pathOf = (id: string) => `${base}/${encodeURIComponent(id)}`;

export function useFlags(q: string) {
  const api = useApi();
  return usePages({
    key: ['flags', 'list', q],
    load: (cursor, signal) => api.get(base, flagPageSchema, { query: { cursor, q }, signal }),
  });
}

export const flagQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['flags', 'one', id],
    queryFn: ({ signal }) => api.get(pathOf(id), flagSchema, { signal }),
  });

export const createFlag = (api: Api, body: FlagRequest) => api.send('POST', base, flagSchema, { body });
export const changeFlag = (api: Api, id: string, body: FlagRequest) =>
  api.send('PUT', pathOf(id), flagSchema, { body });
export const removeFlag = (api: Api, id: string) => api.send('DELETE', pathOf(id), z.unknown());
