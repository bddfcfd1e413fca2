import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  explanationSchema,
  listChangedSchema,
  membersSchema,
  previewSchema,
  profileSegmentsSchema,
  propertyVocabularySchema,
  type SegmentChange,
  type SegmentInput,
  type SegmentNode,
  segmentListSchema,
  segmentOverlapSchema,
  segmentReachSchema,
  segmentSavedSchema,
  segmentSchema,
  segmentTrendSchema,
  segmentVersionsSchema,
  segmentVocabularySchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import type { Api } from './client.ts';
import { useApi } from './context.tsx';
import { usePages } from './pages.ts';

const base = '/api/v1/segments';
const pathOf = (id: string, part = '') => `${base}/${encodeURIComponent(id)}${part}`;

/** A moment is enough for what everybody sees change within a second. */
const fresh = 5_000;

export interface SegmentFilter {
  readonly q?: string | undefined;
  readonly archived?: boolean | undefined;
}

export function useSegments({ q, archived }: SegmentFilter) {
  const api = useApi();
  return usePages({
    key: ['segments', 'list', q ?? '', archived === true],
    load: (after, signal) =>
      api.get(base, segmentListSchema, {
        query: { q, archived: archived === true ? 'true' : undefined, after, limit: 50 },
        signal,
      }),
    refetchInterval: 15_000,
  });
}

export const findSegments = (api: Api, q: string, limit: number, signal: AbortSignal) =>
  api.get(base, segmentListSchema, { query: { q, limit }, signal });

/** For pickers and names: all that are not archived, as far as one page goes. */
export const segmentChoicesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['segments', 'choices'],
    queryFn: ({ signal }) => api.get(base, segmentListSchema, { query: { limit: 200 }, signal }),
    staleTime: 30_000,
  });

export const segmentQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['segments', 'one', id],
    queryFn: ({ signal }) => api.get(pathOf(id), segmentSchema, { signal }),
    refetchInterval: fresh,
  });

export const vocabularyQuery = (api: Api) =>
  queryOptions({
    queryKey: ['segments', 'vocabulary'],
    queryFn: ({ signal }) => api.get(`${base}/vocabulary`, segmentVocabularySchema, { signal }),
    staleTime: 120_000,
  });

export const propertiesQuery = (api: Api, event: string) =>
  queryOptions({
    queryKey: ['segments', 'properties', event],
    queryFn: ({ signal }) =>
      api.get(`${base}/vocabulary/properties`, propertyVocabularySchema, { query: { event }, signal }),
    staleTime: 120_000,
  });

/** The exact count of a definition; asked anew for every definition, the former question is then given up. */
export const previewQuery = (api: Api, definition: SegmentNode) =>
  queryOptions({
    queryKey: ['segments', 'preview', JSON.stringify(definition)],
    queryFn: ({ signal }) => api.send('POST', `${base}/preview`, previewSchema, { body: { definition }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  });

export function useMembers(id: string) {
  const api = useApi();
  return usePages({
    key: ['segments', 'one', id, 'members'],
    load: (after, signal) => api.get(pathOf(id, '/members'), membersSchema, { query: { after, limit: 25 }, signal }),
  });
}

export const trendQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['segments', 'one', id, 'trend'],
    queryFn: ({ signal }) => api.get(pathOf(id, '/trend'), segmentTrendSchema, { signal }),
    staleTime: 30_000,
  });

export const reachQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['segments', 'one', id, 'reach'],
    queryFn: ({ signal }) => api.get(pathOf(id, '/reach'), segmentReachSchema, { signal }),
    staleTime: 30_000,
  });

export const versionsQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['segments', 'one', id, 'versions'],
    queryFn: ({ signal }) => api.get(pathOf(id, '/versions'), segmentVersionsSchema, { signal }),
  });

export const overlapQuery = (api: Api, segments: readonly string[]) =>
  queryOptions({
    queryKey: ['segments', 'overlap', ...segments],
    queryFn: ({ signal }) => api.send('POST', `${base}/overlap`, segmentOverlapSchema, { body: { segments }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

/** Why this person is in or out: of a kept segment, or of a definition that is not kept yet. */
export const explanationQuery = (api: Api, of: { id: string } | { definition: SegmentNode }, profile: string) =>
  queryOptions({
    queryKey: ['segments', 'explanation', 'id' in of ? of.id : JSON.stringify(of.definition), profile],
    queryFn: ({ signal }) =>
      'id' in of
        ? api.send('POST', pathOf(of.id, '/explain'), explanationSchema, { body: { profile }, signal })
        : api.send('POST', `${base}/explain`, explanationSchema, {
            body: { profile, definition: of.definition },
            signal,
          }),
    staleTime: fresh,
    retry: false,
  });

export const profileSegmentsQuery = (api: Api, profile: string) =>
  queryOptions({
    queryKey: ['customer', profile, 'segments'],
    queryFn: ({ signal }) =>
      api.get(`/api/v1/profiles/${encodeURIComponent(profile)}/segments`, profileSegmentsSchema, { signal }),
    staleTime: fresh,
  });

const done = z.unknown();

export const createSegment = (api: Api, input: SegmentInput) =>
  api.send('POST', base, segmentSavedSchema, { body: input });
export const changeSegment = (api: Api, id: string, input: SegmentChange) =>
  api.send('PUT', pathOf(id), segmentSavedSchema, { body: input });
export const archiveSegment = (api: Api, id: string) => api.send('POST', pathOf(id, '/archive'), done, { body: {} });
export const restoreSegment = (api: Api, id: string) => api.send('POST', pathOf(id, '/restore'), done, { body: {} });

export const createList = (api: Api, list: { name: string; description: string }) =>
  api.send('POST', `${base}/lists`, listChangedSchema, { body: list });

/** People by e-mail, card, telephone, customer number or id; those nobody knows are counted. */
export const changeMembers = (api: Api, id: string, change: { add?: string[]; remove?: string[] }) =>
  api.send('POST', `${base}/lists/${encodeURIComponent(id)}/members`, listChangedSchema, { body: change });

/** All members as a file: the server writes it as it reads. */
export async function downloadMembers(api: Api, id: string, locale: 'en' | 'fr'): Promise<Blob> {
  const answer = await api.open(pathOf(id, '/members.csv'), { accept: 'text/csv', query: { locale } });
  return answer.blob();
}
