import { queryOptions } from '@tanstack/react-query';
import { mePatchSchema, savedViewListSchema, savedViewSchema, type ViewRequest } from '@vitrail/contracts';
import { z } from 'zod';
import type { Api } from './client.ts';

export const viewsQuery = (api: Api, list: string) =>
  queryOptions({
    queryKey: ['views', list],
    queryFn: ({ signal }) => api.get('/api/v1/views', savedViewListSchema, { query: { list }, signal }),
  });

export const saveView = (api: Api, body: ViewRequest) => api.send('POST', '/api/v1/views', savedViewSchema, { body });

export const removeView = (api: Api, id: number) =>
  api.send('DELETE', `/api/v1/views/${id}`, z.object({ id: z.int() }));

export const rememberLanguage = (api: Api, language: 'en' | 'fr') =>
  api.send('PATCH', '/api/v1/me', mePatchSchema, { body: { language } });
