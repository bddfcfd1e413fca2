import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  type PersonaKey,
  profileRfmSchema,
  type RfmSettings,
  rfmMovementSchema,
  rfmPeopleSchema,
  rfmSchema,
  rfmSettingsSchema,
} from '@vitrail/contracts';
import type { Api } from './client.ts';
import { useApi } from './context.tsx';
import { usePages } from './pages.ts';

export const rfmQuery = (api: Api, site?: string) =>
  queryOptions({
    queryKey: ['rfm', 'now', site ?? ''],
    queryFn: ({ signal }) => api.get('/api/v1/rfm', rfmSchema, { query: { site }, signal }),
    placeholderData: keepPreviousData,
    // The first look starts the computing of the thresholds.
    refetchInterval: ({ state }) =>
      state.data !== undefined && state.data.buyers > 0 && state.data.edgesAt === null ? 2_000 : false,
  });

export const rfmSettingsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['rfm', 'settings'],
    queryFn: ({ signal }) => api.get('/api/v1/rfm/settings', rfmSettingsSchema, { signal }),
    staleTime: 60_000,
  });

export const movementQuery = (api: Api, period: { from: string; to: string }) =>
  queryOptions({
    queryKey: ['rfm', 'movement', period.from, period.to],
    queryFn: ({ signal }) => api.get('/api/v1/rfm/movement', rfmMovementSchema, { query: { ...period }, signal }),
    placeholderData: keepPreviousData,
  });

export const profileRfmQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['rfm', 'profile', id],
    queryFn: ({ signal }) => api.get(`/api/v1/profiles/${encodeURIComponent(id)}/rfm`, profileRfmSchema, { signal }),
  });

export const saveRfmSettings = (api: Api, settings: RfmSettings) =>
  api.send('PUT', '/api/v1/rfm', rfmSettingsSchema, { body: settings });

/** Whom a click asks for: a persona, or a cell of the grid. */
export interface RfmPoint {
  readonly site?: string | undefined;
  readonly persona?: PersonaKey | undefined;
  readonly r?: number | undefined;
  readonly f?: number | undefined;
}

export function useRfmPeople(point: RfmPoint) {
  const api = useApi();
  return usePages({
    key: ['rfm', 'people', point],
    load: (cursor, signal) =>
      api.get('/api/v1/rfm/people', rfmPeopleSchema, { query: { ...point, cursor, limit: 25 }, signal }),
  });
}

/** Every id behind a point, page by page: for a list of exactly these people. */
export async function readAllRfmPeople(api: Api, point: RfmPoint, most: number): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = null; ids.length < most; ) {
    const page: { items: { id: string }[]; next: string | null } = await api.get(
      '/api/v1/rfm/people',
      rfmPeopleSchema,
      {
        query: { ...point, cursor, limit: 1_000 },
      },
    );
    ids.push(...page.items.map(({ id }) => id));
    if (page.next === null) break;
    cursor = page.next;
  }
  return ids.slice(0, most);
}
