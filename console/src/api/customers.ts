import { queryOptions } from '@tanstack/react-query';
import {
  companyListSchema,
  erasureReceiptSchema,
  eventListSchema,
  mergeListSchema,
  mergeUndoneSchema,
  orderListSchema,
  profileListSchema,
  profileSchema,
} from '@vitrail/contracts';
import type { Api } from './client.ts';
import { useApi } from './context.tsx';
import { sortOf, usePages } from './pages.ts';

const base = '/api/v1/profiles';
const pathOf = (id: string, part = '') => `${base}/${encodeURIComponent(id)}${part}`;

/** `email:zoe@example.fr` asks for exactly this identifier, anything else is searched for. */
export function searchOf(text: string): { identifier: string } | { q: string } | Record<string, never> {
  const trimmed = text.trim();
  if (trimmed === '') return {};
  return /^[a-z][a-z0-9_]*:\S/.test(trimmed) ? { identifier: trimmed } : { q: trimmed };
}

export const findPeople = (api: Api, text: string, limit: number, after: string | null, signal: AbortSignal) =>
  api.get(base, profileListSchema, { query: { ...searchOf(text), limit, after }, signal });

export interface CustomerList {
  /** A search text; it looks among everybody. */
  readonly q: string;
  /** With those of whom nothing but browser ids is known. */
  readonly visitors: boolean;
  /** A definition as JSON: only who passes it. */
  readonly where: string;
  readonly sort: string | undefined;
}

export function useCustomers({ q, visitors, where, sort }: CustomerList) {
  const api = useApi();
  return usePages({
    key: ['customers', q, visitors, where, sort],
    load: (after, signal) =>
      api.get(base, profileListSchema, {
        query: { ...searchOf(q), ...(!visitors && { known: 'true' }), where, ...sortOf(sort), limit: 50, after },
        signal,
      }),
  });
}

export const customerQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['customer', id],
    queryFn: ({ signal }) => api.get(pathOf(id), profileSchema, { signal }),
  });

export interface TimelineFilter {
  readonly type?: string | undefined;
  readonly source?: string | undefined;
  readonly event?: string | undefined;
}

export function useTimeline(id: string, filter: TimelineFilter) {
  const api = useApi();
  return usePages({
    key: ['customer', id, 'events', filter],
    load: (before, signal) =>
      api.get(pathOf(id, '/events'), eventListSchema, { query: { limit: 50, before, ...filter }, signal }),
  });
}

export interface OrderFilter {
  readonly status?: string | undefined;
  readonly source?: string | undefined;
  readonly site?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
}

export function useOrders(id: string, filter: OrderFilter) {
  const api = useApi();
  return usePages({
    key: ['customer', id, 'orders', filter],
    load: (before, signal) => api.get(pathOf(id, '/orders'), orderListSchema, { query: { before, ...filter }, signal }),
  });
}

export const customerMergesQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'merges'],
    queryFn: ({ signal }) => api.get(pathOf(id, '/merges'), mergeListSchema, { signal }),
  });

export function useMerges() {
  const api = useApi();
  return usePages({
    key: ['merges'],
    load: (after, signal) => api.get('/api/v1/merges', mergeListSchema, { query: { after }, signal }),
  });
}

export function useCompanies(text: string, sort: string | undefined) {
  const api = useApi();
  return usePages({
    key: ['companies', text, sort],
    load: (after, signal) =>
      api.get('/api/v1/companies', companyListSchema, { query: { q: text, ...sortOf(sort), after }, signal }),
  });
}

export const undoMerge = (api: Api, id: number) =>
  api.send('POST', `/api/v1/merges/${id}/undo`, mergeUndoneSchema, { body: {} });

export const eraseCustomer = (api: Api, id: string) => api.send('DELETE', pathOf(id), erasureReceiptSchema);

/** Everything stored about a person, as the file to hand over. */
export async function downloadCustomer(api: Api, id: string): Promise<Blob> {
  const answer = await api.open(pathOf(id, '/export'), { accept: 'application/json' });
  return answer.blob();
}

/** The record of one message on a person's timeline; null while it is not there yet. */
export async function findRecord(api: Api, id: string, messageId: string, signal: AbortSignal) {
  const page = await api.get(pathOf(id, '/events'), eventListSchema, { query: { limit: 200 }, signal });
  return page.items.find((event) => event.messageId === messageId) ?? null;
}
