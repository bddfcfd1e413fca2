import { queryOptions } from '@tanstack/react-query';
import {
  type Decision,
  type MatchKind,
  reviewAssigneesSchema,
  reviewDetailSchema,
  reviewListSchema,
  reviewProgressSchema,
} from '@vitrail/contracts';
import type { Api } from './client.ts';
import { useApi } from './context.tsx';
import { usePages } from './pages.ts';

const base = '/api/v1/reviews';

export interface ReviewFilter {
  readonly state: 'open' | 'closed' | 'unsure';
  readonly kind: MatchKind;
  /** Only those given to the reader. */
  readonly mine: boolean;
}

/** Questions to people: the open ones in the order worth deciding, the others newest first. */
export function useReviews({ state, kind, mine }: ReviewFilter) {
  const api = useApi();
  return usePages({
    key: ['reviews', 'list', state, kind, mine],
    load: (after, signal) =>
      api.get(base, reviewListSchema, {
        query: { state, kind, assignee: mine ? 'me' : undefined, after, limit: 50 },
        signal,
      }),
    refetchInterval: state === 'open' ? 15_000 : false,
  });
}

/** Times, and milliseconds between, that are waited for the reasons of a question that was opened again. */
const reasonsAsked = 6;
const reasonsEveryMs = 2_000;

/**
 * Read ahead while the one before is decided; a moment later it is still the same question. One that was taken back has its
 * reasons again once both records are compared anew, a moment after.
 */
export const reviewQuery = (api: Api, id: number) =>
  queryOptions({
    queryKey: ['reviews', 'one', id],
    queryFn: ({ signal }) => api.get(`${base}/${id}`, reviewDetailSchema, { signal }),
    staleTime: 20_000,
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      data?.explanation === null && (data.state === 'open' || data.state === 'second') && dataUpdateCount < reasonsAsked
        ? reasonsEveryMs
        : false,
  });

export const reviewProgressQuery = (api: Api, kind: MatchKind) =>
  queryOptions({
    queryKey: ['reviews', 'progress', kind],
    queryFn: ({ signal }) => api.get(`${base}/progress`, reviewProgressSchema, { query: { kind }, signal }),
    refetchInterval: 15_000,
  });

/** Who a question can be given to. */
export const assigneesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['reviews', 'assignees'],
    queryFn: async ({ signal }) => (await api.get(`${base}/assignees`, reviewAssigneesSchema, { signal })).items,
    staleTime: 300_000,
  });

export const decideReview = (api: Api, id: number, decision: Decision) =>
  api.send('POST', `${base}/${id}`, reviewDetailSchema, { body: { decision } });
export const undoReview = (api: Api, id: number) =>
  api.send('POST', `${base}/${id}/undo`, reviewDetailSchema, { body: {} });
export const assignReview = (api: Api, id: number, assignee: string | null) =>
  api.send('PUT', `${base}/${id}/assignee`, reviewDetailSchema, { body: { assignee } });
export const commentReview = (api: Api, id: number, text: string) =>
  api.send('POST', `${base}/${id}/comments`, reviewDetailSchema, { body: { text } });
