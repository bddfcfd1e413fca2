import { queryOptions } from '@tanstack/react-query';
import {
  editedSettingsSchema,
  type MatchKind,
  type MatchSettings,
  matchingStateSchema,
  matchQualitySchema,
  matchRunSchema,
  modelDetailSchema,
  modelListSchema,
  type RunState,
  runLinkListSchema,
  runListSchema,
  type StartRun,
} from '@vitrail/contracts';
import type { Api } from './client.ts';
import { useApi } from './context.tsx';
import { usePages } from './pages.ts';

const base = '/api/v1/matching';

const running: ReadonlySet<RunState> = new Set(['queued', 'running', 'undoing']);
export const isUnderWay = (state: RunState): boolean => running.has(state);

export const matchingQuery = (api: Api, kind: MatchKind) =>
  queryOptions({
    queryKey: ['matching', 'state', kind],
    queryFn: ({ signal }) => api.get(base, matchingStateSchema, { query: { kind }, signal }),
    refetchInterval: ({ state }) => (state.data?.running == null ? 15_000 : 1_500),
  });

export function useMatchRuns(kind: MatchKind) {
  const api = useApi();
  return usePages({
    key: ['matching', 'runs', kind],
    load: (after, signal) => api.get(`${base}/runs`, runListSchema, { query: { kind, after, limit: 20 }, signal }),
    refetchInterval: 5_000,
  });
}

export const matchRunQuery = (api: Api, id: number) =>
  queryOptions({
    queryKey: ['matching', 'run', id],
    queryFn: ({ signal }) => api.get(`${base}/runs/${id}`, matchRunSchema, { signal }),
    refetchInterval: ({ state }) => (state.data === undefined || isUnderWay(state.data.state) ? 700 : false),
  });

/** What a run merged or asked, or as a dry run would, in its order. */
export function useRunLinks(id: number, action: 'merge' | 'review') {
  const api = useApi();
  return usePages({
    key: ['matching', 'run', id, 'links', action],
    load: (after, signal) =>
      api.get(`${base}/runs/${id}/links`, runLinkListSchema, { query: { action, after, limit: 50 }, signal }),
  });
}

export const modelsQuery = (api: Api, kind: MatchKind) =>
  queryOptions({
    queryKey: ['matching', 'models', kind],
    queryFn: ({ signal }) => api.get(`${base}/models`, modelListSchema, { query: { kind }, signal }),
  });

export const modelQuery = (api: Api, kind: MatchKind, version: number) =>
  queryOptions({
    queryKey: ['matching', 'model', kind, version],
    queryFn: ({ signal }) => api.get(`${base}/models/${version}`, modelDetailSchema, { query: { kind }, signal }),
    staleTime: 60_000,
  });

export const qualityQuery = (api: Api, kind: MatchKind) =>
  queryOptions({
    queryKey: ['matching', 'quality', kind],
    queryFn: ({ signal }) => api.get(`${base}/quality`, matchQualitySchema, { query: { kind }, signal }),
  });

export const matchSettingsQuery = (api: Api, kind: MatchKind) =>
  queryOptions({
    queryKey: ['matching', 'settings', kind],
    queryFn: ({ signal }) => api.get(`${base}/settings`, editedSettingsSchema, { query: { kind }, signal }),
  });

export interface PolicyChange {
  readonly automatic?: false;
  readonly twoPerson?: boolean;
  readonly checkedShare?: number;
}

export const startMatchRun = (api: Api, body: StartRun) => api.send('POST', `${base}/runs`, matchRunSchema, { body });
export const cancelMatchRun = (api: Api, id: number) =>
  api.send('POST', `${base}/runs/${id}/cancel`, matchRunSchema, { body: {} });
export const undoMatchRun = (api: Api, id: number) =>
  api.send('POST', `${base}/runs/${id}/undo`, matchRunSchema, { body: {} });
/** Puts in force what a dry run has shown, and carries it out. */
export const activateMatchRun = (api: Api, run: number, automatic: boolean) =>
  api.send('POST', `${base}/activate`, matchRunSchema, { body: { run, automatic } });
export const changeMatching = (api: Api, kind: MatchKind, change: PolicyChange) =>
  api.send('PATCH', base, matchingStateSchema, { body: { kind, ...change } });
export const saveMatchSettings = (api: Api, kind: MatchKind, settings: MatchSettings | null) =>
  api.send('PUT', `${base}/settings`, editedSettingsSchema, { body: { kind, settings } });
