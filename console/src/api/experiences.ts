import { queryOptions } from '@tanstack/react-query';
import {
  answersReportSchema,
  type DecisionContext,
  type DecisionPage,
  decisionsAnswerSchema,
  type ExperienceRequest,
  experiencePageSchema,
  experienceReportSchema,
  experienceSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import type { Api } from './client.ts';
import { useApi } from './context.tsx';
import { usePages } from './pages.ts';

const base = '/api/v1/experiences';
const pathOf = (id: string, part = '') => `${base}/${encodeURIComponent(id)}${part}`;

export function useExperiences() {
  const api = useApi();
  return usePages({
    key: ['experiences', 'list'],
    load: (cursor, signal) => api.get(base, experiencePageSchema, { query: { cursor }, signal }),
  });
}

/** For the names of what was decided: the newest, as far as one page goes. */
export const experienceNamesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['experiences', 'names'],
    queryFn: async ({ signal }) => (await api.get(base, experiencePageSchema, { signal })).items,
    staleTime: 30_000,
  });

export const experienceQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['experiences', 'one', id],
    queryFn: ({ signal }) => api.get(pathOf(id), experienceSchema, { signal }),
  });

export const experienceReportQuery = (api: Api, id: string, days: number, by?: string) =>
  queryOptions({
    queryKey: ['experiences', 'one', id, 'report', days, by],
    queryFn: ({ signal }) => api.get(pathOf(id, '/report'), experienceReportSchema, { query: { days, by }, signal }),
    refetchInterval: 30_000,
  });

export const answersReportQuery = (api: Api, id: string, days: number) =>
  queryOptions({
    queryKey: ['experiences', 'one', id, 'answers', days],
    queryFn: ({ signal }) => api.get(pathOf(id, '/answers'), answersReportSchema, { query: { days }, signal }),
    refetchInterval: 30_000,
  });

export const createExperience = (api: Api, body: ExperienceRequest) =>
  api.send('POST', base, experienceSchema, { body });
/** Refused with `experience.changed` when `basedOn` is not the newest version any more. */
export const changeExperience = (api: Api, id: string, body: ExperienceRequest & { readonly basedOn: number }) =>
  api.send('PUT', pathOf(id), experienceSchema, { body });
export const removeExperience = (api: Api, id: string) => api.send('DELETE', pathOf(id), z.null());

export const experienceMoves = ['start', 'stop', 'archive'] as const;
export type ExperienceMove = (typeof experienceMoves)[number];
export const moveExperience = (api: Api, id: string, move: ExperienceMove) =>
  api.send('POST', pathOf(id, `/${move}`), experienceSchema, { body: {} });

export interface Situation {
  readonly site: string | null;
  readonly page: DecisionPage;
  readonly context: DecisionContext;
}

/** What a customer would get on such a page now; nothing is counted as seen by asking. */
export const decisionsQuery = (api: Api, profile: string, situation: Situation) =>
  queryOptions({
    queryKey: ['customer', profile, 'decisions', situation],
    queryFn: ({ signal }) =>
      api.send('POST', '/api/v1/decisions', decisionsAnswerSchema, { body: { profile, ...situation }, signal }),
    staleTime: 5_000,
    retry: false,
  });
