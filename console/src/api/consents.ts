import { queryOptions } from '@tanstack/react-query';
import {
  type Channel,
  type ConsentRequest,
  consentResultsSchema,
  ledgerCheckSchema,
  type PurposeSettings,
  profileConsentsSchema,
  purposeListSchema,
  suppressionImportSchema,
  suppressionPageSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import type { Api } from './client.ts';
import { useApi } from './context.tsx';
import { usePages } from './pages.ts';

const pathOf = (profile: string) => `/api/v1/profiles/${encodeURIComponent(profile)}/consents`;

/** How a customer stands, and the newest statements. */
export const consentsQuery = (api: Api, profile: string) =>
  queryOptions({
    queryKey: ['consents', profile],
    queryFn: ({ signal }) => api.get(pathOf(profile), profileConsentsSchema, { signal }),
  });

/** Every statement, page by page. */
export function useLedger(profile: string) {
  const api = useApi();
  return usePages({
    key: ['consents', profile, 'ledger'],
    load: async (cursor, signal) =>
      (await api.get(pathOf(profile), profileConsentsSchema, { query: { cursor }, signal })).ledger,
  });
}

export const recordConsent = (api: Api, body: z.input<typeof consentBodySchema> & Pick<ConsentRequest, 'purpose'>) =>
  api.send('POST', '/api/v1/consents', consentResultsSchema, { body });
const consentBodySchema = z.object({
  profile: z.string(),
  channel: z.string(),
  state: z.enum(['granted', 'pending', 'denied']),
  proof: z.object({ reason: z.string(), text: z.string() }).partial(),
});

export const purposesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['purposes'],
    queryFn: ({ signal }) => api.get('/api/v1/purposes', purposeListSchema, { signal }),
  });
export const savePurposes = (api: Api, items: readonly Omit<PurposeSettings, 'builtIn'>[]) =>
  api.send('PUT', '/api/v1/purposes', purposeListSchema, { body: { items } });

export const checkLedger = (api: Api) => api.get('/api/v1/consents/check', ledgerCheckSchema);
export const downloadLedger = async (api: Api): Promise<Blob> => (await api.open('/api/v1/consents/export')).blob();

export function useSuppressions(q: string) {
  const api = useApi();
  return usePages({
    key: ['suppressions', q],
    load: (cursor, signal) => api.get('/api/v1/suppressions', suppressionPageSchema, { query: { q, cursor }, signal }),
  });
}
export const addSuppression = (api: Api, body: { channel: Channel; value: string; detail: string }) =>
  api.send('POST', '/api/v1/suppressions', z.unknown(), { body });
export const removeSuppression = (api: Api, body: { channel: Channel; value: string }) =>
  api.send('POST', '/api/v1/suppressions/remove', z.unknown(), { body });
export const importSuppressions = (api: Api, channel: Channel, body: string) =>
  api.send('POST', '/api/v1/suppressions/import', suppressionImportSchema, {
    query: { channel },
    body,
    contentType: 'text/csv',
  });
