import { queryOptions } from '@tanstack/react-query';
import {
  type DryRunInput,
  dryRunSchema,
  type JourneyDefinition,
  type JourneyState,
  journeyDetailSchema,
  journeyListSchema,
  journeySavedSchema,
  journeyStateSchema,
  journeyTraceSchema,
  journeyTreeSchema,
  nodePeopleSchema,
  profileJourneysSchema,
  readyJourneyListSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import type { Api } from './client.ts';
import { useApi } from './context.tsx';
import { usePages } from './pages.ts';

const base = '/api/v1/journeys';
const pathOf = (id: string) => `${base}/${encodeURIComponent(id)}`;

/** Numbers on the canvas are this old at most. */
const freshMs = 5_000;

export function useJourneys() {
  const api = useApi();
  return usePages({
    key: ['journeys', 'list'],
    load: (_, signal) => api.get(base, journeyListSchema, { signal }),
    refetchInterval: freshMs,
  });
}

export const journeyChoicesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['journeys', 'choices'],
    queryFn: ({ signal }) => api.get(base, journeyListSchema, { signal }),
    staleTime: 30_000,
  });

export const journeyQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['journeys', 'one', id],
    queryFn: ({ signal }) => api.get(pathOf(id), journeyDetailSchema, { signal }),
    refetchInterval: freshMs,
  });

export const journeyVersionQuery = (api: Api, id: string, version: number) =>
  queryOptions({
    queryKey: ['journeys', 'version', id, version],
    queryFn: ({ signal }) =>
      api.get(`${pathOf(id)}/versions/${version}`, z.object({ version: z.number(), definition: journeyTreeSchema }), {
        signal,
      }),
  });

export const readyJourneysQuery = (api: Api) =>
  queryOptions({
    queryKey: ['journeys', 'ready'],
    queryFn: ({ signal }) => api.get(`${base}/ready-made`, readyJourneyListSchema, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export function useNodePeople(id: string, node: string) {
  const api = useApi();
  return usePages({
    key: ['journeys', 'people', id, node],
    load: (cursor, signal) =>
      api.get(`${pathOf(id)}/nodes/${encodeURIComponent(node)}/people`, nodePeopleSchema, {
        query: { cursor },
        signal,
      }),
  });
}

export const journeyTraceQuery = (api: Api, id: string, profile: string) =>
  queryOptions({
    queryKey: ['journeys', 'trace', id, profile],
    queryFn: ({ signal }) =>
      api.get(`${pathOf(id)}/profiles/${encodeURIComponent(profile)}`, journeyTraceSchema, { signal }),
  });

export const profileJourneysQuery = (api: Api, profile: string) =>
  queryOptions({
    queryKey: ['journeys', 'profile', profile],
    queryFn: ({ signal }) =>
      api.get(`/api/v1/profiles/${encodeURIComponent(profile)}/journeys`, profileJourneysSchema, { signal }),
    refetchInterval: 15_000,
  });

interface JourneyBody {
  readonly name: string;
  readonly description: string;
  readonly definition: JourneyDefinition;
}

export const createJourney = (api: Api, body: JourneyBody) => api.send('POST', base, journeySavedSchema, { body });
export const saveJourney = (
  api: Api,
  id: string,
  body: JourneyBody & { readonly basedOn: number; readonly inFlight: 'stay' | 'migrate' },
) => api.send('PUT', pathOf(id), journeySavedSchema, { body });

export const journeyMoves = ['start', 'pause', 'resume', 'drain', 'archive'] as const;
export type JourneyMove = (typeof journeyMoves)[number];
export const moveJourney = (api: Api, id: string, move: JourneyMove) =>
  api.send('POST', `${pathOf(id)}/${move}`, z.object({ state: journeyStateSchema }), { body: {} });

/** What can be done with a journey that stands so. */
export const movesOf: Readonly<Record<JourneyState, readonly JourneyMove[]>> = {
  draft: ['start', 'archive'],
  live: ['pause', 'drain', 'archive'],
  paused: ['resume', 'drain', 'archive'],
  draining: ['start', 'pause', 'archive'],
  archived: ['start'],
};

export const dryRunJourney = (api: Api, id: string, body: DryRunInput) =>
  api.send('POST', `${pathOf(id)}/dry-run`, dryRunSchema, { body });

/** The ready-made template a message begins with, taken into the workspace once. */
export const takeReadyTemplate = (api: Api, key: string) =>
  api.send('POST', `/api/v1/templates/ready/${encodeURIComponent(key)}`, z.object({ id: z.string() }), { body: {} });
