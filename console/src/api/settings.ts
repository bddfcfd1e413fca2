import {
  auditPageSchema,
  inviteResponseSchema,
  keyPageSchema,
  keyResponseSchema,
  sitePageSchema,
  siteSchema,
  userPageSchema,
  userSchema,
  workspaceSchema,
  type Role,
} from '@vitrail/contracts';
import { queryOptions } from '@tanstack/react-query';
import type { Api } from './client.ts';

export const sitesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['sites'],
    queryFn: async ({ signal }) => (await api.get('/api/v1/sites', sitePageSchema, { signal })).items,
  });

export const usersQuery = (api: Api) =>
  queryOptions({
    queryKey: ['users'],
    queryFn: async ({ signal }) => (await api.get('/api/v1/users', userPageSchema, { signal })).items,
  });
