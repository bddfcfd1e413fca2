import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  profileScoresSchema,
  type ScoreDefinition,
  scoreListSchema,
  scorePreviewSchema,
  scoreSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import type { Api } from './client.ts';

const base = '/api/v1/scores';
const pathOf = (id: string) => `${base}/${encodeURIComponent(id)}`;

export interface WrittenScore {
  readonly name: string;
  readonly description: string;
  readonly definition: ScoreDefinition;
}

export const scoresQuery = (api: Api) =>
  queryOptions({
    queryKey: ['scores', 'list'],
    queryFn: ({ signal }) => api.get(base, scoreListSchema, { signal }),
    staleTime: 30_000,
  });

export const scoreQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['scores', 'one', id],
    queryFn: ({ signal }) => api.get(pathOf(id), scoreSchema, { signal }),
  });

export const scorePreviewQuery = (api: Api, definition: ScoreDefinition) =>
  queryOptions({
    queryKey: ['scores', 'preview', definition],
    queryFn: ({ signal }) => api.send('POST', `${base}/preview`, scorePreviewSchema, { body: { definition }, signal }),
    placeholderData: keepPreviousData,
  });

export const profileScoresQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['scores', 'profile', id],
    queryFn: ({ signal }) =>
      api.get(`/api/v1/profiles/${encodeURIComponent(id)}/scores`, profileScoresSchema, { signal }),
  });

export const createScore = (api: Api, score: WrittenScore) => api.send('POST', base, scoreSchema, { body: score });
export const changeScore = (api: Api, id: string, score: WrittenScore) =>
  api.send('PUT', pathOf(id), scoreSchema, { body: score });
export const removeScore = (api: Api, id: string) => api.send('DELETE', pathOf(id), z.null());
