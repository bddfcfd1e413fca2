import { queryOptions } from '@tanstack/react-query';
import {
  auditPageSchema,
  type blockedValueSchema,
  blockedValuesSchema,
  invitationSchema,
  inviteResponseSchema,
  type KeyScope,
  keyPageSchema,
  keyResponseSchema,
  keySchema,
  type NamespaceRule,
  namespaceRulesSchema,
  type Role,
  sitePageSchema,
  siteSchema,
  userPageSchema,
  userSchema,
  workspaceSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import type { Api } from './client.ts';
import { useApi } from './context.tsx';
import { usePages } from './pages.ts';

export interface WorkspaceChange {
  readonly name: string;
  readonly country: string;
  readonly timeZone: string;
  readonly language: string;
}
export const changeWorkspace = (api: Api, body: WorkspaceChange) =>
  api.send('PATCH', '/api/v1/workspace', workspaceSchema, { body });

export const sitesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['sites'],
    queryFn: async ({ signal }) => (await api.get('/api/v1/sites', sitePageSchema, { signal })).items,
  });

export interface SiteForm {
  readonly name: string;
  readonly domain: string | null;
  readonly country: string;
  readonly currency: string;
  readonly language: string;
}
export const saveSite = (api: Api, id: number | null, body: SiteForm) =>
  id === null
    ? api.send('POST', '/api/v1/sites', siteSchema, { body })
    : api.send('PATCH', `/api/v1/sites/${id}`, siteSchema, { body });
export const removeSite = (api: Api, id: number) => api.send('DELETE', `/api/v1/sites/${id}`, z.null());

export const usersQuery = (api: Api) =>
  queryOptions({
    queryKey: ['users'],
    queryFn: async ({ signal }) => (await api.get('/api/v1/users', userPageSchema, { signal })).items,
  });
export const inviteUser = (api: Api, body: { name: string; email: string; role: Role }) =>
  api.send('POST', '/api/v1/users', inviteResponseSchema, { body });
export const inviteAgain = (api: Api, id: string) =>
  api.send('POST', `/api/v1/users/${encodeURIComponent(id)}/invitation`, invitationSchema, { body: {} });
export const changeRole = (api: Api, id: string, role: Role) =>
  api.send('PATCH', `/api/v1/users/${encodeURIComponent(id)}`, userSchema, { body: { role } });
export const removeUser = (api: Api, id: string) =>
  api.send('DELETE', `/api/v1/users/${encodeURIComponent(id)}`, z.null());

export const keysQuery = (api: Api) =>
  queryOptions({
    queryKey: ['keys'],
    queryFn: async ({ signal }) => (await api.get('/api/v1/keys', keyPageSchema, { signal })).items,
  });
export const createSecretKey = (api: Api, name: string, scopes: readonly KeyScope[]) =>
  api.send('POST', '/api/v1/keys', keyResponseSchema, { body: { kind: 'secret', name, scopes } });
export const revokeKey = (api: Api, id: number) => api.send('DELETE', `/api/v1/keys/${id}`, keySchema);

const namespaces = '/api/v1/identity/namespaces';
export const namespacesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['namespaces'],
    queryFn: async ({ signal }) => (await api.get(namespaces, namespaceRulesSchema, { signal })).items,
  });
export const saveNamespaces = (api: Api, items: readonly NamespaceRule[]) =>
  api.send('PUT', namespaces, namespaceRulesSchema, { body: { items } });

const blocked = '/api/v1/identity/blocked-values';
export const blockedQuery = (api: Api) =>
  queryOptions({
    queryKey: ['blocked'],
    queryFn: ({ signal }) => api.get(blocked, blockedValuesSchema, { signal }),
  });
export const saveBlocked = (api: Api, items: readonly z.infer<typeof blockedValueSchema>[]) =>
  api.send('PUT', blocked, blockedValuesSchema, { body: { items } });

export interface AuditFilter {
  readonly action?: string | undefined;
  readonly actor?: string | undefined;
  readonly target?: string | undefined;
}
export function useAudit(filter: AuditFilter) {
  const api = useApi();
  return usePages({
    key: ['audit', filter],
    load: (cursor, signal) => api.get('/api/v1/audit', auditPageSchema, { query: { ...filter, cursor }, signal }),
  });
}
