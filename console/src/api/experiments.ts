import { queryOptions } from '@tanstack/react-query';
import {
  type ExperimentRequest,
  type ExperimentSettings,
  type ExperimentState,
  experimentBreakdownSchema,
  experimentPageSchema,
  experimentResultsSchema,
  experimentSchema,
  experimentSettingsSchema,
  holdoutReportSchema,
  type Learning,
  type SimulationRequest,
  sampleHelperSchema,
  simulationSchema,
} from '@vitrail/contracts';
import type { Api } from './client.ts';
import { useApi } from './context.tsx';
import { usePages } from './pages.ts';

const base = '/api/v1/experiments';
const pathOf = (id: string, part = '') => `${base}/${encodeURIComponent(id)}${part}`;

export function useExperiments(asked: { readonly q: string; readonly state: ExperimentState | undefined }) {
  const api = useApi();
  return usePages({
    key: ['experiments', 'list', asked],
    load: (cursor, signal) =>
      api.get(base, experimentPageSchema, { query: { cursor, q: asked.q, state: asked.state }, signal }),
  });
}

/** Those of which something was learnt, put away or not. */
export function useLearnings(q: string) {
  const api = useApi();
  return usePages({
    key: ['experiments', 'learnings', q],
    load: (cursor, signal) => api.get(base, experimentPageSchema, { query: { cursor, q, learnt: 'true' }, signal }),
  });
}

export const globalHoldoutQuery = (api: Api) =>
  queryOptions({
    queryKey: ['experiments', 'settings', 'holdout'],
    queryFn: ({ signal }) => api.get('/api/v1/experiment-holdout', holdoutReportSchema, { signal }),
  });
export const localHoldoutQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['experiments', 'one', id, 'holdout'],
    queryFn: ({ signal }) => api.get(pathOf(id, '/holdout'), holdoutReportSchema, { signal }),
  });

export const experimentQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['experiments', 'one', id],
    queryFn: ({ signal }) => api.get(pathOf(id), experimentSchema, { signal }),
  });

export const experimentResultsQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['experiments', 'one', id, 'results'],
    queryFn: ({ signal }) => api.get(pathOf(id, '/results'), experimentResultsSchema, { signal }),
    refetchInterval: 60_000,
  });

export interface BreakdownAsk {
  readonly by: 'device_type' | 'country' | 'language' | 'site' | 'segment';
  readonly segment?: string | undefined;
  readonly metric: string;
}
export const experimentBreakdownQuery = (api: Api, id: string, ask: BreakdownAsk) =>
  queryOptions({
    queryKey: ['experiments', 'one', id, 'breakdown', ask],
    queryFn: ({ signal }) =>
      api.get(pathOf(id, '/breakdown'), experimentBreakdownSchema, { query: { ...ask }, signal }),
    enabled: ask.by !== 'segment' || ask.segment !== undefined,
  });

export const createExperiment = (api: Api, body: ExperimentRequest) =>
  api.send('POST', base, experimentSchema, { body });
export const changeExperiment = (api: Api, id: string, body: ExperimentRequest) =>
  api.send('PUT', pathOf(id), experimentSchema, { body });
export type ExperimentMove = 'start' | 'stop' | 'archive';
export const moveExperiment = (api: Api, id: string, move: ExperimentMove) =>
  api.send('POST', pathOf(id, `/${move}`), experimentSchema, { body: {} });
export const writeLearning = (api: Api, id: string, body: Learning) =>
  api.send('PUT', pathOf(id, '/learning'), experimentSchema, { body });

export interface SampleAsk {
  readonly baseline: number;
  readonly deviation?: number | undefined;
  readonly effect: number;
  readonly arms: number;
  readonly confidence: number;
  readonly peoplePerDay: number;
}
export const sampleQuery = (api: Api, ask: SampleAsk) =>
  queryOptions({
    queryKey: ['experiments', 'sample', ask],
    queryFn: ({ signal }) => api.get('/api/v1/experiment-sample', sampleHelperSchema, { query: { ...ask }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const simulate = (api: Api, body: SimulationRequest) =>
  api.send('POST', '/api/v1/experiment-simulation', simulationSchema, { body });

export const experimentSettingsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['experiments', 'settings'],
    queryFn: ({ signal }) => api.get('/api/v1/experiment-settings', experimentSettingsSchema, { signal }),
  });
export const changeExperimentSettings = (api: Api, body: ExperimentSettings) =>
  api.send('PUT', '/api/v1/experiment-settings', experimentSettingsSchema, { body });

/** For choosing one: the newest fifty. */
export const experimentChoicesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['experiments', 'choices'],
    queryFn: ({ signal }) => api.get(base, experimentPageSchema, { signal }),
    staleTime: 30_000,
  });
