import { queryOptions } from '@tanstack/react-query';
import {
  type Channel,
  channelListSchema,
  deliverabilitySchema,
  type ProviderInput,
  providerSchema,
  providerTestSchema,
  sandboxListSchema,
  sandboxMessageSchema,
  senderDomainSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import type { Api } from './client.ts';
import { useApi } from './context.tsx';
import { usePages } from './pages.ts';

const path = '/api/v1/channels';
const one = (id: string) => `${path}/${encodeURIComponent(id)}`;

export const channelsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['channels'],
    queryFn: ({ signal }) => api.get(path, channelListSchema, { signal }),
  });
export const saveProvider = (api: Api, id: string | null, body: ProviderInput) =>
  id === null ? api.send('POST', path, providerSchema, { body }) : api.send('PUT', one(id), providerSchema, { body });
export const removeProvider = (api: Api, id: string) => api.send('DELETE', one(id), z.null());
export const testProvider = (api: Api, id: string, body: { to: string; from?: string }) =>
  api.send('POST', `${one(id)}/test`, providerTestSchema, { body });

export function useSandbox(channel: Channel | undefined) {
  const api = useApi();
  return usePages({
    key: ['sandbox', channel],
    load: (cursor, signal) =>
      api.get('/api/v1/sandbox-messages', sandboxListSchema, { query: { channel, cursor }, signal }),
    refetchInterval: 5_000,
  });
}
export const sandboxMessageQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['sandbox', 'one', id],
    queryFn: ({ signal }) =>
      api.get(`/api/v1/sandbox-messages/${encodeURIComponent(id)}`, sandboxMessageSchema, { signal }),
  });

const deliverability = '/api/v1/deliverability';
export const deliverabilityQuery = (api: Api) =>
  queryOptions({
    queryKey: ['deliverability'],
    queryFn: ({ signal }) => api.get(deliverability, deliverabilitySchema, { signal }),
  });
export const addDomain = (api: Api, domain: string) =>
  api.send('POST', `${deliverability}/domains`, senderDomainSchema, { body: { domain } });
export const checkDomain = (api: Api, domain: string) =>
  api.send('POST', `${deliverability}/domains/${encodeURIComponent(domain)}/check`, senderDomainSchema, { body: {} });
export const removeDomain = (api: Api, domain: string) =>
  api.send('DELETE', `${deliverability}/domains/${encodeURIComponent(domain)}`, z.null());
export const pullBrake = (api: Api, channel: Channel) =>
  api.send('POST', `${deliverability}/brakes`, z.null(), { body: { channel } });
export const releaseBrake = (api: Api, id: string) =>
  api.send('POST', `${deliverability}/brakes/${encodeURIComponent(id)}/release`, z.null(), { body: {} });
